//! Loading: folders of pages and documents of metadata → [`SourceMap`].
//!
//! The only module that reads them from the file system. Files are sorted by path, so neither the
//! order of the arguments nor that of the directory shows in anything that follows.

mod conflict;
mod error;
mod find;
mod load;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use error::LoadError;
pub use find::Inputs;
#[cfg(feature = "cli")]
pub(crate) use find::is_page;
pub(crate) use find::{FoundFile, find};
pub(crate) use load::{LIMIT, content_hash, read};
pub use load::{load, load_all};

/// A file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct FileId(pub(crate) u32);

impl FileId {
    /// The configuration (`edmark.toml`) of the run: no page, but a file that a diagnostic can
    /// point into. Sorts behind all pages.
    pub const CONFIGURATION: FileId = FileId(u32::MAX);

    /// The file's position in [`SourceMap::files`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A place in a file: a range of bytes of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `file`.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        Span { file, start: range.start as u32, end: range.end as u32 }
    }

    /// The span as a range of bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that covers both; `other` has to be of the same file.
    pub fn to(self, other: Span) -> Span {
        debug_assert_eq!(self.file, other.file);
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span at the beginning of `file`.
    pub fn start_of(file: FileId) -> Span {
        Span { file, start: 0, end: 0 }
    }
}

/// A value and the place where it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> At<T> {
    /// `value`, said at `span`.
    pub fn new(value: T, span: Span) -> Self {
        At { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> At<U> {
        At { value: f(self.value), span: self.span }
    }
}

/// What a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A page: markdown.
    #[default]
    Page,
    /// Metadata: CSDL XML or JSON.
    Metadata,
    /// Metadata that another document refers to: its types are known, its entity container is that
    /// of another service.
    Referenced,
}

/// The text of a page or document, and its path.
#[derive(Clone, Debug, Default)]
pub struct SourceFile {
    /// What it holds.
    pub format: Format,
    /// The path as it is shown to people, with `/` between its parts.
    pub path: String,
    /// The text, valid UTF-8, as it stands in the file (byte-order mark and CRLF included).
    pub text: String,
    /// Why the file cannot hold a page. Its text is empty then, and it is here only so that a
    /// diagnostic can name it.
    pub left_out: Option<LeftOut>,
}

/// Why a file cannot hold a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeftOut {
    /// It is not UTF-8.
    NotUtf8 {
        /// How many bytes are.
        valid: usize,
        /// Line of the first that is not, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
    },
    /// It is larger than 16 MiB.
    TooLarge,
    /// The system does not let it be read, or it is gone.
    Unreadable(std::io::ErrorKind),
}

/// All pages and documents of metadata of a run, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    configuration: Option<SourceFile>,
    /// By file: the text to read where it differs from the file's, and what marks the difference.
    settled: BTreeMap<FileId, (String, std::ops::Range<usize>)>,
}

impl SourceMap {
    /// A map of pages that are already in memory, path and text; sorted by path.
    pub fn from_texts(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut files: Vec<_> =
            texts.into_iter().map(|(path, text)| SourceFile { path, text, ..SourceFile::default() }).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        SourceMap::of(files)
    }

    fn of(files: Vec<SourceFile>) -> Self {
        let settled = files
            .iter()
            .enumerate()
            .filter(|(_, file)| file.format == Format::Page)
            .filter_map(|(index, file)| Some((FileId(index as u32), conflict::settle(&file.text)?)));
        SourceMap { settled: settled.collect(), files, configuration: None }
    }

    /// The text that the stages read: the file's, without the marks and the second side of an
    /// unfinished merge. Places are the same in both.
    pub fn readable(&self, id: FileId) -> &str {
        self.settled.get(&id).map_or(&self.file(id).text, |(text, _)| text)
    }

    /// The first mark of an unfinished merge in a file.
    pub fn conflict(&self, id: FileId) -> Option<Span> {
        self.settled.get(&id).map(|(_, first)| Span::new(id, first.clone()))
    }

    /// A map of pages and documents of metadata that are already in memory, path and text of each;
    /// sorted by path.
    pub fn with_metadata(
        pages: impl IntoIterator<Item = (String, String)>,
        metadata: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let documents = metadata.into_iter().map(|(path, text)| SourceFile {
            format: Format::Metadata,
            path,
            text,
            left_out: None,
        });
        let mut files = SourceMap::from_texts(pages).files;
        files.extend(documents);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        SourceMap::of(files)
    }

    /// How many of the files are pages.
    pub fn pages(&self) -> usize {
        self.files.iter().filter(|file| file.format == Format::Page).count()
    }

    /// Adds the text behind [`FileId::CONFIGURATION`]. It is not among [`SourceMap::files`].
    pub fn set_configuration(&mut self, file: SourceFile) {
        self.configuration = Some(file);
    }

    /// All files with their ids, by path.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// The file of an id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        static NONE: SourceFile =
            SourceFile { format: Format::Page, path: String::new(), text: String::new(), left_out: None };
        match id {
            FileId::CONFIGURATION => self.configuration.as_ref().unwrap_or(&NONE),
            _ => &self.files[id.index()],
        }
    }

    /// The file at a path, as [`SourceFile::path`] writes it.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|index| FileId(index as u32))
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.readable(span.file).get(span.range()).unwrap_or_default()
    }

    /// Line and column of a span's first character, both from 1; columns count characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let text = &self.file(span.file).text;
        let mut start = (span.start as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |index| index + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

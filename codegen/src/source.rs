//! Loads folders of pages and metadata documents into a [`SourceMap`].
//!
//! This is the only module that reads them from the file system. Files are sorted by path, so the
//! result depends neither on the order of the arguments nor on that of the directory.
//!
//! A page that an earlier run knows is read only if its text is asked for. If it has changed by
//! then, `SourceMap::has_changed` says so, and the run begins anew.

mod conflict;
pub(crate) mod disk;
mod error;
mod excerpt;
mod file;
mod find;
mod load;
#[cfg(test)]
mod tests;

use crate::ordered;
use crate::parallel;

pub use error::LoadError;
pub(crate) use excerpt::Excerpt;
pub use file::{LeftOut, SourceFile};
pub use find::Inputs;
#[cfg(feature = "cli")]
pub(crate) use find::is_page;
pub(crate) use find::{FoundFile, find, find_beside};
#[cfg(feature = "cache")]
pub(crate) use load::content_hashes;
pub(crate) use load::{LIMIT, content_hash, read};
pub use load::{load, load_all};

/// A file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct FileId(pub(crate) u32);

impl FileId {
    /// The configuration (`edmark.toml`) of the run. It is not a page, but a diagnostic can refer
    /// to it. It is sorted after all pages.
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
    /// Offset after the last byte.
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

/// A value and its position in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// The position.
    pub span: Span,
}

impl<T> At<T> {
    /// `value` with its position `span`.
    pub fn new(value: T, span: Span) -> Self {
        At { value, span }
    }

    /// Another value at the same position.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> At<U> {
        At { value: f(self.value), span: self.span }
    }
}

/// The kind of a file's contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A page: markdown.
    #[default]
    Page,
    /// Metadata: CSDL XML or JSON.
    Metadata,
    /// Metadata that another document refers to. Its types are used, but its entity container
    /// belongs to another service.
    Referenced,
}

/// All pages and metadata documents of a run, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    configuration: Option<SourceFile>,
}

impl SourceMap {
    /// Creates a source map of pages in memory, given by path and text; sorted by path.
    pub fn from_texts(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut files: Vec<_> =
            texts.into_iter().map(|(path, text)| SourceFile::new(Format::Page, path, text)).collect();
        ordered::sort_by(&mut files, |a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        SourceMap::of(files)
    }

    fn of(files: Vec<SourceFile>) -> Self {
        SourceMap { files, ..SourceMap::default() }
    }

    /// The text that the stages read: that of the file, but without the marks and the second side
    /// of an unfinished merge. Positions are the same in both.
    pub fn readable(&self, id: FileId) -> &str {
        self.file(id).readable()
    }

    /// The first mark of an unfinished merge in a file.
    pub fn conflict(&self, id: FileId) -> Option<Span> {
        self.file(id).conflict().map(|first| Span::new(id, first))
    }

    /// Creates a source map of pages and metadata documents in memory, given by path and text;
    /// sorted by path.
    pub fn with_metadata(
        pages: impl IntoIterator<Item = (String, String)>,
        metadata: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let documents = metadata.into_iter().map(|(path, text)| SourceFile::new(Format::Metadata, path, text));
        let mut files = SourceMap::from_texts(pages).files;
        files.extend(documents);
        ordered::sort_by(&mut files, |a, b| a.path.cmp(&b.path));
        SourceMap::of(files)
    }

    /// The number of pages.
    pub fn pages(&self) -> usize {
        self.files.iter().filter(|file| file.format == Format::Page).count()
    }

    /// Sets the file of [`FileId::CONFIGURATION`]. It is not among [`SourceMap::files`].
    pub fn set_configuration(&mut self, file: SourceFile) {
        self.configuration = Some(file);
    }

    /// All files with their ids, by path.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// The file of an id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        static NONE: SourceFile = SourceFile::none();
        match id {
            FileId::CONFIGURATION => self.configuration.as_ref().unwrap_or(&NONE),
            _ => &self.files[id.index()],
        }
    }

    /// The file at a path, in the form of [`SourceFile::path`].
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|index| FileId(index as u32))
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).part(span.range())
    }

    /// Adds parts of files, whose text is then known without reading the file.
    pub(crate) fn add_excerpts(&mut self, excerpts: Vec<(FileId, Vec<Excerpt>)>) {
        for (file, excerpts) in excerpts {
            self.files[file.index()].set_excerpts(excerpts);
        }
    }

    /// Reads files at once that would be read one by one when their texts are asked for.
    pub(crate) fn read(&self, files: &[FileId]) {
        parallel::map(files, |file| self.file(*file).text().len());
    }

    /// Returns true if a file that was known from an earlier run turned out to have changed when it
    /// was read. What was made of the text so far is then a mixture.
    pub(crate) fn has_changed(&self) -> bool {
        self.files.iter().any(SourceFile::has_changed)
    }

    /// The line and column of a span's first character, both from 1; columns count characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let text = self.file(span.file).text();
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

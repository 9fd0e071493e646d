//! A file and its text, which is read when it is asked for.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::{Excerpt, Format, conflict, load};

/// A page or document: its path and its text.
#[derive(Clone, Debug, Default)]
pub struct SourceFile {
    /// The kind of its contents.
    pub format: Format,
    /// The path as it is shown, with `/` as the separator.
    pub path: String,
    /// What an earlier run knows of it; the text is then read when it is asked for.
    known: Option<Known>,
    content: OnceLock<Content>,
    /// Parts of the text that are known without reading the file. There are a few.
    excerpts: Vec<Excerpt>,
}

/// A file that is the same as in an earlier run.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Where it is.
    pub(super) path: PathBuf,
    pub(super) length: Option<u64>,
    /// The hash of its content and path.
    pub(super) hash: u128,
}

/// What a file contains.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    text: String,
    left_out: Option<LeftOut>,
    /// The text to read if there is an unfinished merge, and the range of the first merge mark.
    settled: Option<(String, Range<usize>)>,
    /// True if an earlier run knows another content.
    has_changed: bool,
}

/// The reason why a file cannot be read as a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeftOut {
    /// It is not UTF-8.
    NotUtf8 {
        /// The number of valid bytes before the first invalid one.
        valid: usize,
        /// The line of the first invalid byte, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
    },
    /// The file is larger than 16 MiB.
    TooLarge,
    /// The file cannot be read, or no longer exists.
    Unreadable(std::io::ErrorKind),
}

impl SourceFile {
    /// A file whose text is in memory.
    pub fn new(format: Format, path: impl Into<String>, text: impl Into<String>) -> Self {
        SourceFile::of(format, path.into(), Content::of(format, text.into()))
    }

    pub(super) fn of(format: Format, path: String, content: Content) -> Self {
        SourceFile { format, path, known: None, content: OnceLock::from(content), excerpts: Vec::new() }
    }

    /// A file that will be read when its text is asked for.
    pub(super) fn unread(format: Format, path: String, known: Known) -> Self {
        SourceFile { format, path, known: Some(known), content: OnceLock::new(), excerpts: Vec::new() }
    }

    /// An empty file.
    pub(super) const fn none() -> Self {
        SourceFile {
            format: Format::Page,
            path: String::new(),
            known: None,
            content: OnceLock::new(),
            excerpts: Vec::new(),
        }
    }

    /// The text, valid UTF-8 and unchanged (including byte-order mark and CRLF).
    pub fn text(&self) -> &str {
        &self.content().text
    }

    /// The reason why the file cannot be read as a page. Its text is then empty, and the file is
    /// listed only so that a diagnostic can name it.
    pub fn left_out(&self) -> Option<LeftOut> {
        self.content().left_out
    }

    /// The text without the marks and the second side of an unfinished merge.
    pub(super) fn readable(&self) -> &str {
        let content = self.content();
        content.settled.as_ref().map_or(&content.text, |(text, _)| text)
    }

    /// The readable text of a place. It is empty if there is no such place.
    pub(super) fn part(&self, place: Range<usize>) -> &str {
        let excerpt = self.excerpts.iter().find_map(|excerpt| excerpt.get(&place));
        excerpt.unwrap_or_else(|| self.readable().get(place).unwrap_or_default())
    }

    /// Sets parts of the text that are known without reading the file.
    pub(super) fn set_excerpts(&mut self, excerpts: Vec<Excerpt>) {
        self.excerpts = excerpts;
    }

    /// The first mark of an unfinished merge.
    pub(super) fn conflict(&self) -> Option<Range<usize>> {
        self.content().settled.as_ref().map(|(_, first)| first.clone())
    }

    /// The hash of the content and the path, if it is known without reading the file.
    #[cfg(feature = "cache")]
    pub(super) fn known_hash(&self) -> Option<u128> {
        self.known.as_ref().map(|known| known.hash)
    }

    /// Returns true if the file was read, and an earlier run knows another content.
    pub(super) fn has_changed(&self) -> bool {
        self.content.get().is_some_and(|content| content.has_changed)
    }

    fn content(&self) -> &Content {
        self.content.get_or_init(|| {
            let Some(known) = &self.known else { return Content::default() };
            let content = load::content(self.format, &known.path, known.length).unwrap_or_default();
            if load::hash(&self.path, &content.text, content.left_out) == known.hash {
                return content;
            }
            // Places in the earlier text mean nothing in this one.
            Content { has_changed: true, ..Content::default() }
        })
    }
}

impl Content {
    pub(super) fn of(format: Format, text: String) -> Self {
        let settled = match format {
            Format::Page => conflict::settle(&text),
            Format::Metadata | Format::Referenced => None,
        };
        Content { text, settled, ..Content::default() }
    }

    pub(super) fn left_out(reason: LeftOut) -> Self {
        Content { left_out: Some(reason), ..Content::default() }
    }
}

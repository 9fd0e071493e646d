//! Converts byte offsets to lines and columns. The line starts of a file are computed once.

use crate::hashing::HashMap;
use std::cell::RefCell;
use std::rc::Rc;

use crate::source::{FileId, SourceMap, Span};

/// The position of a span as editors show it. Lines and columns count from 1, columns in
/// characters; a byte-order mark is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location<'s> {
    /// The file's path as given.
    pub path: &'s str,
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the position after the last character.
    pub end_line: usize,
    /// Column of the position after the last character.
    pub end_column: usize,
}

/// The positions of spans in a [`SourceMap`].
#[derive(Debug)]
pub struct Positions<'s> {
    sources: &'s SourceMap,
    lines: RefCell<HashMap<FileId, Rc<[u32]>>>,
}

impl<'s> Positions<'s> {
    /// Creates the positions for these files.
    pub fn new(sources: &'s SourceMap) -> Self {
        Positions { sources, lines: RefCell::default() }
    }

    /// The position of a span. It never fails: an offset beyond the text is moved to its end.
    pub fn place(&self, span: Span) -> Location<'s> {
        let file = self.sources.file(span.file);
        let (line, column) = self.position(span.file, span.start);
        let (end_line, end_column) = self.position(span.file, span.end.max(span.start));
        Location { path: &file.path, line, column, end_line, end_column }
    }

    /// The number, from 1, of the line that contains an offset.
    pub(super) fn line(&self, file: FileId, offset: u32) -> usize {
        self.starts(file).partition_point(|start| *start <= offset).max(1)
    }

    /// The offset of a line and its text, without the line break and a byte-order mark.
    #[cfg(feature = "cli")]
    pub(super) fn text(&self, file: FileId, line: usize) -> (u32, &'s str) {
        let text = self.sources.file(file).text();
        let starts = self.starts(file);
        let start = starts[(line - 1).min(starts.len() - 1)];
        let end = starts.get(line).map_or(text.len(), |next| *next as usize);
        (start, text[start as usize..end].trim_end_matches(['\n', '\r']))
    }

    fn position(&self, file: FileId, offset: u32) -> (usize, usize) {
        let text = self.sources.file(file).text();
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(file, offset as u32);
        let start = self.starts(file)[line - 1] as usize;
        (line, text.get(start..offset).map_or(0, |before| before.chars().count()) + 1)
    }

    fn starts(&self, file: FileId) -> Rc<[u32]> {
        let mut lines = self.lines.borrow_mut();
        let starts = lines.entry(file).or_insert_with(|| {
            let text = self.sources.file(file).text();
            let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() as u32 } else { 0 };
            let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(first).chain(breaks.map(|(index, _)| index as u32 + 1)).collect()
        });
        Rc::clone(starts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, range: std::ops::Range<usize>) -> (usize, usize, usize, usize) {
        let sources = SourceMap::from_texts([("a.md".to_owned(), text.to_owned())]);
        let (file, _) = sources.files().next().expect("one file");
        let place = Positions::new(&sources).place(Span::new(file, range));
        (place.line, place.column, place.end_line, place.end_column)
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        assert_eq!(place("ab\ncd", 0..1), (1, 1, 1, 2));
        assert_eq!(place("ab\ncd", 4..5), (2, 2, 2, 3));
        assert_eq!(place("ab\ncd\n", 6..6), (3, 1, 3, 1));
    }

    #[test]
    fn columns_count_characters_and_no_byte_order_mark() {
        assert_eq!(place("äöü", 4..6), (1, 3, 1, 4));
        assert_eq!(place("\u{feff}ab", 3..4), (1, 1, 1, 2));
        assert_eq!(place("\u{feff}ab", 0..0), (1, 1, 1, 1));
    }

    #[test]
    fn a_span_outside_of_the_text_or_inside_a_character_is_moved() {
        assert_eq!(place("", 7..9), (1, 1, 1, 1));
        assert_eq!(place("ä", 1..2), (1, 1, 1, 2));
    }
}

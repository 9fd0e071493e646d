//! Tables that are written as HTML. Their rows and cells become those of a [`Table`], so that they
//! are read like tables of markdown.

use std::ops::Range;

use super::reader::{Reader, trim};
use super::{html, swallowed};
use crate::page::{Cell, Row, Table, Text};
use crate::source::Span;

/// The maximum number of cells in a row; further ones are dropped.
const CELLS: usize = 256;

/// The range of the first table in `range` of a text, up to its end tag, which may stand behind the
/// range: a blank line ends a block of HTML in markdown, but not the table. A table without an end
/// tag ends with the range, and `has_ends` becomes false, so that the rest of the text is not
/// searched again for every block.
pub(super) fn find(source: &str, range: Range<usize>, has_ends: &mut bool) -> Option<Range<usize>> {
    let text = &source[range.clone()];
    let begins = |(at, _): &(usize, _)| text.get(at + 1..at + 6).is_some_and(|name| name.eq_ignore_ascii_case("table"));
    let first = range.start + text.match_indices('<').find(begins)?.0;
    let mut depth = 0;
    let mut start = None;
    let end = if *has_ends { source.len() } else { range.end };
    for tag in html::tags(source, first..end).filter(|tag| tag.is("table")) {
        if start.is_none() && (tag.is_end || tag.at.start >= range.end) {
            return None;
        }
        let start = *start.get_or_insert(tag.at.start);
        depth = if tag.is_end { depth - 1 } else { depth + 1 };
        // A heading between the two means that the end tag belongs to another table.
        if depth == 0 && !source[start..tag.at.start].contains("\n#") {
            return Some(start..tag.at.end);
        }
    }
    *has_ends = false;
    let start = start?;
    let text = &source[start..range.end];
    Some(start..swallowed::by_tag(text).map_or(range.end, |cut| start + cut))
}

/// Reads the table at `range`. Returns `None` if it has no row below its header.
pub(super) fn read<'a>(reader: &mut Reader<'_, 'a, '_>, range: Range<usize>) -> Option<Table<'a>> {
    let span = Span::new(reader.file, range.clone());
    let mut grid = Grid::default();
    let mut depth = 0;
    for tag in html::tags(reader.source, range.clone()) {
        if tag.is("table") {
            depth = if tag.is_end { depth - 1 } else { depth + 1 };
            if tag.is_end && depth == 0 {
                grid.close_row(reader, tag.at.start);
            }
        } else if depth != 1 {
            // A table within a cell is a part of the cell's text.
        } else if tag.is("tr") {
            grid.close_row(reader, tag.at.start);
            grid.row = (!tag.is_end).then_some(tag.at.start);
        } else if tag.is("td") || tag.is("th") {
            grid.close_cell(reader, tag.at.start);
            if !tag.is_end {
                grid.row.get_or_insert(tag.at.start);
                grid.cell = Some(tag.at.end);
                let text = &reader.source[tag.at];
                (grid.columns, grid.lines) = (html::number(text, "colspan"), html::number(text, "rowspan"));
            }
        }
    }
    grid.close_row(reader, range.end);
    let mut rows = grid.rows.into_iter();
    let header = rows.next()?.cells;
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then_some(Table { span, header, rows, repaired: false })
}

/// The rows so far, and the row and cell that are open.
#[derive(Default)]
struct Grid<'a> {
    rows: Vec<Row<'a>>,
    cells: Vec<Cell<'a>>,
    /// The starts of the open row and of the open cell's text.
    row: Option<usize>,
    cell: Option<usize>,
    /// The number of columns and of lines that the open cell covers.
    columns: usize,
    lines: usize,
    /// For each column, how many of the next rows are covered by a cell above them.
    covered: Vec<usize>,
}

impl<'a> Grid<'a> {
    fn close_cell(&mut self, reader: &mut Reader<'_, 'a, '_>, end: usize) {
        let Some(start) = self.cell.take() else { return };
        self.skip_covered(reader, start);
        let text = read_cell(reader, trim(reader.source, start..end));
        let columns = self.columns.clamp(1, CELLS.saturating_sub(self.cells.len()).max(1));
        for column in self.cells.len()..self.cells.len() + columns {
            self.covered.resize(self.covered.len().max(column + 1), 0);
            self.covered[column] = self.lines.saturating_sub(1);
        }
        self.cells.push(text);
        self.cells.extend((1..columns).map(|_| empty(reader, end)));
        self.cells.truncate(CELLS);
    }

    /// Adds empty cells where cells of rows above cover this one.
    fn skip_covered(&mut self, reader: &Reader<'_, 'a, '_>, at: usize) {
        while let Some(lines) = self.covered.get_mut(self.cells.len()).filter(|lines| **lines > 0) {
            *lines -= 1;
            self.cells.push(empty(reader, at));
        }
    }

    fn close_row(&mut self, reader: &mut Reader<'_, 'a, '_>, end: usize) {
        self.close_cell(reader, end);
        let Some(start) = self.row.take() else { return };
        if self.cells.is_empty() {
            return;
        }
        self.skip_covered(reader, end);
        let span = Span::new(reader.file, trim(reader.source, start..end));
        self.rows.push(Row { span, cells: std::mem::take(&mut self.cells) });
    }
}

fn empty<'a>(reader: &Reader<'_, 'a, '_>, at: usize) -> Cell<'a> {
    Text { span: Span::new(reader.file, at..at), pieces: Vec::new() }
}

/// The text of a cell: what stands between the tags is read as markdown, line by line.
fn read_cell<'a>(reader: &mut Reader<'_, 'a, '_>, range: Range<usize>) -> Cell<'a> {
    reader.inline.clear();
    let tags: Vec<_> = html::tags(reader.source, range.clone()).map(|tag| tag.at).collect();
    let mut at = range.start;
    for tag in tags.into_iter().chain(std::iter::once(range.end..range.end)) {
        let mut start = at;
        for line in reader.source[at..tag.start].split_inclusive('\n') {
            let text = trim(reader.source, start..start + line.len());
            if text.start > start || line.trim().is_empty() {
                reader.inline.blank(start);
            }
            reader.inline.read(text.clone(), false, &|_| None);
            if text.end < start + line.len() && !text.is_empty() {
                reader.inline.blank(text.end);
            }
            start += line.len();
        }
        reader.inline.tag(tag.clone());
        at = tag.end;
    }
    reader.finish(range)
}

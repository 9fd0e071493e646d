//! Tables: rows are split by their lines, so that no cell is lost; and lines with pipes that are
//! not a table in markdown.

use std::borrow::Cow;
use std::ops::Range;

use super::inline::Definitions;
use super::reader::{Reader, is_directive, trim};
use crate::diagnostics::{Code, Diagnostic};
use crate::page::{Block, Cell, Piece, PieceKind, Row, Table, Text};
use crate::source::Span;
use crate::vocabulary::Column;

/// The maximum number of cells beyond a table's columns; the rest of the line is kept in the last
/// one.
const CELLS: usize = 256;

/// A table while it is parsed.
pub(super) struct Open<'a> {
    columns: usize,
    header: Vec<Cell<'a>>,
    rows: Vec<Row<'a>>,
    /// The line of the open row, the positions of its cells, and the cells that are complete.
    line: Range<usize>,
    split: Vec<Range<usize>>,
    cells: Vec<Cell<'a>>,
    head: bool,
    /// The numbers of rows above the delimiter rows in the body: a delimiter row belongs to the
    /// header of another table, if a blank line is missing between the two.
    delimiters: Vec<usize>,
}

impl<'a> Open<'a> {
    pub(super) fn new(columns: usize) -> Self {
        let (header, rows, split, cells) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Open { columns, header, rows, line: 0..0, split, cells, head: true, delimiters: Vec::new() }
    }

    pub(super) fn open_row(&mut self, source: &str, range: Range<usize>, head: bool) {
        self.head = head;
        self.line = trim(source, range);
        self.split.clear();
        split(source, self.line.clone(), self.columns.max(CELLS) + 1, &mut self.split);
        if self.wants_events() {
            self.cells.reserve_exact(self.split.len());
        }
    }

    /// Returns true if markdown sees all cells of the open row; it drops those beyond the header's
    /// columns.
    pub(super) fn wants_events(&self) -> bool {
        self.head || self.split.len() <= self.columns
    }

    pub(super) fn close_cell(&mut self, reader: &mut Reader<'_, 'a, '_>, range: Range<usize>) {
        if !self.wants_events() {
            return;
        }
        match self.split.get(self.cells.len()) {
            Some(place) => self.cells.push(reader.finish(place.clone())),
            None if self.head => {
                let place = trim(reader.source, range);
                self.cells.push(reader.finish(place));
            }
            // Markdown adds empty cells to short rows.
            None => reader.inline.clear(),
        }
    }

    pub(super) fn close_row(&mut self, reader: &mut Reader<'_, 'a, '_>, definitions: Definitions) {
        if !self.wants_events() {
            self.cells = read_row(reader, self.line.clone(), &mut self.split, self.columns, definitions);
        }
        let cells = std::mem::take(&mut self.cells);
        if self.head {
            self.header = cells;
        } else if is_delimiter(&reader.source[self.line.clone()], 2) {
            self.delimiters.push(self.rows.len());
        } else {
            self.rows.push(Row { span: Span::new(reader.file, self.line.clone()), cells });
        }
    }

    pub(super) fn close(mut self, reader: &mut Reader<'_, 'a, '_>, range: Range<usize>, definitions: Definitions) {
        let mut range = trim(reader.source, range);
        if let Some(end) = self.take_lines_below(reader, range.end, definitions) {
            reader.read = range.end..end;
            range.end = end;
        }
        let first = self.delimiters.iter().find(|above| **above > 0 && is_header(&self.rows[**above - 1]));
        let below = first.copied().map(|above| self.rows.split_off(above)).unwrap_or_default();
        let second = first.is_some().then(|| self.rows.pop()).flatten();
        let start = second.as_ref().map_or(range.end, |row| row.span.range().start);
        let span = Span::new(reader.file, trim(reader.source, range.start..start));
        push(reader, Table { span, header: self.header, rows: self.rows, repaired: false });
        if let Some(Row { span, cells }) = second {
            let problem = Diagnostic::new(Code::TableMalformed, span, "a blank line is missing above this table")
                .label("read as the header of a table of its own")
                .help("add a blank line, and the heading that belongs here");
            reader.context.diagnostics.push(problem);
            let span = Span::new(reader.file, start..range.end);
            push(reader, Table { span, header: cells, rows: below, repaired: true });
        }
    }
}

impl<'a> Open<'a> {
    /// Adds the lines up to the next blank one, if the last row is not closed and a list in HTML
    /// follows, at which markdown ends the table. Returns the end of these lines.
    fn take_lines_below(
        &mut self,
        reader: &mut Reader<'_, 'a, '_>,
        from: usize,
        definitions: Definitions,
    ) -> Option<usize> {
        let source = reader.source;
        let last = self.rows.last()?.span;
        let below = source[from..].strip_prefix("\r\n").or_else(|| source[from..].strip_prefix('\n'))?;
        let is_open = begins_with_pipe(source, last) && !source[last.range()].ends_with('|');
        if !is_open || !["<ul", "<ol", "<li", "<br"].iter().any(|tag| below.trim_start().starts_with(tag)) {
            return None;
        }
        let mut at = source.len() - below.len();
        let mut end = at;
        for line in below.split('\n') {
            let place = trim(source, at..at + line.len());
            if place.is_empty() || source[place.clone()].starts_with(['#', '`']) {
                break;
            }
            // In markdown, what follows a tag at the beginning of a line is not read.
            let mut start = place.start;
            while source[start..place.end].starts_with('<')
                && let Some(length) = source[start..place.end].find('>')
            {
                start += length + 1;
            }
            let mut places = Vec::new();
            split(source, start..place.end, self.columns.max(CELLS) + 1, &mut places);
            let cells = read_row(reader, start..place.end, &mut places, self.columns, definitions);
            end = place.end;
            self.rows.push(Row { span: Span::new(reader.file, place), cells });
            at += line.len() + 1;
        }
        Some(end)
    }
}

/// Adds a table after repairing its broken rows.
fn push<'a>(reader: &mut Reader<'_, 'a, '_>, mut table: Table<'a>) {
    let mut below = None;
    if table.header.len() > 1 && reader.source[table.span.range()].starts_with('|') {
        below = take_paragraph_below(reader, &mut table);
        join_broken_rows(reader, &mut table);
    }
    reader.builder.push(Block::Table(table));
    if let Some(text) = below.filter(|text| !is_directive(&reader.source[text.span.range()])) {
        reader.builder.text(text);
    }
}

/// Returns true for the words that stand above the columns of a table.
fn is_header(row: &Row<'_>) -> bool {
    let is = |columns: &[Column], cell: &Cell<'_>| {
        let text = cell.plain().to_ascii_lowercase();
        columns.iter().any(|column| column.is(&text))
    };
    let names = [Column::Property, Column::Relationship, Column::Method, Column::Member];
    row.cells.first().is_some_and(|cell| is(&names, cell))
        && row.cells.iter().skip(1).any(|cell| is(&[Column::Type, Column::Description], cell))
}

fn begins_with_pipe(source: &str, span: Span) -> bool {
    source.as_bytes().get(span.range().start) == Some(&b'|')
}

/// In markdown, lines directly below a table are rows. Lines without a pipe below a complete row
/// are a paragraph here.
fn take_paragraph_below<'a>(reader: &Reader<'_, 'a, '_>, table: &mut Table<'a>) -> Option<Text<'a>> {
    let lone = |row: &&Row| row.cells.len() == 1 && !reader.source[row.span.range()].contains('|');
    let lines = table.rows.iter().rev().take_while(lone).count();
    let first = table.rows.len() - lines;
    let start = table.rows.get(first)?.span.range().start;
    if !reader.source[table.span.range().start..start].trim_end_matches(['>', ' ', '\t', '\r', '\n']).ends_with('|') {
        return None;
    }
    let mut rows = table.rows.drain(first..).filter_map(|mut row| row.cells.pop());
    let mut text = rows.next()?;
    rows.for_each(|row| join(&mut text, row));
    table.span.end = start as u32;
    let range = trim(reader.source, table.span.range());
    table.span = Span::new(reader.file, range);
    Some(text)
}

/// Joins rows that continue in the next line.
fn join_broken_rows<'a>(reader: &mut Reader<'_, 'a, '_>, table: &mut Table<'a>) {
    if table.rows.iter().all(|row| begins_with_pipe(reader.source, row.span)) {
        return;
    }
    let columns = table.header.len();
    let mut rows: Vec<Row<'a>> = Vec::with_capacity(table.rows.len());
    for mut row in table.rows.drain(..) {
        let broken = !begins_with_pipe(reader.source, row.span)
            && rows.last().is_some_and(|last| {
                let open = !reader.source[last.span.range()].ends_with('|')
                    && last.cells.len() + row.cells.len() - 1 <= columns;
                begins_with_pipe(reader.source, last.span) && (row.cells.len() == 1 || open)
            });
        match rows.last_mut() {
            Some(last) if broken && !row.cells.is_empty() => {
                let rest = row.cells.remove(0);
                // A row that goes on over several lines is one problem.
                let is_first = !reader.source[last.span.range()].contains('\n');
                if !rest.is_empty() && is_first {
                    reader.context.diagnostics.push(
                        Diagnostic::new(Code::RowMalformed, row.span, "this line continues the table row above it")
                            .also(last.span, "the row")
                            .help("write a table row on one line"),
                    );
                }
                match last.cells.last_mut() {
                    Some(cell) => join(cell, rest),
                    None => last.cells.push(rest),
                }
                last.cells.append(&mut row.cells);
                last.span = last.span.to(row.span);
            }
            _ => rows.push(row),
        }
    }
    table.rows = rows;
}

/// Appends `rest` to `text`, separated by a blank.
fn join<'a>(text: &mut Text<'a>, rest: Text<'a>) {
    text.span = text.span.to(rest.span);
    let mut pieces = rest.pieces.into_iter();
    let Some(mut first) = pieces.next() else { return };
    // The blank is added to a plain piece at either side, so that no two plain pieces are adjacent.
    match (text.pieces.last_mut(), &mut first) {
        (
            Some(Piece { span, kind: PieceKind::Plain(last), strong }),
            Piece { span: end, kind: PieceKind::Plain(more), strong: same },
        ) if *strong == *same && span.file == end.file => {
            let last = last.to_mut();
            last.push(' ');
            last.push_str(more);
            span.end = end.end;
        }
        (Some(Piece { kind: PieceKind::Plain(last), .. }), _) => {
            last.to_mut().push(' ');
            text.pieces.push(first);
        }
        (Some(_), Piece { kind: PieceKind::Plain(more), .. }) => {
            more.to_mut().insert(0, ' ');
            text.pieces.push(first);
        }
        (Some(_), _) => {
            let span = Span { end: first.span.start, ..first.span };
            text.pieces.push(Piece { span, kind: PieceKind::Plain(Cow::Borrowed(" ")), strong: false });
            text.pieces.push(first);
        }
        (None, _) => text.pieces.push(first),
    }
    text.pieces.extend(pieces);
}

/// Splits a line into cells at the pipes that are not escaped with a backslash. White space around
/// cells is removed.
fn split(source: &str, line: Range<usize>, limit: usize, out: &mut Vec<Range<usize>>) {
    let bytes = &source.as_bytes()[line.clone()];
    let mut start = usize::from(bytes.first() == Some(&b'|'));
    let is_separator = |at: &usize| *at > 0 && bytes[at - 1] != b'\\';
    for at in memchr::memchr_iter(b'|', bytes).filter(is_separator) {
        if out.len() + 1 >= limit {
            break;
        }
        out.push(trim(source, line.start + start..line.start + at));
        start = at + 1;
    }
    let rest = trim(source, line.start + start..line.end);
    if !rest.is_empty() {
        out.push(rest);
    }
}

/// Parses the cells of a line for which there are no events.
fn read_row<'a>(
    reader: &mut Reader<'_, 'a, '_>,
    line: Range<usize>,
    split: &mut Vec<Range<usize>>,
    columns: usize,
    definitions: Definitions,
) -> Vec<Cell<'a>> {
    if split.len() > columns && split.len() <= CELLS && rejoin(reader.source, split, columns) {
        let span = Span::new(reader.file, line.clone());
        reader.context.diagnostics.push(
            Diagnostic::new(Code::RowMalformed, span, "a pipe inside inline code splits this row in markdown")
                .help("write it as `\\|`"),
        );
    }
    let mut cells = Vec::with_capacity(split.len());
    for place in split.iter() {
        reader.inline.clear();
        reader.inline.read(place.clone(), place.start > line.start, definitions);
        cells.push(reader.finish(place.clone()));
    }
    cells
}

/// Joins cells whose code span contains a pipe that is not escaped, until there are no more than
/// `columns`.
fn rejoin(source: &str, cells: &mut Vec<Range<usize>>, columns: usize) -> bool {
    let before = cells.len();
    let mut index = 0;
    while index < cells.len() && cells.len() > columns {
        if let Some(ticks) = open_code(&source[cells[index].clone()])
            && let Some(length) = cells[index + 1..].iter().position(|cell| has_run(&source[cell.clone()], ticks))
        {
            let last = index + 1 + length;
            cells[index].end = cells[last].end;
            cells.drain(index + 1..=last);
        } else {
            index += 1;
        }
    }
    cells.len() < before
}

/// The runs of back quotes: their ends and their lengths.
fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes[at..].iter().position(|byte| *byte == b'`')?;
        let length = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
        at += length;
        Some((at, length))
    })
}

fn has_run(text: &str, length: usize) -> bool {
    runs(text).any(|(_, run)| run == length)
}

/// The length of the run of back quotes that opens a code span that is not closed in the cell.
fn open_code(cell: &str) -> Option<usize> {
    let mut rest = cell;
    loop {
        let (end, length) = runs(rest).next()?;
        rest = &rest[end..];
        match runs(rest).find(|(_, run)| *run == length) {
            Some((end, _)) => rest = &rest[end..],
            None => return Some(length),
        }
    }
}

/// Returns true if a line is a delimiter row: dashes, colons and pipes, with at least `dashes`
/// dashes in every cell.
fn is_delimiter(line: &str, dashes: usize) -> bool {
    // A fast check of the first character, because this is called for every row.
    let first = line.bytes().find(|byte| !matches!(byte, b'|' | b' ' | b'\t'));
    let line = line.trim();
    matches!(first, Some(b'-' | b':'))
        && line.contains('|')
        && line.trim_matches('|').split('|').all(|cell| {
            let cell = cell.trim().trim_start_matches(':').trim_end_matches(':').trim();
            cell.len() >= dashes && cell.bytes().all(|byte| byte == b'-' || byte == b' ')
        })
}

/// Reads a paragraph as a table if its lines clearly are one. Returns false if they are not.
pub(super) fn repair(reader: &mut Reader<'_, '_, '_>, range: Range<usize>, definitions: Definitions) -> bool {
    let source = reader.source;
    let mut lines = lines(source, range, reader.builder.in_quote());
    // A pipe alone on its line ends the row above.
    lines.retain(|line| source[line.clone()].bytes().any(|byte| !matches!(byte, b'|' | b' ' | b'\t')));
    let pipe = |line: &Range<usize>| source.as_bytes().get(line.start) == Some(&b'|');
    let mut cells = Vec::new();
    if lines.iter().all(pipe) && continues(reader, &lines, definitions) {
        return true;
    }
    let mut count = |line: &Range<usize>| {
        cells.clear();
        split(source, line.clone(), CELLS + 1, &mut cells);
        cells.len()
    };
    let found = lines.windows(2).position(|pair| {
        let table = is_delimiter(&source[pair[1].clone()], 1) || (pipe(&pair[0]) && pipe(&pair[1]));
        table && (2..=CELLS).contains(&count(&pair[0]))
    });
    let Some(first) = found else { return false };
    reader.inline.clear();
    if first > 0 {
        for line in &lines[..first] {
            reader.inline.read(line.clone(), false, definitions);
            reader.inline.blank(line.end);
        }
        let text = reader.finish(lines[0].start..lines[first - 1].end);
        reader.builder.text(text);
    }
    let mut places = Vec::new();
    split(source, lines[first].clone(), CELLS + 1, &mut places);
    let columns = places.len();
    let header = read_row(reader, lines[first].clone(), &mut places, columns, definitions);
    let repaired = report_delimiter(reader, lines[first].clone(), lines[first + 1].clone(), columns);
    let mut rows = Vec::new();
    for line in &lines[first + 1..] {
        if is_delimiter(&source[line.clone()], 1) {
            continue;
        }
        places.clear();
        split(source, line.clone(), columns.max(CELLS) + 1, &mut places);
        let cells = read_row(reader, line.clone(), &mut places, columns, definitions);
        rows.push(Row { span: Span::new(reader.file, line.clone()), cells });
    }
    let span = Span::new(reader.file, lines[first].start..lines[lines.len() - 1].end);
    push(reader, Table { span, header, rows, repaired });
    true
}

/// Reports the reason why the lines are not a table in markdown. Returns false if there is none
/// except that pulldown-cmark does not accept tabs in a delimiter row.
fn report_delimiter(
    reader: &mut Reader<'_, '_, '_>,
    header: Range<usize>,
    below: Range<usize>,
    columns: usize,
) -> bool {
    let mut cells = Vec::new();
    let (message, help) = if is_delimiter(&reader.source[below.clone()], 1) {
        split(reader.source, below, CELLS + 1, &mut cells);
        if cells.len() == columns {
            return false;
        }
        (
            "the delimiter row below this table's header has another number of columns",
            "give the delimiter row one `---` for each column",
        )
    } else {
        ("this table has no delimiter row below its header", "add a line like `|---|---|` below the header")
    };
    let span = Span::new(reader.file, header);
    reader.context.diagnostics.push(Diagnostic::new(Code::TableMalformed, span, message).help(help));
    true
}

/// Adds rows that a blank line, a comment, a sentence or a note separates from the table above
/// them. Returns false if the lines are not such rows.
fn continues(reader: &mut Reader<'_, '_, '_>, lines: &[Range<usize>], definitions: Definitions) -> bool {
    let source = reader.source;
    let Some((table, is_far)) = reader.builder.table_above() else { return false };
    let (columns, place) = (table.header.len(), table.span);
    let mut cells = Vec::new();
    if let Some(first) = lines.first() {
        split(source, first.clone(), CELLS + 1, &mut cells);
    }
    // A line with the words of the header is a header of its own.
    let is_header =
        table.header.iter().zip(&cells).any(|(head, cell)| head.plain().eq_ignore_ascii_case(&source[cell.clone()]));
    let fits = columns > 1
        && !is_header
        && place.file == reader.file
        && lines.iter().all(|line| {
            cells.clear();
            split(source, line.clone(), CELLS + 1, &mut cells);
            cells.len() == columns && !is_delimiter(&source[line.clone()], 1)
        });
    if !fits {
        return false;
    }
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            cells.clear();
            split(source, line.clone(), CELLS + 1, &mut cells);
            let cells = read_row(reader, line.clone(), &mut cells, columns, definitions);
            Row { span: Span::new(reader.file, line.clone()), cells }
        })
        .collect();
    let first = rows[0].span;
    reader.context.diagnostics.push(
        match is_far {
            false => {
                Diagnostic::new(Code::TableMalformed, first, "a line without cells cuts these rows off their table")
                    .help("remove the line")
            }
            true => Diagnostic::new(Code::TableMalformed, first, "these rows are cut off their table")
                .help("move what stands between them behind the table"),
        }
        .also(place, "the table"),
    );
    if let Some((table, _)) = reader.builder.table_above() {
        table.span = table.span.to(rows[rows.len() - 1].span);
        table.rows.extend(rows);
    }
    true
}

/// The lines of a paragraph without surrounding white space and quote marks.
fn lines(source: &str, range: Range<usize>, quote: bool) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = range.start;
    for line in source[range].split('\n') {
        let mut place = trim(source, at..at + line.len());
        while quote && source[place.clone()].starts_with('>') {
            place = trim(source, place.start + 1..place.end);
        }
        lines.push(place);
        at += line.len() + 1;
    }
    lines
}

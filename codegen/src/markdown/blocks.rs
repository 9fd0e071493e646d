//! Blocks: passes pulldown-cmark's events to a [`Builder`].

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::builder::Builder;
use super::html::{self, Part};
use super::inline::{self, Definitions};
use super::reader::{Context, DEPTH, Reader, is_directive, trim};
use super::{annotation, html_table, pieces, swallowed, table};
use crate::diagnostics::{Code, Diagnostic};
use crate::page::{Block, Comment, Fence, Heading, Piece, PieceKind, Text};
use crate::source::{At, FileId, Span};
use crate::vocabulary::Topic;

/// Parses `range` of a file's text.
pub(super) fn parse<'a>(context: &mut Context<'a, '_>, builder: &mut Builder<'a>, file: FileId, range: Range<usize>) {
    let reader = Reader::new(context, builder, file);
    let source = reader.source;
    let mut blocks = Blocks { reader, block: None, table: None, has_ends: true };
    let mut events = inline::parser(&source[range.clone()], &|_| None).into_offset_iter();
    while let Some((event, at)) = events.next() {
        let definitions = |label: &str| events.reference_definitions().get(label).map(|found| found.dest.to_string());
        let at = range.start + at.start..range.start + at.end;
        if !blocks.reader.read.contains(&at.start) {
            blocks.event(event, at, &definitions);
        } else if at.end > blocks.reader.read.end && matches!(event, Event::Start(Tag::HtmlBlock)) {
            // The block that begins with the table's end.
            blocks.html(blocks.reader.read.end..at.end);
        }
    }
    blocks.flush(&|_| None);
}

/// The parser of blocks, between two events.
struct Blocks<'r, 'a, 'd> {
    reader: Reader<'r, 'a, 'd>,
    block: Option<Raw>,
    table: Option<table::Open<'a>>,
    /// True unless an HTML table without an end tag was found.
    has_ends: bool,
}

/// An open block of raw text.
struct Raw {
    /// The range of the whole block.
    range: Range<usize>,
    fenced: bool,
    /// The range of its text so far.
    text: Option<Range<usize>>,
}

impl<'a> Blocks<'_, 'a, '_> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>, definitions: Definitions) {
        if let Some(raw) = &mut self.block
            && matches!(event, Event::Text(_) | Event::Html(_))
        {
            let text = raw.text.get_or_insert(range.clone());
            text.end = text.end.max(range.end);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range, definitions),
            Event::End(tag) => self.end(tag, range, definitions),
            Event::Rule => self.flush(definitions),
            event => self.inline(event, range),
        }
    }

    fn inline(&mut self, event: Event<'a>, range: Range<usize>) {
        if self.table.as_ref().is_none_or(|table| table.wants_events()) {
            self.reader.inline.event(event, range);
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>, definitions: Definitions) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } => self.flush(definitions),
            Tag::BlockQuote(_) => {
                self.flush(definitions);
                self.reader.builder.open_quote();
            }
            Tag::List(_) => {
                self.flush(definitions);
                self.reader.builder.open_list();
            }
            Tag::Item => {
                self.flush(definitions);
                self.reader.builder.open_item();
            }
            Tag::CodeBlock(kind) => {
                self.flush(definitions);
                self.block = Some(Raw { range, fenced: matches!(kind, CodeBlockKind::Fenced(_)), text: None });
            }
            Tag::HtmlBlock => {
                self.flush(definitions);
                self.block = Some(Raw { range, fenced: false, text: None });
            }
            Tag::Table(alignments) => {
                self.flush(definitions);
                self.table = Some(table::Open::new(alignments.len()));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.open_row(self.reader.source, range, matches!(tag, Tag::TableHead));
                }
            }
            Tag::TableCell => self.reader.inline.clear(),
            tag => self.inline(Event::Start(tag), range),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>, definitions: Definitions) {
        match tag {
            TagEnd::Paragraph => self.text(range, definitions),
            TagEnd::Heading(level) => self.heading(level, range, definitions),
            TagEnd::BlockQuote(_) => {
                self.flush(definitions);
                self.reader.builder.close_quote();
            }
            TagEnd::List(_) => {
                self.flush(definitions);
                self.reader.builder.close_list();
            }
            TagEnd::Item => self.flush(definitions),
            TagEnd::CodeBlock => self.code(definitions),
            TagEnd::HtmlBlock => {
                if let Some(Raw { text: Some(range), .. }) = self.block.take() {
                    self.html(range);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    table.close(&mut self.reader, range, definitions);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {
                let Some(table) = &mut self.table else { return };
                match tag {
                    TagEnd::TableCell => table.close_cell(&mut self.reader, range),
                    _ => table.close_row(&mut self.reader, definitions),
                }
            }
            tag => self.inline(Event::End(tag), range),
        }
    }

    /// Ends the text of a tight list item, for which there are no events.
    fn flush(&mut self, definitions: Definitions) {
        if let Some(range) = self.reader.inline.extent() {
            self.text(range, definitions);
        }
    }

    fn text(&mut self, range: Range<usize>, definitions: Definitions) {
        if self.reader.inline.is_empty() {
            return;
        }
        let range = trim(self.reader.source, range);
        if is_directive(&self.reader.source[range.clone()]) {
            return self.reader.inline.clear();
        }
        if self.reader.inline.has_includes() || self.reader.inline.only_comments() {
            return self.text_with_includes(range);
        }
        if let Some(length) =
            heading_without_blank(&self.reader.source[range.clone()], self.reader.builder.is_untitled())
            && !self.reader.builder.in_quote()
            && self.reader.context.recovered < DEPTH
        {
            return self.heading_without_blank(range, length, definitions);
        }
        if self.reader.source[range.clone()].contains('|') {
            if self.reader.source[range.clone()].bytes().all(|byte| matches!(byte, b'|' | b' ' | b'\t' | b'\r' | b'\n'))
            {
                // A row without a cell, which only ends a table.
                return self.reader.inline.clear();
            }
            if table::repair(&mut self.reader, range.clone(), definitions) {
                return;
            }
        }
        let text = self.reader.inline.take(range);
        if !text.pieces.is_empty() {
            self.reader.builder.text(text);
        }
    }

    fn heading(&mut self, level: HeadingLevel, range: Range<usize>, definitions: Definitions) {
        let range = trim(self.reader.source, range);
        // An include followed by the rule that closes the tabs, without a blank line, is read as a
        // heading.
        if self.reader.inline.has_includes() && range.len() > 3 && self.reader.source[range.clone()].ends_with("---") {
            let range = self.reader.inline.extent().unwrap_or(range);
            return self.text(range, definitions);
        }
        let extent = self.reader.inline.extent().unwrap_or(range);
        let text = self.reader.finish(extent);
        let tab = matches!(text.pieces.as_slice(), [Piece { kind: PieceKind::Link { target, .. }, .. }]
            if target.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("#tab/")));
        if !tab {
            self.reader.builder.heading(Heading { level: level as u8, text });
        }
    }

    /// Reads a paragraph that begins with a heading without the blank behind its marks.
    fn heading_without_blank(&mut self, range: Range<usize>, length: usize, definitions: Definitions) {
        let marks = self.reader.source[range.clone()].bytes().take_while(|byte| *byte == b'#').count();
        let title = range.start + marks..range.start + length;
        let span = Span::new(self.reader.file, range.start..title.end);
        let message = format!("a blank is missing behind the marks of `{}`", &self.reader.source[span.range()]);
        self.reader.context.diagnostics.push(
            Diagnostic::new(Code::HeadingMisspelt, span, message).label("read as a heading").help("add the blank").fix(
                span,
                format!("{} {}", &self.reader.source[range.start..title.start], &self.reader.source[title.clone()]),
            ),
        );
        self.reader.inline.clear();
        self.reader.inline.read(title.clone(), false, definitions);
        let text = self.reader.finish(title.clone());
        self.reader.builder.heading(Heading { level: marks as u8, text });
        self.reader.context.recovered += 1;
        parse(self.reader.context, self.reader.builder, self.reader.file, title.end..range.end);
        self.reader.context.recovered -= 1;
    }

    fn code(&mut self, definitions: Definitions) {
        let Some(Raw { range, fenced, text }) = self.block.take() else { return };
        let whole = trim(self.reader.source, range);
        if !fenced && self.indented(whole.clone(), definitions) {
            return;
        }
        let first_line = self.reader.source[whole.clone()].lines().next().unwrap_or_default();
        let info = if fenced { first_line.trim_start_matches(['`', '~']).trim() } else { "" };
        let mut code = text.unwrap_or(whole.end..whole.end);
        let mut whole = whole;
        let swallowed = swallowed::by_fence(&self.reader.source[code.clone()])
            .filter(|_| fenced && self.reader.context.recovered < DEPTH);
        let is_open = swallowed.is_some() || self.reader.source[code.clone()].trim().is_empty();
        if fenced
            && info.is_empty()
            && is_open
            && self.reader.context.recovered < DEPTH
            && self.unopened(&whole, first_line)
        {
            return;
        }
        let rest = swallowed.map(|cut| code.start + cut..whole.end);
        if let Some(rest) = &rest {
            let opening = Span::new(self.reader.file, whole.start..whole.start + first_line.trim_end().len());
            self.reader.context.diagnostics.push(
                Diagnostic::new(Code::FenceUnclosed, opening, "this code block is not closed where it should be")
                    .label("begins here")
                    .help("close it with a line of the same back quotes; it was ended before the next heading, table or block"),
            );
            code.end = rest.start;
            whole.end = rest.start;
        }
        let span = Span::new(self.reader.file, whole.start..whole.end.max(code.end));
        let code = At::new(&self.reader.source[code.clone()], Span::new(self.reader.file, code));
        let comment = self.comment();
        self.reader.builder.push(Block::Fence(Fence { span, info, code, comment }));
        if let Some(rest) = rest {
            self.reader.context.recovered += 1;
            parse(self.reader.context, self.reader.builder, self.reader.file, rest);
            self.reader.context.recovered -= 1;
        }
    }

    /// The comment that annotates the block which begins here.
    fn comment(&mut self) -> Option<Comment<'a>> {
        let mut comment = self.reader.builder.take_comment()?;
        annotation::mend(&mut comment, self.reader.context.diagnostics);
        Some(comment)
    }

    /// Reads the paragraphs above a fence as its code, if they begin like code and the fence, which
    /// seems to open a block, ends one. What seems to be in the block is read as the page's text.
    fn unopened(&mut self, whole: &Range<usize>, fence: &str) -> bool {
        let (source, file) = (self.reader.source, self.reader.file);
        let begins_code = |span: Span| span.file == file && swallowed::begins_code(&source[span.range()]);
        let Some(first) = self.reader.builder.take_code(begins_code) else { return false };
        let code = first.range().start..whole.start;
        let line = source[code.clone()].lines().next().unwrap_or_default();
        let opening = Span::new(file, code.start..code.start + line.trim_end().len());
        self.reader.context.diagnostics.push(
            Diagnostic::new(Code::FenceUnclosed, opening, "this code block is not opened, only closed")
                .label("begins here")
                .help("put a line of three back quotes above it"),
        );
        let comment = self.comment();
        let end = whole.start + fence.len();
        let code = At::new(&source[code.clone()], Span::new(file, code));
        let span = Span { end: end as u32, ..code.span };
        self.reader.builder.push(Block::Fence(Fence { span, info: "", code, comment }));
        self.reader.context.recovered += 1;
        parse(self.reader.context, self.reader.builder, file, end..whole.end);
        self.reader.context.recovered -= 1;
        true
    }

    /// Reads a table, or a code block with its fence, that is indented so far that markdown takes
    /// it for code. Returns false for other code.
    fn indented(&mut self, range: Range<usize>, definitions: Definitions) -> bool {
        let text = &self.reader.source[range.clone()];
        let first = text.lines().next().unwrap_or_default();
        let is_table = first.starts_with('|') && text.lines().all(|line| line.trim_start().starts_with('|'));
        let is_fence = first.starts_with("```") && text.trim_end().ends_with("```") && text.lines().count() > 2;
        let line = Span::new(self.reader.file, range.start..range.start + first.trim_end().len());
        let report = |what, code| {
            Diagnostic::new(code, line, format!("this {what} is indented so far that markdown takes it for code"))
                .help("indent it by less than four blanks, and by no tab")
        };
        if is_table && text.lines().count() > 1 {
            self.reader.context.diagnostics.push(report("table", Code::TableMalformed));
            return table::repair(&mut self.reader, range, definitions);
        }
        if is_fence {
            let (start, end) = (range.start + first.len() + 1, range.start + text.trim_end().len() - 3);
            let code = At::new(&self.reader.source[start..end], Span::new(self.reader.file, start..end));
            let comment = self.comment();
            let info = first.trim_start_matches('`').trim();
            self.reader.builder.push(Block::Fence(Fence {
                span: Span::new(self.reader.file, range),
                info,
                code,
                comment,
            }));
            self.reader.context.diagnostics.push(report("code block", Code::FenceUnclosed));
        }
        is_fence
    }

    fn html(&mut self, range: Range<usize>) {
        let table = html_table::find(self.reader.source, range.clone(), &mut self.has_ends)
            .filter(|_| self.reader.context.recovered < DEPTH);
        if let Some(at) = table
            && let Some(table) = html_table::read(&mut self.reader, at.clone())
        {
            self.raw(range.start..at.start);
            self.reader.builder.push(Block::Table(table));
            self.reader.read = at.clone();
            if at.end < range.end {
                self.reader.context.recovered += 1;
                parse(self.reader.context, self.reader.builder, self.reader.file, at.end..range.end);
                self.reader.context.recovered -= 1;
            }
            return;
        }
        self.raw(range);
    }

    /// Adds HTML that is no table.
    fn raw(&mut self, range: Range<usize>) {
        for part in html::parts(&self.reader.source[range.clone()]) {
            let (Part::Comment(at) | Part::Unclosed(at) | Part::Other(at)) = &part;
            let at = range.start + at.start..range.start + at.end;
            let text = &self.reader.source[at.clone()];
            // The start of the text that an unclosed comment or block contains unintentionally.
            let swallowed = match part {
                Part::Comment(_) => swallowed::by_comment(text, true),
                Part::Unclosed(_) => swallowed::by_comment(text, false),
                Part::Other(_) => swallowed::by_tag(text),
            };
            let swallowed = swallowed.filter(|_| self.reader.context.recovered < DEPTH);
            let own = at.start..swallowed.map_or(at.end, |cut| at.start + cut);
            let comment = !matches!(part, Part::Other(_));
            if matches!(part, Part::Unclosed(_)) || (comment && swallowed.is_some()) {
                let span = Span::new(self.reader.file, at.start - 4..at.start + text.find('\n').unwrap_or(text.len()));
                self.reader.context.diagnostics.push(
                    Diagnostic::new(Code::CommentInvalid, span, "this comment is not closed where it should be")
                        .help("close it with `-->`"),
                );
            }
            if comment {
                let text = self.reader.source[own.clone()].trim_end_matches(['-', '>', ' ', '\n', '\r', '\t']);
                let text = if swallowed.is_some() { text } else { &self.reader.source[own.clone()] };
                self.reader.builder.push(Block::Comment(At::new(
                    text,
                    Span::new(self.reader.file, own.start..own.start + text.len()),
                )));
            } else {
                let own = trim(self.reader.source, own);
                self.reader
                    .builder
                    .push(Block::Html(At::new(&self.reader.source[own.clone()], Span::new(self.reader.file, own))));
            }
            if let Some(cut) = swallowed {
                // The rest of the block, including later comments, is parsed again as markdown.
                self.reader.context.recovered += 1;
                parse(self.reader.context, self.reader.builder, self.reader.file, at.start + cut..range.end);
                self.reader.context.recovered -= 1;
                return;
            }
        }
    }

    /// A paragraph with includes: an include on a line of its own is a block, another one is a part
    /// of the text.
    fn text_with_includes(&mut self, range: Range<usize>) {
        let (pieces, includes) = self.reader.inline.take_parts();
        let mut pieces = pieces.into_iter();
        let mut before = 0;
        let mut run = Vec::new();
        for include in includes {
            run.extend(pieces.by_ref().take(include.at - before));
            before = include.at;
            let span = include.span.start.max(range.start)..include.span.end.min(range.end);
            let line_start = self.reader.source[range.start..span.start].rsplit('\n').next().unwrap_or_default();
            let line_end = self.reader.source[span.end..range.end].split('\n').next().unwrap_or_default();
            if line_start.trim_matches(['>', ' ', '\t']).is_empty() && line_end.trim().is_empty() {
                self.run(&mut run, &range);
                self.reader.include(&include.target, Span::new(self.reader.file, include.span.clone()));
            } else {
                let included =
                    self.reader.included_pieces(&include.target, Span::new(self.reader.file, include.span.clone()));
                run.extend(included);
            }
        }
        run.extend(pieces);
        self.run(&mut run, &range);
    }

    /// Adds the pieces before or after an include as a text of their own.
    fn run(&mut self, run: &mut Vec<Piece<'a>>, range: &Range<usize>) {
        let mut pieces = std::mem::take(run);
        pieces::merge(&mut pieces);
        pieces::trim(&mut pieces);
        let plain = |piece: &Piece| !matches!(piece.kind, PieceKind::Comment(_) | PieceKind::Break);
        if !pieces.iter().any(plain) {
            for piece in pieces {
                let at = piece.span.range();
                if matches!(piece.kind, PieceKind::Comment(_)) && at.len() >= 7 && piece.span.file == self.reader.file {
                    let inner = at.start + 4..at.end - 3;
                    let text = &self.reader.source[inner.clone()];
                    self.reader.builder.push(Block::Comment(At::new(text, Span::new(self.reader.file, inner))));
                }
            }
            return;
        }
        let own = |piece: &&Piece| piece.span.file == self.reader.file;
        let start = pieces.iter().find(own).map_or(range.start, |piece| piece.span.range().start);
        let end = pieces.iter().rev().find(own).map_or(range.end, |piece| piece.span.range().end);
        self.reader.builder.text(Text { span: Span::new(self.reader.file, start..end.max(start)), pieces });
    }
}

/// The length of the first line, if that is a known heading without the blank behind its marks:
/// `##Properties`. The first line of a page may be its title.
fn heading_without_blank(text: &str, is_first: bool) -> Option<usize> {
    let line = if text.starts_with('#') { text.lines().next()?.trim_end() } else { return None };
    let title = line.trim_start_matches('#');
    let is_known = || Topic::on_resource_page(title).is_some() || Topic::on_api_page(title).is_some();
    let is_meant = match line.len() - title.len() {
        1 => is_first && title.starts_with(char::is_alphabetic),
        2..=6 => is_known(),
        _ => false,
    };
    is_meant.then_some(line.len())
}

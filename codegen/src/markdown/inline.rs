//! Inline text: converts events to [`Piece`]s.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::html;
use super::pieces::{append, cow, trim};
use crate::page::{Piece, PieceKind, Text};
use crate::source::{FileId, Span};

/// Returns the target of a reference link that is defined elsewhere on the page.
pub(super) type Definitions<'d> = &'d dyn Fn(&str) -> Option<String>;

/// Collects the pieces of one text at a time.
pub(super) struct Inline<'a> {
    pub(super) file: FileId,
    pub(super) source: &'a str,
    pieces: Vec<Piece<'a>>,
    includes: Vec<Include<'a>>,
    strong: u32,
    link: Option<Link<'a>>,
    /// True while the closing bracket of an include is expected.
    include_open: bool,
    /// True while `<sup>` is open.
    superscript: bool,
}

/// `[!INCLUDE [name](target)]`
pub(super) struct Include<'a> {
    /// The number of pieces before it.
    pub(super) at: usize,
    /// The whole include with its brackets.
    pub(super) span: Range<usize>,
    pub(super) target: Cow<'a, str>,
}

struct Link<'a> {
    range: Range<usize>,
    text: Cow<'a, str>,
    target: Cow<'a, str>,
    is_html: bool,
}

const INCLUDE: &str = "[!INCLUDE";

impl<'a> Inline<'a> {
    pub(super) fn new(file: FileId, source: &'a str) -> Self {
        let (pieces, includes) = (Vec::new(), Vec::new());
        Inline { file, source, pieces, includes, strong: 0, link: None, include_open: false, superscript: false }
    }

    /// Returns true if nothing was collected.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.includes.is_empty()
    }

    /// From the first piece's start to the last one's end.
    pub(super) fn extent(&self) -> Option<Range<usize>> {
        let starts = self.pieces.first().map(|piece| piece.span.range().start).into_iter();
        let ends = self.pieces.last().map(|piece| piece.span.range().end).into_iter();
        let start = starts.chain(self.includes.first().map(|include| include.span.start)).min()?;
        let end = ends.chain(self.includes.last().map(|include| include.span.end)).max()?;
        Some(start..end.max(start))
    }

    /// Discards everything that was collected.
    pub(super) fn clear(&mut self) {
        self.pieces.clear();
        self.includes.clear();
        self.link = None;
        self.strong = 0;
        self.include_open = false;
        self.superscript = false;
    }

    /// Returns the pieces as a text at `range`.
    pub(super) fn take(&mut self, range: Range<usize>) -> Text<'a> {
        let pieces = self.take_pieces();
        Text { span: Span::new(self.file, range), pieces }
    }

    pub(super) fn take_pieces(&mut self) -> Vec<Piece<'a>> {
        self.close();
        trim(&mut self.pieces);
        let pieces = self.pieces.drain(..).collect();
        self.clear();
        pieces
    }

    /// Returns the pieces and includes, in order.
    pub(super) fn take_parts(&mut self) -> (Vec<Piece<'a>>, Vec<Include<'a>>) {
        self.close();
        let parts = (std::mem::take(&mut self.pieces), std::mem::take(&mut self.includes));
        self.clear();
        parts
    }

    pub(super) fn has_includes(&self) -> bool {
        !self.includes.is_empty()
    }

    /// Returns true if there are comments but nothing visible.
    pub(super) fn only_comments(&self) -> bool {
        self.includes.is_empty()
            && self.pieces.iter().any(|piece| matches!(piece.kind, PieceKind::Comment(_)))
            && self.pieces.iter().all(|piece| match &piece.kind {
                PieceKind::Plain(text) => text.trim().is_empty(),
                kind => matches!(kind, PieceKind::Comment(_) | PieceKind::Break),
            })
    }

    /// Handles an inline event, whose range refers to the whole source. Other events are ignored.
    pub(super) fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Text(text) if self.superscript => self.plain(superscript(&text), range),
            Event::Text(text) => {
                let text = self.borrow(text, &range);
                self.plain(text, range);
            }
            Event::Code(code) => {
                let code = self.borrow_code(code, &range);
                self.inner(PieceKind::Code(code), range);
            }
            Event::SoftBreak => self.plain(Cow::Borrowed(" "), range),
            Event::HardBreak => self.inner(PieceKind::Break, range),
            Event::InlineHtml(tag) => self.html(tag, range),
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.close();
                let target = cow(dest_url);
                self.link = Some(Link { range, text: Cow::Borrowed(""), target, is_html: false });
            }
            Event::End(TagEnd::Link) => self.close(),
            Event::Start(Tag::Strikethrough) if self.one_tilde(&range) => {
                self.plain(Cow::Borrowed("~"), range.start..range.start + 1);
            }
            Event::End(TagEnd::Strikethrough) if self.one_tilde(&range) => {
                self.plain(Cow::Borrowed("~"), range.end - 1..range.end);
            }
            _ => {}
        }
    }

    /// A single tilde does not strike text through: "~5 minutes, ~6 at most".
    fn one_tilde(&self, range: &Range<usize>) -> bool {
        !self.source[range.clone()].starts_with("~~")
    }

    fn plain(&mut self, text: Cow<'a, str>, range: Range<usize>) {
        if let Some(link) = &mut self.link {
            append(&mut link.text, text);
            return;
        }
        let (mut text, mut range) = (text, range);
        if self.include_open {
            self.include_open = false;
            if let Some(rest) = text.trim_start().strip_prefix(']') {
                let skipped = text.len() - rest.len();
                range.start = (range.start + skipped).min(range.end);
                if let Some(include) = self.includes.last_mut() {
                    include.span.end = range.start;
                }
                match &mut text {
                    Cow::Borrowed(text) => *text = &text[skipped..],
                    Cow::Owned(text) => drop(text.drain(..skipped)),
                }
            }
        }
        if text.is_empty() {
            return;
        }
        let strong = self.strong > 0;
        let after_include = self.after_include();
        if let Some(Piece { span, kind: PieceKind::Plain(last), strong: last_strong }) = self.pieces.last_mut()
            && *last_strong == strong
            && !after_include
        {
            let before = span.range();
            let whole = before.start..range.end;
            span.end = range.end as u32;
            // Two texts that are adjacent in the page are joined without a copy.
            if before.end == range.start
                && let (Cow::Borrowed(first), Cow::Borrowed(second)) = (&*last, &text)
                && first.len() == before.len()
                && second.len() == range.len()
                && let Some(joined) = self.source.get(whole)
                && std::ptr::eq(joined.as_ptr(), first.as_ptr())
                && std::ptr::eq(joined[first.len()..].as_ptr(), second.as_ptr())
            {
                *last = Cow::Borrowed(joined);
            } else {
                append(last, text);
            }
            return;
        }
        self.push(PieceKind::Plain(text), range);
    }

    /// Adds a piece that is not plain text; within a link only its text is kept.
    fn inner(&mut self, kind: PieceKind<'a>, range: Range<usize>) {
        match (&mut self.link, kind) {
            (Some(link), PieceKind::Code(text)) => append(&mut link.text, text),
            (Some(link), PieceKind::Break) => append(&mut link.text, Cow::Borrowed(" ")),
            (_, PieceKind::Break) if self.pieces.last().is_some_and(|last| last.kind == PieceKind::Break) => {}
            (_, kind) => self.push(kind, range),
        }
    }

    fn push(&mut self, kind: PieceKind<'a>, range: Range<usize>) {
        self.include_open = false;
        self.pieces.push(Piece { span: Span::new(self.file, range), kind, strong: self.strong > 0 });
    }

    fn html(&mut self, tag: CowStr<'a>, range: Range<usize>) {
        if let Some(inner) = tag.strip_prefix("<!--") {
            let inner = inner.strip_suffix("-->").unwrap_or(inner);
            let start = range.start + 4;
            let comment = match self.source.get(start..start + inner.len()) {
                Some(text) if text == inner => Cow::Borrowed(text),
                _ => Cow::Owned(inner.to_owned()),
            };
            if self.link.is_none() {
                self.push(PieceKind::Comment(comment), range);
            } else {
                // The comment is put beside the link, because a link contains only text.
                self.pieces.push(Piece {
                    span: Span::new(self.file, range),
                    kind: PieceKind::Comment(comment),
                    strong: false,
                });
            }
            return;
        }
        if self.link(&tag, &range) {
            return;
        }
        match html::tag(&tag) {
            html::Tag::Break => self.inner(PieceKind::Break, range),
            html::Tag::Mark => {}
            html::Tag::Superscript => self.superscript = !tag.starts_with("</"),
            html::Tag::Unknown => {
                let text = self.borrow(tag, &range);
                self.plain(text, range);
            }
        }
    }

    /// Opens or closes a link that is written as HTML: `<a href="x.md">x</a>`. Returns false for
    /// other tags.
    fn link(&mut self, tag: &str, range: &Range<usize>) -> bool {
        if tag.eq_ignore_ascii_case("</a>") && self.link.as_ref().is_some_and(|link| link.is_html) {
            if let Some(link) = &mut self.link {
                link.range.end = range.end;
            }
            self.close();
            return true;
        }
        let is_anchor = tag.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<a "));
        let Some(target) = html::attribute(tag, "href").filter(|_| is_anchor) else { return false };
        self.close();
        let target = Cow::Owned(target.to_owned());
        self.link = Some(Link { range: range.clone(), text: Cow::Borrowed(""), target, is_html: true });
        true
    }

    /// Handles a tag of HTML at `range`.
    pub(super) fn tag(&mut self, range: Range<usize>) {
        let source: &'a str = self.source;
        if !range.is_empty() {
            self.html(CowStr::Borrowed(&source[range.clone()]), range);
        }
    }

    /// Returns true if an include follows the last piece.
    fn after_include(&self) -> bool {
        self.includes.last().is_some_and(|include| include.at == self.pieces.len())
    }

    /// Adds a blank between two lines that are parsed separately.
    pub(super) fn blank(&mut self, at: usize) {
        self.plain(Cow::Borrowed(" "), at..at);
    }

    /// Ends a link, or the include that contains it.
    fn close(&mut self) {
        let Some(Link { range, text, target, .. }) = self.link.take() else { return };
        let after_include = self.after_include();
        if let Some(Piece { kind: PieceKind::Plain(before), span, .. }) = self.pieces.last_mut()
            && !after_include
        {
            let trimmed = before.trim_end();
            let mark = trimmed
                .len()
                .checked_sub(INCLUDE.len())
                .filter(|mark| trimmed.as_bytes()[*mark..].eq_ignore_ascii_case(INCLUDE.as_bytes()));
            if let Some(mark) = mark {
                let cut = before.len() - mark;
                let start = span.range().end.saturating_sub(cut).max(span.range().start);
                if mark == 0 {
                    self.pieces.pop();
                } else {
                    span.end = start as u32;
                    match before {
                        Cow::Borrowed(text) => *text = &text[..mark],
                        Cow::Owned(text) => text.truncate(mark),
                    }
                }
                self.includes.push(Include { at: self.pieces.len(), span: start..range.end, target });
                self.include_open = true;
                return;
            }
        }
        self.push(PieceKind::Link { text, target }, range);
    }

    /// The text as a slice of the page, if it is one.
    fn borrow(&self, text: CowStr<'a>, range: &Range<usize>) -> Cow<'a, str> {
        match text {
            CowStr::Borrowed(text) => Cow::Borrowed(text),
            text => match self.source.get(range.clone()) {
                Some(part) if part == &*text => Cow::Borrowed(part),
                _ => Cow::Owned(text.into_string()),
            },
        }
    }

    fn borrow_code(&self, code: CowStr<'a>, range: &Range<usize>) -> Cow<'a, str> {
        match code {
            CowStr::Borrowed(code) => Cow::Borrowed(code),
            code => match self.source.get(range.start + 1..range.end.saturating_sub(1)) {
                Some(part) if part == &*code => Cow::Borrowed(part),
                _ => Cow::Owned(code.into_string()),
            },
        }
    }

    /// Parses a part of a line for which there are no events, such as a cell. If `after_pipe` is
    /// true, a pipe precedes it and is parsed with it, so that a cell like `1. x` is not read as a
    /// list.
    pub(super) fn read(&mut self, range: Range<usize>, after_pipe: bool, definitions: Definitions) {
        let source: &'a str = self.source;
        let text = &source[range.clone()];
        if text.is_empty() {
            return;
        }
        if !text.bytes().any(|byte| {
            matches!(
                byte,
                b'`' | b'*'
                    | b'_'
                    | b'['
                    | b']'
                    | b'<'
                    | b'&'
                    | b'\\'
                    | b'~'
                    | b'#'
                    | b'+'
                    | b'-'
                    | b'='
                    | b'\n'
                    | b'\r'
            ) || byte.is_ascii_digit()
        }) {
            self.plain(Cow::Borrowed(text), range);
            return;
        }
        // The pipe before the text is directly before it in the page, or separated by blanks.
        let start = if after_pipe { self.source[..range.start].rfind('|').unwrap_or(range.start) } else { range.start };
        let skip = range.start - start;
        let part = &source[start..range.end];
        let mut first = skip > 0;
        for (event, inner) in parser(part, definitions).into_offset_iter() {
            let at = start + inner.start..start + inner.end;
            match event {
                Event::Text(text) if first => {
                    first = false;
                    let rest = text.strip_prefix('|').unwrap_or(&text).trim_start();
                    let skipped = text.len() - rest.len();
                    let text = match text {
                        CowStr::Borrowed(text) => Cow::Borrowed(&text[skipped..]),
                        text => Cow::Owned(text[skipped..].to_owned()),
                    };
                    self.plain(text, at.start + skipped..at.end);
                }
                Event::Code(code) if code.contains("\\|") => {
                    self.inner(PieceKind::Code(Cow::Owned(code.replace("\\|", "|"))), at);
                }
                Event::Html(html) => self.html(html, at),
                event => self.event(event, at),
            }
        }
    }
}

/// Digits above the line are a footnote mark or an exponent, so they must not become part of the
/// name or the number before them. Other text is not changed.
fn superscript<'a>(text: &str) -> Cow<'a, str> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raised = |c: char| c.to_digit(10).map_or(c, |digit| DIGITS[digit as usize]);
    let only_digits = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' '));
    Cow::Owned(if only_digits { text.chars().map(raised).collect() } else { text.to_owned() })
}

/// A parser with the dialect's options.
pub(super) fn parser<'a, 'd>(
    text: &'a str,
    definitions: Definitions<'d>,
) -> Parser<'a, impl FnMut(BrokenLink<'a>) -> Option<(CowStr<'a>, CowStr<'a>)>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    Parser::new_with_broken_link_callback(
        text,
        options,
        Some(move |link: BrokenLink<'a>| match definitions(&link.reference) {
            Some(target) => Some((target.into(), CowStr::Borrowed(""))),
            None => {
                let full = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
                full.then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
            }
        }),
    )
}

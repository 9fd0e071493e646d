//! A page's structure: what stands where, before anyone asks what it means.
//!
//! [`parse`](crate::markdown::parse) makes it; the readers in `read` give it meaning. Texts are
//! borrowed from the page where that is possible. Every piece knows its [`Span`].

use std::borrow::Cow;

use crate::json;
use crate::source::{At, FileId, Span};

/// One page.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The page's file.
    pub file: FileId,
    /// The YAML at the page's head: scalar values by key, in order; nested ones with dotted keys
    /// (`toc.title`).
    pub front_matter: Vec<(String, At<String>)>,
    /// The page cut at its headings, in order. The first section has no heading when something
    /// stands before the first one.
    pub sections: Vec<Section<'a>>,
    /// The other files that it includes, in order.
    pub includes: Vec<FileId>,
}

impl<'a> Page<'a> {
    /// All code blocks, in order; those inside quotes are not among them.
    pub fn fences(&self) -> impl Iterator<Item = &Fence<'a>> {
        self.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Fence(fence) => Some(fence),
            _ => None,
        })
    }

    /// The value of a front matter key.
    pub fn front_matter(&self, key: &str) -> Option<&At<String>> {
        self.front_matter.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }
}

/// A heading and what stands below it, up to the next heading of any level.
#[derive(Clone, Debug, Default)]
pub struct Section<'a> {
    /// The heading. `# [HTTP](#tab/http)` is a tab, not a heading, and does not begin a section.
    pub heading: Option<Heading<'a>>,
    /// What stands below it.
    pub blocks: Vec<Block<'a>>,
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading<'a> {
    /// 1 to 6.
    pub level: u8,
    /// Its text.
    pub text: Text<'a>,
}

/// A block of a page. Quotes and alerts are kept apart, so that their text is never taken for a
/// description.
#[derive(Clone, Debug)]
pub enum Block<'a> {
    /// A paragraph.
    Paragraph(Text<'a>),
    /// A list, its items flat: an item's own text, nested items after it.
    List(Vec<Text<'a>>),
    /// A table.
    Table(Table<'a>),
    /// A fenced or indented code block.
    Fence(Fence<'a>),
    /// A block quote; `> [!NOTE]`, `> **Note:**`.
    Quote(Vec<Block<'a>>),
    /// An HTML comment that is not directly before a fence. Text between `<!--` and `-->`.
    Comment(At<&'a str>),
    /// Any other raw HTML.
    Html(At<&'a str>),
}

/// A table. GitHub's tables, and lines with pipes that a careless delimiter row keeps from being
/// one (then `repaired` is set).
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// The whole table.
    pub span: Span,
    /// The header's cells.
    pub header: Vec<Cell<'a>>,
    /// The body's rows.
    pub rows: Vec<Row<'a>>,
    /// Not a table in markdown; read as one all the same.
    pub repaired: bool,
}

/// A row of a table's body, with as many cells as its line has: fewer or more than the header.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The row's line.
    pub span: Span,
    /// Its cells. A cell beyond the header's columns is kept (markdown would drop it).
    pub cells: Vec<Cell<'a>>,
}

/// A cell of a table.
pub type Cell<'a> = Text<'a>;

/// Inline text.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// All of it.
    pub span: Span,
    /// Its pieces in order. No two [`PieceKind::Plain`] of the same file and weight stand side by
    /// side. Pieces of an include stand in another file than the text.
    pub pieces: Vec<Piece<'a>>,
}

/// A piece of inline text. Bold, italics and other marks are dropped, their text is kept (see
/// `strong`).
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// Where it stands, marks included.
    pub span: Span,
    /// What it is.
    pub kind: PieceKind<'a>,
    /// Whether it stands in bold.
    pub strong: bool,
}

/// The kinds of [`Piece`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind<'a> {
    /// Text, entities resolved. White space as it stands; a soft line break is a blank.
    Plain(Cow<'a, str>),
    /// Inline code, without its back quotes.
    Code(Cow<'a, str>),
    /// A link. Reference links (`[x][]`, `[**x**][x]`) are resolved; one whose definition is
    /// missing has an empty target.
    Link {
        /// The link's text as plain text.
        text: Cow<'a, str>,
        /// Where it leads, as written.
        target: Cow<'a, str>,
    },
    /// `<br>`, a hard break, `<li>`: what follows begins a line.
    Break,
    /// An HTML comment inside the text (without its marks).
    Comment(Cow<'a, str>),
}

impl Text<'_> {
    /// The text without marks and comments, white space folded and trimmed.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match &piece.kind {
                PieceKind::Plain(text) | PieceKind::Code(text) | PieceKind::Link { text, .. } => out.push_str(text),
                PieceKind::Break => out.push(' '),
                PieceKind::Comment(_) => {}
            }
        }
        folded(out)
    }

    /// Whether nothing can be seen of it.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| match &piece.kind {
            PieceKind::Plain(text) | PieceKind::Code(text) | PieceKind::Link { text, .. } => text.trim().is_empty(),
            PieceKind::Break | PieceKind::Comment(_) => true,
        })
    }
}

/// Folds every run of white space, no-break spaces included, into one blank, and trims.
pub fn fold(text: &str) -> String {
    if is_folded(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{200b}' || c == '\u{feff}') {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// [`fold`] without a copy of what is folded already, as nearly all texts are.
pub(crate) fn folded(text: String) -> String {
    if is_folded(&text) { text } else { fold(&text) }
}

/// ASCII words with single blanks between them.
fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_plain = |pair: &[u8]| pair[0].is_ascii_graphic() || pair[0] == b' ' && pair[1] != b' ';
    bytes.first() != Some(&b' ')
        && bytes.last().is_none_or(|last| last.is_ascii_graphic())
        && bytes.windows(2).all(is_plain)
}

/// A code block.
#[derive(Clone, Debug)]
pub struct Fence<'a> {
    /// The whole block, fence marks included.
    pub span: Span,
    /// What stands behind the opening mark, trimmed: `json`, `http`, …; empty for an indented
    /// block.
    pub info: &'a str,
    /// The code as it stands in the page, without the fence lines.
    pub code: At<&'a str>,
    /// The `<!-- … -->` directly before it (only blanks, tab headings or further comments between),
    /// without its marks.
    pub comment: Option<Comment<'a>>,
}

/// A comment that annotates a fence: `<!-- { "blockType": "resource", … } -->`.
#[derive(Clone, Debug)]
pub struct Comment<'a> {
    /// Its text.
    pub text: At<&'a str>,
    /// Its text as JSON, read leniently; `None` when it does not begin with `{`.
    pub json: Option<json::Document<'a>>,
}

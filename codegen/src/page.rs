//! The structure of a page, without an interpretation of its contents.
//!
//! [`parse`](crate::markdown::parse) creates it, and the readers in `read` interpret it. Texts are
//! borrowed from the page where possible. Every piece has its [`Span`].

use std::borrow::Cow;

use crate::json::{self, ValueKind};
use crate::source::{At, FileId, Span};
use crate::vocabulary::AnnotationKey;

/// A parsed page.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The page's file.
    pub file: FileId,
    /// The scalars of the YAML front matter by key, in order; keys of nested ones are joined with
    /// dots (`toc.title`).
    pub front_matter: Vec<(String, At<String>)>,
    /// The sections between headings, in order. The first section has no heading if the page has
    /// text before its first heading.
    pub sections: Vec<Section<'a>>,
    /// The other files that the page includes, in order.
    pub includes: Vec<FileId>,
}

impl<'a> Page<'a> {
    /// All code blocks, in order, except those within quotes.
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

/// A heading and the blocks below it, up to the next heading of any level.
#[derive(Clone, Debug, Default)]
pub struct Section<'a> {
    /// The heading. `# [HTTP](#tab/http)` is a tab, not a heading, and does not begin a section.
    pub heading: Option<Heading<'a>>,
    /// The blocks below the heading.
    pub blocks: Vec<Block<'a>>,
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading<'a> {
    /// The level, from 1 to 6.
    pub level: u8,
    /// Its text.
    pub text: Text<'a>,
}

/// A block of a page. Quotes and alerts are separate, so that their text is not read as a
/// description.
#[derive(Clone, Debug)]
pub enum Block<'a> {
    /// A paragraph.
    Paragraph(Text<'a>),
    /// A list with its items flattened: an item's own text is followed by its nested items.
    List(Vec<Text<'a>>),
    /// A table.
    Table(Table<'a>),
    /// A fenced or indented code block.
    Fence(Fence<'a>),
    /// A block quote; `> [!NOTE]`, `> **Note:**`.
    Quote(Vec<Block<'a>>),
    /// An HTML comment that is not directly before a fence: the text between `<!--` and `-->`.
    Comment(At<&'a str>),
    /// Any other raw HTML.
    Html(At<&'a str>),
}

/// A table: a table of GitHub's markdown, or lines with pipes that are not one because of an
/// invalid delimiter row (then `repaired` is true).
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// The whole table.
    pub span: Span,
    /// The header's cells.
    pub header: Vec<Cell<'a>>,
    /// The body's rows.
    pub rows: Vec<Row<'a>>,
    /// True if it is not valid markdown but was read as a table.
    pub repaired: bool,
}

/// A row of a table's body. It may have fewer or more cells than the header.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The row's line.
    pub span: Span,
    /// The cells, including those beyond the header's columns, which markdown would drop.
    pub cells: Vec<Cell<'a>>,
}

/// A cell of a table.
pub type Cell<'a> = Text<'a>;

/// Inline text.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// The span of the whole text.
    pub span: Span,
    /// The pieces in order. No two adjacent [`PieceKind::Plain`] have the same file and weight.
    /// Pieces of an include are in another file than the text.
    pub pieces: Vec<Piece<'a>>,
}

/// A piece of inline text. Marks such as bold and italics are dropped and their text is kept (see
/// `strong`).
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// The span, including marks.
    pub span: Span,
    /// The kind of piece.
    pub kind: PieceKind<'a>,
    /// True for bold text.
    pub strong: bool,
}

/// The kinds of [`Piece`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind<'a> {
    /// Text with entities resolved. White space is kept; a soft line break is a blank.
    Plain(Cow<'a, str>),
    /// Inline code, without its back quotes.
    Code(Cow<'a, str>),
    /// A link. Reference links (`[x][]`, `[**x**][x]`) are resolved; if the definition is missing,
    /// the target is empty.
    Link {
        /// The link's text as plain text.
        text: Cow<'a, str>,
        /// The target, as it was written.
        target: Cow<'a, str>,
    },
    /// `<br>`, a hard break or `<li>`: the following text begins a new line.
    Break,
    /// An HTML comment inside the text (without its marks).
    Comment(Cow<'a, str>),
}

impl PieceKind<'_> {
    /// The text without marks.
    fn visible(&self) -> &str {
        match self {
            PieceKind::Plain(text) | PieceKind::Code(text) | PieceKind::Link { text, .. } => text,
            PieceKind::Break => " ",
            PieceKind::Comment(_) => "",
        }
    }
}

impl Text<'_> {
    /// The text without marks and comments, with white space folded and trimmed. That of one piece
    /// is rarely a copy.
    pub fn plain(&self) -> Cow<'_, str> {
        let visible = || self.pieces.iter().map(|piece| piece.kind.visible());
        if self.pieces.len() == 1
            && let Some(text) = visible().find(|text| is_folded(text))
        {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(visible().map(str::len).sum());
        visible().for_each(|text| out.push_str(text));
        Cow::Owned(folded(out))
    }

    /// Returns true if nothing is visible.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| match &piece.kind {
            PieceKind::Plain(text) | PieceKind::Code(text) | PieceKind::Link { text, .. } => text.trim().is_empty(),
            PieceKind::Break | PieceKind::Comment(_) => true,
        })
    }
}

/// Replaces each run of white space, including no-break spaces, by one blank, and trims the text.
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

/// Like [`fold`], but without a copy if the text is folded already, as nearly all texts are.
pub(crate) fn folded(text: String) -> String {
    if is_folded(&text) { text } else { fold(&text) }
}

/// Returns true for ASCII words that are separated by single blanks.
fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    // All bytes are looked at, because the compiler then takes many of them at once.
    let is_visible = bytes.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let has_pair = pairs.fold(false, |any, (one, next)| any | (*one == b' ') & (*next == b' '));
    is_visible && !has_pair && !text.starts_with(' ') && !text.ends_with(' ')
}

/// A code block.
#[derive(Clone, Debug)]
pub struct Fence<'a> {
    /// The whole block, fence marks included.
    pub span: Span,
    /// The text after the opening fence, trimmed: `json`, `http`, …; empty for an indented block.
    pub info: &'a str,
    /// The code without the fence lines.
    pub code: At<&'a str>,
    /// The `<!-- … -->` directly before it, without its marks. Only blanks, tab headings or other
    /// comments may be between.
    pub comment: Option<Comment<'a>>,
}

impl<'a> Fence<'a> {
    /// The value under a key of the comment before it.
    pub(crate) fn annotation(&self, key: AnnotationKey) -> Option<&json::Value<'a>> {
        self.comment.as_ref()?.get(key)
    }
}

/// A comment that annotates a fence: `<!-- { "blockType": "resource", … } -->`.
#[derive(Clone, Debug)]
pub struct Comment<'a> {
    /// Its text.
    pub text: At<&'a str>,
    /// The text parsed leniently as JSON; `None` if it does not begin with `{`.
    pub json: Option<json::Document<'a>>,
}

impl<'a> Comment<'a> {
    /// The name of the type that the block shows, as it is written.
    pub(crate) fn type_name(&self) -> Option<At<&str>> {
        let value = self.get(AnnotationKey::OdataType).or_else(|| self.get(AnnotationKey::Type))?;
        Some(At::new(value.as_str()?.trim(), value.span))
    }

    /// The truth value under a key, which may also be a text or a bare word: `"true"`.
    pub(crate) fn flag(&self, key: AnnotationKey) -> Option<At<bool>> {
        let value = self.get(key)?;
        let parsed = |text: &str| text.trim().to_ascii_lowercase().parse().ok();
        let flag = match &value.kind {
            ValueKind::Bool(flag) => *flag,
            ValueKind::String(text) => parsed(text)?,
            ValueKind::Word(text) => parsed(text)?,
            _ => return None,
        };
        Some(At::new(flag, value.span))
    }

    /// The value under a key.
    pub(crate) fn get(&self, key: AnnotationKey) -> Option<&json::Value<'a>> {
        self.json.as_ref()?.value.get(key.name())
    }
}

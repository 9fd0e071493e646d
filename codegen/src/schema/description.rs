//! Descriptions on pages, in their own words.

use crate::source::{At, Span};

/// The description of a type, member or operation: a text, with the parts of it that are code or
/// links.
///
/// White space is normalised to single blanks. Bold and italics are dropped, because pages use them
/// both for names and for emphasis.
///
/// `L` is the target of a link: as the page writes it after reading, and a
/// [`Link`](crate::model::Link) after resolving.
///
/// Statements of the text about keys, defaults and the like are read into [`Facts`](super::Facts).
/// The later stages do not interpret the text.
///
/// ```
/// use edmark::schema::{Description, Piece};
/// use edmark::source::{At, FileId, Span};
///
/// # let sources = edmark::source::SourceMap::from_texts([("user.md".to_owned(), String::new())]);
/// # let page: FileId = sources.find("user.md").unwrap();
/// let span = Span::start_of(page);
/// let mut description = Description::new("Set by", span);
/// description.push_text(" the ");
/// description.push_link("owner", At::new("user.md".to_owned(), span));
/// description.push_text(", or ");
/// description.push_code("null");
/// assert_eq!(description.text(), "Set by the owner, or null");
/// assert_eq!(description.to_markdown(), "Set by the owner, or `null`");
/// assert!(description.pieces().any(|piece| piece == Piece::Code("null")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Deserialize))]
pub struct Description<L = At<String>> {
    text: String,
    marks: Vec<Mark>,
    /// The targets of the links, in order.
    links: Vec<L>,
    /// The place of the description.
    pub span: Span,
}

/// A part of the text that is code or a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
struct Mark {
    start: u32,
    end: u32,
    kind: MarkKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
enum MarkKind {
    Code,
    Link,
    /// An empty range; the text after it begins a new line.
    Break,
}

/// A part of a [`Description`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'d, L = At<String>> {
    /// Text.
    Text(&'d str),
    /// Inline code.
    Code(&'d str),
    /// A link: its text and its target.
    Link(&'d str, &'d L),
    /// The end of a line.
    Break,
}

impl<L> Description<L> {
    /// A description of plain text.
    pub fn new(text: &str, span: Span) -> Self {
        let mut description = Description { text: String::new(), marks: Vec::new(), links: Vec::new(), span };
        description.push_text(text);
        description
    }

    /// The text without marks.
    pub fn text(&self) -> &str {
        self.text.trim_end()
    }

    /// Returns true if there is no visible text.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Returns true if `span` lies within this description, so that the description contains what
    /// was read there.
    pub fn covers(&self, span: Span) -> bool {
        self.span.file == span.file && self.span.start <= span.start && span.end <= self.span.end
    }

    /// The text and the marks, in order.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'_, L>> {
        let end = self.text().len();
        let mut links = self.links.iter();
        let mut marks = self.marks.iter().peekable();
        let mut at = 0;
        std::iter::from_fn(move || {
            let next = marks.peek().map_or(end, |mark| (mark.start as usize).min(end));
            if at < next {
                return Some(Piece::Text(&self.text[std::mem::replace(&mut at, next)..next]));
            }
            let mark = marks.next()?;
            at = mark.end as usize;
            let text = &self.text[mark.start as usize..at];
            match mark.kind {
                MarkKind::Code => Some(Piece::Code(text)),
                MarkKind::Link => Some(Piece::Link(text, links.next()?)),
                MarkKind::Break => (at < end).then_some(Piece::Break),
            }
        })
    }

    /// The text with backticks around code, for readers that show text as it is.
    pub fn to_markdown(&self) -> String {
        if self.marks.is_empty() {
            return self.text().to_owned();
        }
        let mut out = String::with_capacity(self.text.len() + 2 * self.marks.len());
        for piece in self.pieces() {
            match piece {
                Piece::Code(code) if !code.contains('`') => {
                    out.push('`');
                    out.push_str(code);
                    out.push('`');
                }
                Piece::Text(text) | Piece::Code(text) | Piece::Link(text, _) => out.push_str(text),
                Piece::Break => {}
            }
        }
        out
    }

    /// Adds sentences behind the text, which gets a full stop if it has none.
    pub fn add_sentences(&mut self, sentences: &str, span: Span) {
        if !self.is_empty() {
            self.push_text(if self.text().ends_with(['.', '!', '?']) { " " } else { ". " });
        }
        self.append(At::new(sentences.to_owned(), span).into());
    }

    /// Adds text.
    pub fn push_text(&mut self, text: &str) {
        let open = self.text.is_empty() || self.text.ends_with(' ');
        let text = if open { text.trim_start_matches(' ') } else { text };
        if is_folded(text) {
            return self.text.push_str(text);
        }
        let mut words = text.split(is_blank);
        // The text before the first blank belongs to the last word so far.
        self.text.push_str(words.next().unwrap_or_default());
        for word in words {
            if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    /// Adds inline code.
    pub fn push_code(&mut self, code: &str) {
        self.push_marked(code, MarkKind::Code);
    }

    /// Adds a link with a visible text.
    pub fn push_link(&mut self, text: &str, to: L) {
        if self.push_marked(text, MarkKind::Link) {
            self.links.push(to);
        }
    }

    /// Ends a line.
    pub fn push_break(&mut self) {
        self.push_text(" ");
        let end = self.text().len() as u32;
        if end > 0 && self.marks.last().is_none_or(|last| last.end < end || last.kind != MarkKind::Break) {
            self.marks.push(Mark { start: end, end, kind: MarkKind::Break });
        }
    }

    /// Adds another description.
    pub fn append(&mut self, other: Self) {
        let before = self.text.len() as u32;
        self.text.push_str(&other.text);
        let moved = |mark: Mark| Mark { start: before + mark.start, end: before + mark.end, ..mark };
        self.marks.extend(other.marks.into_iter().map(moved));
        self.links.extend(other.links);
    }

    /// The targets of its links, in order.
    pub fn links(&self) -> &[L] {
        &self.links
    }

    /// The texts and targets of its links; the targets can be changed.
    pub(crate) fn linked_texts(&mut self) -> impl Iterator<Item = (&str, &mut L)> {
        let texts = self.marks.iter().filter(|mark| mark.kind == MarkKind::Link);
        let texts = texts.map(|mark| &self.text[mark.start as usize..mark.end as usize]);
        texts.zip(&mut self.links)
    }

    /// The targets of its links, which can be changed.
    pub(crate) fn links_mut(&mut self) -> &mut [L] {
        &mut self.links
    }

    /// The same text with other link targets, of which there must be as many.
    pub(crate) fn with_links<M>(&self, links: Vec<M>) -> Description<M> {
        debug_assert_eq!(self.links.len(), links.len());
        Description { text: self.text.clone(), marks: self.marks.clone(), links, span: self.span }
    }

    /// Adds a marked text; blanks around it stay outside of the mark. Returns false if there are
    /// only blanks.
    fn push_marked(&mut self, text: &str, kind: MarkKind) -> bool {
        let inner = text.trim_matches(is_blank);
        if inner.is_empty() {
            self.push_text(text);
            return false;
        }
        if text.starts_with(is_blank) {
            self.push_text(" ");
        }
        let start = self.text.len() as u32;
        self.push_text(inner);
        self.marks.push(Mark { start, end: self.text.len() as u32, kind });
        if text.ends_with(is_blank) {
            self.push_text(" ");
        }
        true
    }
}

/// Returns true if a text is ASCII with single blanks, which nearly all texts are.
fn is_folded(text: &str) -> bool {
    let mut last = b'.';
    text.bytes().all(|byte| {
        let before = std::mem::replace(&mut last, byte);
        byte.is_ascii_graphic() || byte == b' ' && before != b' '
    })
}

/// Returns true for white space and for invisible characters like it.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

impl<L> From<At<String>> for Description<L> {
    /// Reads a text that is not from a page, in the form of [`Description::to_markdown`]: text
    /// between two backticks is code.
    fn from(said: At<String>) -> Self {
        let mut description = Description::new("", said.span);
        let mut rest = said.value.as_str();
        while let Some((text, (code, behind))) =
            rest.split_once('`').and_then(|(text, behind)| Some((text, behind.split_once('`')?)))
        {
            description.push_text(text);
            description.push_code(code);
            rest = behind;
        }
        description.push_text(rest);
        description
    }
}

#[cfg(feature = "cache")]
impl<L: serde::Serialize> serde::Serialize for Description<L> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            use serde::ser::SerializeStruct as _;

            // Only the visible texts of links are written.
            let mut said = serializer.serialize_struct("Description", 2)?;
            said.serialize_field("value", &self.with_links(vec![(); self.links.len()]).to_markdown())?;
            said.serialize_field("span", &self.span)?;
            return said.end();
        }
        (&self.text, &self.marks, &self.links, self.span).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn span() -> Span {
        Span::start_of(FileId::CONFIGURATION)
    }

    fn link(to: &str) -> At<String> {
        At::new(to.to_owned(), span())
    }

    #[test]
    fn blanks_are_folded_and_stand_outside_of_marks() {
        let mut said = Description::new("  One\u{a0} \n", span());
        said.push_code(" two\tthree ");
        said.push_text("");
        said.push_link(" four ", link("4.md"));
        said.push_link(" ", link("none.md"));
        said.push_text(" five  ");
        assert_eq!(said.text(), "One two three four five");
        assert_eq!(said.to_markdown(), "One `two three` four five");
        let pieces: Vec<_> = said.pieces().collect();
        let to = link("4.md");
        assert_eq!(
            pieces,
            [
                Piece::Text("One "),
                Piece::Code("two three"),
                Piece::Text(" "),
                Piece::Link("four", &to),
                Piece::Text(" five")
            ]
        );
    }

    #[test]
    fn texts_come_back_from_markdown() {
        for text in ["A `b` c.", "`b`", "a `b", "`", "", "a `b``c` `d"] {
            let said: Description = Description::from(At::new(text.to_owned(), span()));
            assert_eq!(said.to_markdown(), text);
        }
    }

    #[test]
    fn lines_end_once_and_not_at_the_end() {
        let mut said: Description = Description::new("", span());
        said.push_break();
        said.push_text("one");
        said.push_break();
        said.push_break();
        said.push_code("two");
        said.push_text(" ");
        let mut other = Description::new("and ", span());
        other.push_code("three");
        other.push_break();
        said.append(other);
        assert_eq!(said.text(), "one two and three");
        assert_eq!(
            said.pieces().collect::<Vec<_>>(),
            [
                Piece::Text("one"),
                Piece::Break,
                Piece::Text(" "),
                Piece::Code("two"),
                Piece::Text(" and "),
                Piece::Code("three")
            ]
        );
    }
}

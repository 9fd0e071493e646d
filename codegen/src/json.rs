//! JSON as the pages hold it: with the place of every key and value, duplicate keys kept, and read
//! on past what is not valid.
//!
//! Lenient about: `//` and `/* */` comments, trailing and missing commas, `...`, a missing closing
//! mark, single quotes, bare words as keys and values, a missing quote, text after the value. Each
//! leniency is reported in [`Document::problems`] with its place, so that nothing is repaired in
//! silence.

mod parser;
mod scalar;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::source::{At, FileId, SourceMap, Span};

/// A value and what was wrong with its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'a> {
    /// The value.
    pub value: Value<'a>,
    /// What is not valid JSON, in order; empty for a valid document.
    pub problems: Vec<At<Problem>>,
}

/// A JSON value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Value<'a> {
    /// The value.
    pub kind: ValueKind<'a>,
    /// Its place, quotes and brackets included.
    pub span: Span,
}

/// The kinds of [`Value`].
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, as written.
    Number(&'a str),
    /// A string, escapes resolved.
    String(Cow<'a, str>),
    /// A bare word where a value is expected: `String`, `timestamp`.
    Word(&'a str),
    /// An array.
    Array(Vec<Value<'a>>),
    /// An object's members in order, repeated keys included.
    Object(Vec<(At<Cow<'a, str>>, Value<'a>)>),
}

/// What is not valid about a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// A comment.
    Comment,
    /// A comma before a closing mark.
    TrailingComma,
    /// Two values or members without a comma between them.
    MissingComma,
    /// A key without a colon and value.
    MissingColon,
    /// `...`
    Ellipsis,
    /// A closing brace or bracket is missing, or there is one too many.
    Unbalanced,
    /// A quote is missing.
    MissingQuote,
    /// Single or typographic quotes.
    WrongQuote,
    /// A bare word.
    BareWord,
    /// A line break or an unknown escape inside a string.
    BadString,
    /// A no-break space or a byte-order mark.
    OddSpace,
    /// Text behind the end.
    TrailingText,
    /// Nested deeper than 64 levels; the value was skipped and stands as `null`.
    TooDeep,
    /// Anything else.
    Unexpected,
}

impl<'a> Value<'a> {
    /// The member of an object; the last one where a key is repeated.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        match &self.kind {
            ValueKind::Object(members) => {
                members.iter().rev().find(|(name, _)| name.value == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::String(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads `text`, which stands at `start` in `file`. Never fails: what cannot be read is a problem
/// of the document.
///
/// Linear in the text's length. Only the first thousand problems are listed.
pub fn parse(file: FileId, start: usize, text: &str) -> Document<'_> {
    parser::Parser::new(file, start, text).document()
}

/// Reads the text of a span, as [`parse`] does.
pub fn parse_span(sources: &SourceMap, span: Span) -> Document<'_> {
    parse(span.file, span.start as usize, sources.text(span))
}

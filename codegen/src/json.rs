//! A lenient JSON parser for the pages: it records the position of every key and value, keeps
//! duplicate keys, and continues after an error.
//!
//! It accepts `//` and `/* */` comments, trailing and missing commas, `...`, a missing closing
//! bracket, single quotes, bare words as keys and values, a missing quote, and text after the
//! value. Each of these is reported in [`Document::problems`] with its position, so that nothing is
//! repaired silently.

mod parser;
mod scalar;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::ordered;
use crate::source::{At, FileId, SourceMap, Span};

/// A value and the problems of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'a> {
    /// The value.
    pub value: Value<'a>,
    /// The places that are not valid JSON, in order; empty for a valid document.
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

/// A kind of invalid JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// A comment.
    Comment,
    /// A comma before a closing bracket.
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
    /// Text after the end of the value.
    TrailingText,
    /// Nested deeper than 64 levels; the value was skipped and is `null`.
    TooDeep,
    /// Anything else.
    Unexpected,
}

impl Document<'_> {
    /// Returns true if the text is valid, or only has comments and commas before closing brackets,
    /// which leave no doubt about its value.
    pub fn is_certain(&self) -> bool {
        let is_harmless = |problem: &Problem| matches!(problem, Problem::Comment | Problem::TrailingComma);
        self.problems.len() < parser::PROBLEMS && self.problems.iter().all(|problem| is_harmless(&problem.value))
    }
}

impl<'a> Value<'a> {
    /// The member of an object; the last one if a key is repeated.
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

/// Parses `text`, which begins at `start` in `file`. It never fails: errors are problems of the
/// document.
///
/// It takes linear time. Only the first thousand problems are listed.
pub fn parse(file: FileId, start: usize, text: &str) -> Document<'_> {
    parser::Parser::new(file, start, text).document()
}

/// The text of a span without its comments and without commas before closing brackets, if nothing
/// else is wrong with it.
pub fn mended(sources: &SourceMap, span: Span) -> Cow<'_, str> {
    let text = sources.text(span);
    let document = parse_span(sources, span);
    if document.problems.is_empty() || !document.is_certain() {
        return Cow::Borrowed(text);
    }
    let mut places: Vec<Span> = document.problems.iter().map(|problem| problem.span).collect();
    ordered::sort(&mut places);
    let mut mended = String::with_capacity(text.len());
    let mut kept = 0;
    for place in places {
        mended.push_str(&text[kept..(place.start - span.start) as usize]);
        kept = (place.end - span.start) as usize;
    }
    mended.push_str(&text[kept..]);
    Cow::Owned(mended)
}

/// Parses the text of a span, like [`parse`].
pub fn parse_span(sources: &SourceMap, span: Span) -> Document<'_> {
    parse(span.file, span.start as usize, sources.text(span))
}

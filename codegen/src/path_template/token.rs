//! Splits the path of a URL into tokens.

use percent_encoding::percent_decode_str;

use crate::url::split_outside;

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// The text between two slashes, decoded, without parentheses at its end.
    Segment(String),
    /// Names and values in parentheses, decoded; a value without a name has an empty one.
    Parentheses {
        /// All between the parentheses.
        text: String,
        pairs: Vec<(String, String)>,
    },
}

impl Token {
    pub(super) fn segment(&self) -> Option<&str> {
        match self {
            Token::Segment(text) => Some(text),
            Token::Parentheses { .. } => None,
        }
    }

    pub(super) fn pairs(&self) -> Option<&[(String, String)]> {
        match self {
            Token::Parentheses { pairs, .. } => Some(pairs),
            Token::Segment(_) => None,
        }
    }
}

/// Splits a path, with the text of each token as it is written: `animals`, `(7)`.
pub(crate) fn tokens(path: &str) -> Vec<(Token, &str)> {
    let mut tokens = Vec::new();
    for (_, segment) in split_outside(path, '/').into_iter().filter(|(_, segment)| !segment.is_empty()) {
        // Parentheses within a placeholder or a quoted key are part of it.
        let open = segment.find('(').filter(|_| segment.ends_with(')') && !segment.starts_with(['{', '\'']));
        let name = open.map_or(segment, |open| &segment[..open]);
        if !name.is_empty() {
            tokens.push((Token::Segment(decode(name)), name));
        }
        let Some(open) = open else { continue };
        let inner = &segment[open + 1..segment.len() - 1];
        tokens.push((Token::Parentheses { text: decode(inner), pairs: pairs(inner) }, &segment[open..]));
    }
    tokens
}

fn pairs(inner: &str) -> Vec<(String, String)> {
    let arguments = split_outside(inner, ',').into_iter().filter(|(_, argument)| !argument.trim().is_empty());
    let pairs = arguments.map(|(_, argument)| match split_outside(argument, '=').as_slice() {
        [_, (at, _), ..] => (decode(argument[..at - 1].trim()), decode(argument[*at..].trim())),
        _ => (String::new(), decode(argument.trim())),
    });
    pairs.collect()
}

/// The decoded text of several tokens: `find(name='a')`.
pub(crate) fn written(tokens: &[Token]) -> String {
    let mut text = String::new();
    for (position, token) in tokens.iter().enumerate() {
        match token {
            Token::Segment(segment) if position == 0 => text.push_str(segment),
            Token::Segment(segment) => text += &format!("/{segment}"),
            Token::Parentheses { text: inner, .. } => text += &format!("({inner})"),
        }
    }
    text
}

/// Percent-decodes a text. Invalid encodings are kept.
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

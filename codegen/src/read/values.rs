//! Reads lists of values in a description: "Possible values are: `a`, `b`", "Either `a` or `b`",
//! "one of 'a', 'b'", and the sentence about an evolvable enum ("Use the
//! `Prefer: include-unknown-enum-members` request header to get the following values …").
//!
//! A list begins after a phrase that announces it. It ends with its sentence, or with the first
//! word that is neither a value, a separator nor a remark in parentheses. A list with each value on
//! a line of its own may explain each value after a dash or colon.

use crate::hashing::HashSet;
use crate::page::{PieceKind, Text};
use crate::phrases::Haystack;
use crate::schema::ValueList;
use crate::source::{At, Span};

/// A phrase that announces a list. With `closed`, the phrase says that the list is complete. With
/// `marked`, only values in code or quotes count.
struct Phrase {
    words: &'static str,
    closed: bool,
    marked: bool,
}

impl Phrase {
    fn words(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.words.trim_end_matches(':').split(' ')
    }
}

const PHRASES: [Phrase; 22] = [
    Phrase { words: "possible values", closed: true, marked: false },
    Phrase { words: "possible value", closed: true, marked: false },
    Phrase { words: "allowed values", closed: true, marked: false },
    Phrase { words: "supported values", closed: true, marked: false },
    Phrase { words: "valid values", closed: true, marked: false },
    Phrase { words: "accepted values", closed: true, marked: false },
    Phrase { words: "permitted values", closed: true, marked: false },
    Phrase { words: "acceptable values", closed: true, marked: false },
    Phrase { words: "possible states are", closed: true, marked: false },
    Phrase { words: "possible types are", closed: true, marked: false },
    Phrase { words: "one of the following", closed: true, marked: true },
    Phrase { words: "following values", closed: true, marked: true },
    Phrase { words: "the values are", closed: true, marked: true },
    Phrase { words: "values are", closed: true, marked: true },
    Phrase { words: "values:", closed: true, marked: true },
    Phrase { words: "value can be", closed: true, marked: true },
    Phrase { words: "value is either", closed: true, marked: true },
    Phrase { words: "either", closed: true, marked: true },
    Phrase { words: "one of", closed: true, marked: true },
    Phrase { words: "can be", closed: false, marked: true },
    Phrase { words: "must be", closed: false, marked: true },
    Phrase { words: "values include", closed: false, marked: true },
];

/// A piece of a description, split at words.
#[derive(Clone, Debug)]
enum Token<'t> {
    /// Inline code or a word in quotes.
    Marked(&'t str, Span),
    Word(&'t str, Span),
    Mark(char),
    Break,
}

/// Returns true if a text in lower case says that members can be combined.
pub(crate) fn says_flags(lower: &Haystack<'_>) -> bool {
    const PHRASES: [&str; 8] = [
        "flagged enum",
        "flags enum",
        "flag enum",
        "multi-valued",
        "multivalued",
        "comma-separated",
        "comma separated",
        "bitwise",
    ];
    lower.contains_any(&PHRASES)
}

/// The values that a description lists.
pub(crate) fn list(description: &Text<'_>) -> Option<ValueList> {
    let plain = description.plain().to_ascii_lowercase();
    let plain = Haystack::new(&plain);
    // Each phrase contains one of these words, or it is the name of the preference. Most
    // descriptions contain none of them.
    let announces = ["value", "state", "types are", "one of", "either", "can be", "must be", "include-unknown"];
    if !plain.contains_any(&announces) {
        return None;
    }
    let may_have = |phrase: &&Phrase| phrase.words().all(|word| plain.contains(word));
    let mut phrases = PHRASES.iter().filter(may_have).peekable();
    if phrases.peek().is_none() && !plain.contains(PREFERENCE) {
        return None;
    }
    let tokens = tokens(description);
    let flags = says_flags(&plain);
    let mut list = phrases.find_map(|phrase| {
        starts(&tokens, phrase).find_map(|start| {
            let (values, included) = values(&tokens[start..], phrase);
            let enough = if phrase.marked { values.len() >= 2 } else { !values.is_empty() };
            enough.then(|| ValueList { values, evolvable: Vec::new(), closed: phrase.closed && !included, flags })
        })
    });
    let evolvable = evolvable(&tokens);
    if !evolvable.is_empty() {
        let list =
            list.get_or_insert_with(|| ValueList { values: Vec::new(), evolvable: Vec::new(), closed: true, flags });
        for value in evolvable {
            list.evolvable.push(value.value.clone());
            if !list.values.iter().any(|known| known.value == value.value) {
                list.values.push(value);
            }
        }
    }
    list
}

/// The index after each place where the words of a phrase follow each other.
fn starts<'s>(tokens: &'s [Token<'_>], phrase: &Phrase) -> impl Iterator<Item = usize> + 's {
    let colon = phrase.words.ends_with(':');
    let wanted: Vec<&str> = phrase.words().collect();
    (0..tokens.len()).filter_map(move |at| {
        let end = at + wanted.len();
        let window = tokens.get(at..end)?;
        let same = window
            .iter()
            .zip(&wanted)
            .all(|(token, word)| matches!(token, Token::Word(text, _) if text.eq_ignore_ascii_case(word)));
        (same && (!colon || matches!(tokens.get(end), Some(Token::Mark(':'))))).then_some(end)
    })
}

/// Words that may be between the phrase and its first value.
const FILLERS: [&str; 26] = [
    "are",
    "is",
    "be",
    "the",
    "following",
    "values",
    "value",
    "include",
    "includes",
    "of",
    "for",
    "this",
    "property",
    "can",
    "one",
    "as",
    "follows",
    "currently",
    "either",
    "only",
    "a",
    "in",
    "listed",
    "below",
    "defined",
    "follow",
];

fn values(tokens: &[Token<'_>], phrase: &Phrase) -> (Vec<At<String>>, bool) {
    let mut included = false;
    let mut at = 0;
    // Before the first value there may be fillers, a colon, and remarks in parentheses.
    let mut announced = false;
    let mut bare_allowed = false;
    while let Some(token) = tokens.get(at) {
        match token {
            // In "The supported values for **dataType** are", the first word in bold is the
            // property's name.
            Token::Marked(..) if matches!(tokens.get(at + 1), Some(Token::Word(verb, _)) if matches!(*verb, "are" | "is" | "include" | "can")) =>
                {}
            Token::Marked(..) => break,
            Token::Word(word, _) => {
                let lower = word.to_ascii_lowercase();
                if bare_allowed && !FILLERS.contains(&lower.as_str()) {
                    break;
                }
                if !FILLERS.contains(&lower.as_str()) && (announced || phrase.marked || at > 6) {
                    return (Vec::new(), false);
                }
                included |= lower.starts_with("include");
                bare_allowed |= !phrase.marked && matches!(lower.as_str(), "are" | "is" | "include" | "includes");
            }
            Token::Mark(':') => {
                announced = true;
                bare_allowed = !phrase.marked;
            }
            Token::Mark('(') => at = behind_parenthesis(tokens, at),
            Token::Mark('.' | '!' | '?') => return (Vec::new(), false),
            Token::Mark(_) | Token::Break => {}
        }
        at += 1;
    }
    let values = match tokens.get(at) {
        Some(Token::Marked(..)) => marked_values(&tokens[at..]),
        Some(Token::Word(..)) => bare_values(&tokens[at..]),
        _ => Vec::new(),
    };
    (values, included)
}

fn marked_values(tokens: &[Token<'_>]) -> Vec<At<String>> {
    let mut values: Vec<At<String>> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Marked(text, span) => {
                for part in text.split([',', '|', ';']) {
                    add(&mut values, part, *span);
                }
            }
            Token::Mark('(') => at = behind_parenthesis(tokens, at),
            Token::Mark('.' | '!' | '?') => {
                // The list continues if the next line begins with another value.
                match tokens.get(at + 1..) {
                    Some([Token::Break, Token::Marked(..), ..]) => {}
                    _ => break,
                }
            }
            Token::Mark('-' | '–' | ':' | '=') => match next_line(tokens, at) {
                Some(next) => at = next,
                None => break,
            },
            Token::Mark(_) | Token::Break => {}
            Token::Word(word, _) if matches!(word.to_ascii_lowercase().as_str(), "or" | "and" | "default" | "the") => {}
            Token::Word(..) => match next_line(tokens, at) {
                Some(next) => at = next,
                None => break,
            },
        }
        at += 1;
    }
    each_once(values)
}

/// The index of the next line break, if the line after it begins with a value.
fn next_line(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let next = at + tokens[at..].iter().position(|token| matches!(token, Token::Break))?;
    matches!(tokens.get(next + 1), Some(Token::Marked(..))).then_some(next)
}

/// Values without code or quotes: single words between commas, up to the end of the sentence. Empty
/// if something else is between the commas.
fn bare_values(tokens: &[Token<'_>]) -> Vec<At<String>> {
    let mut values: Vec<At<String>> = Vec::new();
    let mut fresh = true;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Word(word, _) if matches!(word.to_ascii_lowercase().as_str(), "or" | "and") => fresh = true,
            Token::Word(word, span) | Token::Marked(word, span) => {
                if !fresh {
                    return Vec::new();
                }
                add(&mut values, word, *span);
                fresh = false;
            }
            Token::Mark(',' | '|' | '/' | ';') | Token::Break => fresh = true,
            Token::Mark('(') => at = behind_parenthesis(tokens, at),
            Token::Mark('.' | '!' | '?') => break,
            Token::Mark(_) => {}
        }
        at += 1;
    }
    let values = each_once(values);
    if values.len() >= 2 { values } else { Vec::new() }
}

/// The values, each once.
fn each_once(mut values: Vec<At<String>>) -> Vec<At<String>> {
    let mut known = HashSet::default();
    let is_first: Vec<bool> = values.iter().map(|value| known.insert(value.value.as_str())).collect();
    let mut is_first = is_first.into_iter();
    values.retain(|_| is_first.next() == Some(true));
    values
}

fn add(values: &mut Vec<At<String>>, text: &str, span: Span) {
    let value = text.trim().trim_matches(['\'', '"', '`', '*', '.', ':']).trim();
    let identifier = value.chars().next().is_some_and(char::is_alphanumeric)
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if identifier && value != "null" {
        values.push(At::new(value.to_owned(), span));
    }
}

/// The index of the parenthesis that closes the one at `at`; `at` itself if it is never closed.
fn behind_parenthesis(tokens: &[Token<'_>], at: usize) -> usize {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(at) {
        match token {
            Token::Mark('(') => depth += 1,
            Token::Mark(')') => {
                depth -= 1;
                if depth == 0 {
                    return index;
                }
            }
            _ => {}
        }
    }
    // The parenthesis is never closed: it is ignored, and the list goes on.
    at
}

/// The preference by which a client requests the members that an enum got later.
const PREFERENCE: &str = "include-unknown-enum-members";

/// The members that a client has to request: the values after the name of the preference.
fn evolvable(tokens: &[Token<'_>]) -> Vec<At<String>> {
    let header = tokens.iter().position(|token| match token {
        Token::Marked(text, _) | Token::Word(text, _) => text.contains(PREFERENCE),
        _ => false,
    });
    let Some(header) = header else { return Vec::new() };
    let mut values = Vec::new();
    for token in &tokens[header + 1..] {
        match token {
            Token::Marked(text, span) => add(&mut values, text, *span),
            Token::Mark('.') => break,
            _ => {}
        }
    }
    each_once(values)
}

fn tokens<'t>(text: &'t Text<'_>) -> Vec<Token<'t>> {
    let mut tokens = Vec::new();
    for piece in &text.pieces {
        match &piece.kind {
            PieceKind::Code(code) => tokens.push(Token::Marked(code, piece.span)),
            PieceKind::Plain(plain) if piece.strong => {
                // Values may be in bold: "**a**, **b**". A whole sentence in bold is text.
                if plain.contains(char::is_whitespace) || plain.trim_end().ends_with(':') {
                    plain_tokens(plain, piece.span, &mut tokens);
                } else {
                    tokens.push(Token::Marked(plain, piece.span));
                }
            }
            PieceKind::Plain(plain) => plain_tokens(plain, piece.span, &mut tokens),
            PieceKind::Link { text, .. } => plain_tokens(text, piece.span, &mut tokens),
            PieceKind::Break => tokens.push(Token::Break),
            PieceKind::Comment(_) => {}
        }
    }
    tokens
}

fn plain_tokens<'t>(text: &'t str, span: Span, tokens: &mut Vec<Token<'t>>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let width = first.len_utf8();
        // 'a' or "a" is one word in quotes. An apostrophe inside a word is no quote.
        let close = match first {
            '\'' => Some('\''),
            '"' => Some('"'),
            '‘' => Some('’'),
            '“' => Some('”'),
            _ => None,
        };
        if let Some(close) = close
            && let Some(end) = rest[width..].find(close)
            && end > 0
            && rest[width..width + end].chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        {
            tokens.push(Token::Marked(&rest[width..width + end], span));
            rest = &rest[width + end + close.len_utf8()..];
            continue;
        }
        if first.is_alphanumeric() || first == '_' {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\'' | '’')))
                .unwrap_or(rest.len());
            let word = rest[..end].trim_end_matches(['.', '-', '\'']);
            tokens.push(Token::Word(word, span));
            rest = &rest[word.len()..];
            continue;
        }
        if !first.is_whitespace() {
            tokens.push(Token::Mark(first));
        }
        rest = &rest[width..];
    }
}

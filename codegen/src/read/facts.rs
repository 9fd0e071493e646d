//! Finds the [`Facts`] that a property's description states.
//!
//! They are recognised sentence by sentence, by the phrases that the reference uses, in any case. A
//! phrase counts only if it refers to the property itself. A sentence with "if" or "when" before
//! the phrase states no fact.

pub(crate) mod deprecation;

use super::prose::{find, markdown, sentences, type_behind};
use crate::page::{PieceKind, Text};
use crate::schema::{Fact, Facts, Filter, Returned, TypeRef, is_conditional};
use crate::source::{At, Span};

/// The facts that a property's description states.
pub(crate) fn of(description: &Text<'_>) -> Facts {
    let mut facts = Facts { inherited_from: inherited_from(description), ..Facts::default() };
    let text = markdown(description);
    let span = description.span;
    let all = sentences(&text);
    for (index, sentence) in all.iter().enumerate() {
        let lower = sentence.to_ascii_lowercase();
        // Most sentences state nothing. One search for the words that all phrases of a kind contain
        // avoids the searches for each phrase.
        if has_any(&lower, &["read", "null", "requir", "key", "must be"]) {
            state_access(&lower, span, &mut facts);
        }
        if has_any(&lower, &["$", "filter", "return"]) {
            state_query(sentence, &lower, span, &mut facts);
        }
        if has_any(&lower, &["default", "character", "max"]) {
            state_limits(sentence, &lower, span, &mut facts);
        }
        if has_any(
            &lower,
            &["deprecat", "n't use", "not use", "no longer", "stop returning", "retired", "obsolete", "going forward"],
        ) {
            deprecation::state(&all, index, &lower, span, &mut facts);
        }
    }
    facts
}

/// Returns true if the text contains one of a few short words.
fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn state_access(lower: &str, span: Span, facts: &mut Facts) {
    if Fact::ReadOnly.is_stated(lower) {
        facts.read_only.get_or_insert(span);
    }
    if Fact::NotNullable.is_stated(lower) {
        facts.nullable.get_or_insert(At::new(false, span));
    } else if Fact::Nullable.is_stated(lower) {
        facts.nullable.get_or_insert(At::new(true, span));
    }
    if Fact::Required.is_stated(lower) {
        facts.required.get_or_insert(span);
    }
    if Fact::Key.is_stated(lower) {
        facts.key.get_or_insert(span);
    }
}

const OPERATORS: [&str; 22] = [
    "eq",
    "ne",
    "gt",
    "ge",
    "lt",
    "le",
    "in",
    "not",
    "and",
    "or",
    "has",
    "any",
    "all",
    "startsWith",
    "endsWith",
    "contains",
    "substringof",
    "indexof",
    "length",
    "geo.distance",
    "tolower",
    "toupper",
];

fn state_query(sentence: &str, lower: &str, span: Span, facts: &mut Facts) {
    let negative = [
        "not support",
        "n't support",
        "unsupported",
        "not filterable",
        "is not supported",
        "isn't supported",
        "cannot be used",
        "can't be used",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase));
    let speaks = lower.contains("support")
        || lower.contains("filterable")
        || lower.contains("can be filtered")
        || lower.contains("can use");
    if speaks && Fact::Filter.is_stated(lower) {
        let operators = if negative { Vec::new() } else { operators(sentence) };
        // "$search is not supported, $filter is": only a sentence about one option can be negative.
        let about_one = lower.matches('$').count() <= 1;
        if !negative || about_one {
            facts.filter.get_or_insert(At::new(Filter { supported: !negative, operators }, span));
        }
    }
    let option = |fact: Fact| {
        (speaks && fact.is_stated(lower) && (!negative || lower.matches('$').count() <= 1))
            .then(|| At::new(!negative, span))
    };
    if facts.order_by.is_none() {
        facts.order_by = option(Fact::OrderBy);
    }
    if facts.search.is_none() {
        facts.search = option(Fact::Search);
    }
    if facts.expand.is_none() {
        facts.expand = option(Fact::Expand);
    }
    if Fact::OnSelect.is_stated(lower) {
        facts.returned.get_or_insert(At::new(Returned::OnSelect, span));
    } else if Fact::ByDefault.is_stated(lower) {
        facts.returned.get_or_insert(At::new(Returned::ByDefault, span));
    }
}

/// An operator of `$filter` with a slip in it: the place, what stands there and what is meant.
pub(crate) fn misspelt_operators(description: &Text<'_>) -> Vec<(Span, String, &'static str)> {
    let mut found = Vec::new();
    let mut in_list = false;
    let mut behind_filter = false;
    for piece in &description.pieces {
        match &piece.kind {
            PieceKind::Code(text) if text.trim() == "$filter" => behind_filter = true,
            PieceKind::Code(text) if in_list => {
                let operator = misspelt_operator(text.trim());
                found.extend(operator.map(|meant| (piece.span, text.trim().to_owned(), meant)));
            }
            PieceKind::Plain(text) => {
                let opens = behind_filter && text.trim_start().starts_with('(');
                in_list = if opens { !text.contains(')') } else { in_list && !text.contains(')') };
                behind_filter = false;
            }
            _ => {}
        }
    }
    found
}

/// The only operator that differs in one letter from a word that is none.
fn misspelt_operator(word: &str) -> Option<&'static str> {
    let is_word = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_word || word.eq_ignore_ascii_case("null") || OPERATORS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let mut near =
        OPERATORS.iter().filter(|known| strsim::damerau_levenshtein(&known.to_ascii_lowercase(), &word) == 1);
    near.next().filter(|_| near.next().is_none()).copied()
}

/// The operators in code behind `$filter`: "(`eq`, `ne`)", "eq, ne".
fn operators(sentence: &str) -> Vec<String> {
    let Some(at) = sentence.find("$filter") else { return Vec::new() };
    let rest = &sentence[at + "$filter".len()..];
    let rest = rest.find('$').map_or(rest, |next| &rest[..next]);
    let mut found: Vec<String> = Vec::new();
    for part in rest.split(|c: char| !(c.is_alphanumeric() || c == '.')) {
        // "and", "or", "in", "not", "any" are also plain words; they count only as code or inside
        // the parentheses.
        let canonical = OPERATORS.iter().copied().find(|known| known.eq_ignore_ascii_case(part));
        let plain_word = matches!(part, "and" | "or" | "in" | "not" | "any" | "all" | "has");
        let marked = part.as_ptr() as usize > rest.as_ptr() as usize
            && rest.as_bytes().get(part.as_ptr() as usize - rest.as_ptr() as usize - 1) == Some(&b'`');
        if let Some(canonical) = canonical.or_else(|| misspelt_operator(part).filter(|_| marked))
            && (marked || !plain_word || part.chars().all(char::is_uppercase))
            && !found.iter().any(|known| known == canonical)
        {
            found.push(canonical.to_owned());
        }
    }
    found
}

fn state_limits(sentence: &str, lower: &str, span: Span, facts: &mut Facts) {
    for phrase in Fact::Default.phrases().iter().map(|phrase| phrase.words) {
        if let Some(at) = find(lower, phrase) {
            // "The default value is X for Y" depends on Y.
            let rest = &sentence[at + phrase.len()..];
            if let Some(value) = literal(rest) {
                facts.default.get_or_insert(At::new(value, span));
            }
            break;
        }
    }
    let is_length = lower.contains("maximum length")
        || lower.contains("max length")
        || lower.contains("maximum size")
        || lower.contains("character");
    if is_length && !is_conditional(lower) {
        for phrase in Fact::MaxLength.phrases().iter().map(|phrase| phrase.words) {
            if let Some(at) = find(lower, phrase) {
                let digits: String = sentence[at + phrase.len()..]
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || *c == ',')
                    .filter(char::is_ascii_digit)
                    .collect();
                let unit = sentence[at + phrase.len()..].to_ascii_lowercase();
                let of_characters = unit.contains("character") || phrase.contains("length") || phrase.contains("size");
                if let (Ok(length), true) =
                    (digits.parse(), of_characters && !unit.contains("bytes") && !unit.contains(" kb"))
                {
                    facts.max_length.get_or_insert(At::new(length, span));
                    break;
                }
            }
        }
    }
}

/// A literal at the beginning of `text`: code, a quoted word, a number, `true`, `false`, `null`, or
/// one bare word before a punctuation mark.
fn literal(text: &str) -> Option<String> {
    let text = text.trim_start().trim_start_matches("set to ").trim_start_matches("the value ");
    for quote in ['`', '\'', '"'] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.split_once(quote).map(|(value, _)| value.to_owned()).filter(|value| !value.is_empty());
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')')).unwrap_or(text.len());
    let word = text[..end].trim_end_matches('.');
    let rest = text[end..].trim_start();
    let sure = word.parse::<f64>().is_ok() || matches!(word.to_ascii_lowercase().as_str(), "true" | "false" | "null");
    let ends_here = rest.is_empty() || text[end..].starts_with([',', ';', ')']) || text[..end].ends_with('.');
    let identifier = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
    (identifier && (sure && !rest.starts_with('%') || ends_here)).then(|| word.to_owned())
}

/// The type after "Inherited from": a link, code or a word.
fn inherited_from(text: &Text<'_>) -> Option<TypeRef> {
    type_behind(text, &["inherited from"])
}

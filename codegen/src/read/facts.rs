//! The [`Facts`] that a property's description states.
//!
//! They are found by the phrases that the reference uses, sentence by sentence, in any case. A phrase counts only where it speaks of the
//! property itself; a sentence with "if" or "when" before it states no fact.

pub(crate) mod deprecation;

use super::prose::{markdown, sentences, type_behind};
use crate::page::Text;
use crate::schema::{Facts, Filter, Returned, TypeRef};
use crate::source::{At, Span};

/// What a property's description states about it.
pub(crate) fn of(description: &Text<'_>) -> Facts {
    let mut facts = Facts { inherited_from: inherited_from(description), ..Facts::default() };
    let text = markdown(description);
    let span = description.span;
    let all = sentences(&text);
    for (index, sentence) in all.iter().enumerate() {
        let lower = sentence.to_ascii_lowercase();
        // Most sentences state nothing: one look for the words that every phrase of a kind contains spares the phrases.
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

/// Whether one of a few short words stands in a text.
fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// A sentence that says it of some cases only.
fn is_conditional(lower: &str) -> bool {
    let anywhere = ["if ", "when ", "unless ", "for example", "once ", "after "];
    anywhere.iter().any(|word| lower.starts_with(word) || lower.contains(&format!(" {word}")))
        || ["for a ", "for an ", "for on-premises"].iter().any(|start| lower.starts_with(start))
}

/// What can be said once, on creation, is not read-only: only what the service alone sets is.
fn state_access(lower: &str, span: Span, facts: &mut Facts) {
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let read_only = bare == "read-only"
        || bare == "read only"
        || bare == "readonly"
        || ["read-only.", "read only.", "read-only,", "read-only (", "readonly."]
            .iter()
            .any(|start| lower.starts_with(start))
        || ["is read-only", "is read only", "is readonly", "read-only property"]
            .iter()
            .any(|phrase| lower.contains(phrase))
        || lower.ends_with("(read-only).")
        || lower.ends_with("(read-only)")
        || lower.ends_with(", read-only.")
        || lower.ends_with(" read-only.");
    if read_only && !is_conditional(lower) && !lower.contains("not read-only") && !lower.contains("not read only") {
        facts.read_only.get_or_insert(span);
    }
    if matches!(
        bare,
        "not nullable"
            | "non-nullable"
            | "non nullable"
            | "not null"
            | "cannot be null"
            | "can't be null"
            | "can not be null"
    ) || lower.contains("not nullable")
        || ["this property cannot be null", "it cannot be null", "must not be null", "can't be null"]
            .iter()
            .any(|p| lower.contains(p))
            && !is_conditional(lower)
    {
        facts.nullable.get_or_insert(At::new(false, span));
    } else if matches!(bare, "nullable")
        || lower.contains("this property is nullable")
        || bare == "can be null"
        || bare.ends_with("read-only, nullable")
        || ["null if", "is null when", "is null if", "null when", "can be null"]
            .iter()
            .any(|phrase| lower.contains(phrase))
    {
        facts.nullable.get_or_insert(At::new(true, span));
    }
    if bare == "required"
        || bare == "required on create"
        || bare.starts_with("required when creating")
        || bare.starts_with("required when a ") && bare.contains(" created")
        || lower.contains("required on create")
        || lower.contains("must be specified when") && lower.contains("created")
        || lower.contains("required when creating")
        || lower.contains("this property is required when") && lower.contains("created")
    {
        facts.required.get_or_insert(span);
    }
    if matches!(bare, "key" | "primary key" | "key property")
        || bare.starts_with("key of the ")
        || bare.starts_with("key of this ")
    {
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
    if speaks && (lower.contains("$filter") || lower.contains("filterable") || lower.contains("can be filtered")) {
        let operators = if negative { Vec::new() } else { operators(sentence) };
        // "$search is not supported, $filter is": only a sentence about one option can be negative.
        let about_one = lower.matches('$').count() <= 1;
        if !negative || about_one {
            facts.filter.get_or_insert(At::new(Filter { supported: !negative, operators }, span));
        }
    }
    let option = |names: &[&str]| {
        (speaks && names.iter().any(|name| lower.contains(name)) && (!negative || lower.matches('$').count() <= 1))
            .then(|| At::new(!negative, span))
    };
    if facts.order_by.is_none() {
        facts.order_by = option(&["$orderby"]);
    }
    if facts.search.is_none() {
        facts.search = option(&["$search"]);
    }
    if facts.expand.is_none() {
        facts.expand = option(&["$expand"]);
    }
    if lower.contains("returned only on")
        || lower.contains("only returned on")
        || lower.contains("only returned when") && lower.contains("$select")
        || lower.contains("returned only if") && lower.contains("$select")
        || lower.contains("not returned by default")
        || lower.contains("isn't returned by default")
        || lower.contains("requires $select")
        || lower.contains("requires `$select`")
    {
        facts.returned.get_or_insert(At::new(Returned::OnSelect, span));
    } else if lower.contains("returned by default") || lower.contains("always returned") {
        facts.returned.get_or_insert(At::new(Returned::ByDefault, span));
    }
}

/// The operators in code behind `$filter`: "(`eq`, `ne`)", "eq, ne".
fn operators(sentence: &str) -> Vec<String> {
    let Some(at) = sentence.find("$filter") else { return Vec::new() };
    let rest = &sentence[at + "$filter".len()..];
    let rest = rest.find('$').map_or(rest, |next| &rest[..next]);
    let mut found: Vec<String> = Vec::new();
    for part in rest.split(|c: char| !(c.is_alphanumeric() || c == '.')) {
        // "and", "or", "in", "not", "any" are also plain words; they count only as code or inside the parentheses.
        let canonical = OPERATORS.iter().find(|known| known.eq_ignore_ascii_case(part));
        let plain_word = matches!(part, "and" | "or" | "in" | "not" | "any" | "all" | "has");
        let marked = part.as_ptr() as usize > rest.as_ptr() as usize
            && rest.as_bytes().get(part.as_ptr() as usize - rest.as_ptr() as usize - 1) == Some(&b'`');
        if let Some(canonical) = canonical
            && (marked || !plain_word || part.chars().all(char::is_uppercase))
            && !found.iter().any(|known| known == canonical)
        {
            found.push((*canonical).to_owned());
        }
    }
    found
}

fn state_limits(sentence: &str, lower: &str, span: Span, facts: &mut Facts) {
    for phrase in [
        "default value is ",
        "the default is ",
        "default is ",
        "defaults to ",
        "default value: ",
        "default value of ",
        "default: ",
        "by default, the value is ",
    ] {
        if let Some(at) = lower.find(phrase) {
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
        for phrase in [
            "maximum length is ",
            "maximum length of ",
            "maximum length: ",
            "max length is ",
            "maximum size ",
            "maximum of ",
            "limited to ",
            "length limit of ",
            "must be at most ",
            "up to ",
            "at most ",
            "cannot exceed ",
            "can't exceed ",
            "maximum length for this property is ",
        ] {
            if let Some(at) = lower.find(phrase) {
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

/// A literal at the beginning of `text`: code, a quoted word, a number, `true`, `false`, `null`, or one bare word before a stop.
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

/// The type behind "Inherited from": a link, code or a word.
fn inherited_from(text: &Text<'_>) -> Option<TypeRef> {
    type_behind(text, &["inherited from"])
}

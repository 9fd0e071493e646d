//! Finds which query options a property supports, and when it is returned.

use crate::page::{PieceKind, Text};
use crate::phrases::{Haystack, find};
use crate::schema::{Fact, Facts, Filter, Returned};
use crate::source::{At, Span};

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

/// States which query options a sentence says are supported or not, and when the property is
/// returned.
pub(super) fn state(sentence: &str, words: &Haystack<'_>, span: Span, facts: &mut Facts) {
    let lower = words.text();
    let mut start = 0;
    // "Supports `$filter`, but not `$search`": each clause has a verb of its own.
    while start < lower.len() {
        let end = find(&lower[start..], " but ").map_or(lower.len(), |at| start + at + 1);
        state_clause(&sentence[start..end], &lower[start..end], span, facts);
        start = end;
    }
    if Fact::OnSelect.is_stated(words) {
        facts.returned.get_or_insert(At::new(Returned::OnSelect, span));
    } else if Fact::ByDefault.is_stated(words) {
        facts.returned.get_or_insert(At::new(Returned::ByDefault, span));
    }
}

fn state_clause(sentence: &str, lower: &str, span: Span, facts: &mut Facts) {
    if let Some(supported) = is_supported(lower, Fact::Filter) {
        let operators = if supported { operators(sentence) } else { Vec::new() };
        let known = facts.filter.as_ref();
        // A later sentence may name the operators.
        if known.is_none_or(|known| known.value.supported && known.value.operators.is_empty() && !operators.is_empty())
        {
            facts.filter = Some(At::new(Filter { supported, operators }, span));
        }
    }
    let state = |fact: Fact, known: &mut Option<At<bool>>| {
        if known.is_none() {
            *known = is_supported(lower, fact).map(|supported| At::new(supported, span));
        }
    };
    state(Fact::OrderBy, &mut facts.order_by);
    state(Fact::Search, &mut facts.search);
    state(Fact::Expand, &mut facts.expand);
}

/// Returns true or false if a clause says that the option of a fact is supported or not.
fn is_supported(lower: &str, fact: Fact) -> Option<bool> {
    let (at, phrase) = fact.phrases().iter().find_map(|phrase| Some((find(lower, phrase.words)?, phrase.words)))?;
    if !phrase.starts_with('$') && phrase != "orderby" {
        // "Not filterable", "can be filtered".
        let before = lower[..at].trim_end();
        let is_about_parts = before.ends_with(" nor") || before.contains("neither");
        return (!is_about_parts).then(|| !before.ends_with("not"));
    }
    // "`$search` and `$filter` are not supported": the verb is behind the options.
    let (before, behind) = lower.split_at(at);
    let denied_behind = DENIALS_BEHIND.iter().any(|denial| behind.contains(denial));
    // "Does not support `$search`, `$filter`": the verb is before them.
    let verb_before =
        VERBS.iter().filter_map(|verb| Some((before.rfind(verb)?, *verb))).max_by_key(|(verb_at, _)| *verb_at);
    let Some((verb_at, _)) = verb_before else { return (denied_behind || is_denied_before(before)).then_some(false) };
    let denied = ["not", "n't", "un"].iter().any(|denial| before[..verb_at].trim_end().ends_with(denial));
    // "`$search` is not supported, `$filter` is": nothing sure about the second.
    let belongs_to_another = denied && before[verb_at..].starts_with("supported");
    (!belongs_to_another).then_some(!denied)
}

/// Returns true if "not" is before an option, or before a list of options that leads up to it:
/// "but not `$search` or `$expand`".
fn is_denied_before(before: &str) -> bool {
    let words = before.split(|c: char| !c.is_alphanumeric() && c != '$').filter(|word| !word.is_empty());
    let is_part_of_list = |word: &&str| word.starts_with('$') || matches!(*word, "and" | "or" | "nor" | "the");
    words.rev().find(|word| !is_part_of_list(word)) == Some("not")
}

/// Verbs of which an option behind them is the object.
const VERBS: [&str; 7] = ["support", "can use", "requires ", "use it as", "returned only on", "specified in", "apply "];

/// Words that deny the options before them.
const DENIALS_BEHIND: [&str; 6] =
    ["not supported", "n't supported", "unsupported", "cannot be used", "can't be used", "not be used"];

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

/// The operators in code or quotes behind `$filter`: "(`eq`, `ne`)", "'eq' and 'or'".
fn operators(sentence: &str) -> Vec<String> {
    let Some(at) = sentence.find("$filter") else { return Vec::new() };
    let rest = &sentence[at + "$filter".len()..];
    let next_option = rest.match_indices('$').find(|(at, _)| !rest[..*at].ends_with('/'));
    let rest = without_paths(next_option.map_or(rest, |(next, _)| &rest[..next]));
    let mut found: Vec<String> = Vec::new();
    for (at, part) in words(&rest) {
        // "and", "or", "in", "not", "any" are also plain words; they count only as code or inside
        // the parentheses.
        let canonical = OPERATORS.iter().copied().find(|known| known.eq_ignore_ascii_case(part));
        let plain_word = matches!(part, "and" | "or" | "in" | "not" | "any" | "all" | "has");
        let marked = rest[..at].ends_with(['`', '\'']);
        if let Some(canonical) = canonical.or_else(|| misspelt_operator(part).filter(|_| marked))
            && (marked || !plain_word || part.chars().all(char::is_uppercase))
            && !found.iter().any(|known| known == canonical)
        {
            found.push(canonical.to_owned());
        }
    }
    found
}

/// The words of a text, with their positions.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '.';
    let mut end = 0;
    std::iter::from_fn(move || {
        let start = end + text[end..].find(is_part)?;
        end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        Some((start, &text[start..end]))
    })
}

/// A list of operators without its paths: the `eq` in `/$count eq 0` compares the count, not the
/// property.
fn without_paths(list: &str) -> String {
    let is_path = |part: &str| part.trim_start_matches([' ', '(', '`']).starts_with('/');
    list.split(',').filter(|part| !is_path(part)).collect::<Vec<&str>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn said(sentence: &str) -> Facts {
        let mut facts = Facts::default();
        let lower = sentence.to_ascii_lowercase();
        state(sentence, &Haystack::new(&lower), Span::start_of(FileId(0)), &mut facts);
        facts
    }

    fn filter(sentence: &str) -> Option<(bool, Vec<String>)> {
        said(sentence).filter.map(|filter| (filter.value.supported, filter.value.operators))
    }

    #[test]
    fn the_verb_says_which_options_are_supported() {
        let facts = said("Does not support `$search`, `$filter`, `$orderBy`.");
        assert_eq!(facts.search.map(|fact| fact.value), Some(false));
        assert_eq!(facts.filter.map(|fact| fact.value.supported), Some(false));
        assert_eq!(facts.order_by.map(|fact| fact.value), Some(false));
        let facts = said("`$search`, `$orderBy` and `$filter` are not supported.");
        assert_eq!(facts.search.map(|fact| fact.value), Some(false));
        assert_eq!(facts.filter.map(|fact| fact.value.supported), Some(false));
        let facts = said("Supports `$filter` and `$orderby`, but not `$search` or `$expand`.");
        assert_eq!(facts.filter.map(|fact| fact.value.supported), Some(true));
        assert_eq!(facts.search.map(|fact| fact.value), Some(false));
        assert_eq!(facts.expand.map(|fact| fact.value), Some(false));
        let facts = said("If it is not known, items come by name (`$orderby`).");
        assert_eq!(facts.order_by.map(|fact| fact.value), None);
        let facts = said("Supports `$filter` (`eq`) and `$expand`, but `$search` isn't supported.");
        assert_eq!(facts.search.map(|fact| fact.value), Some(false));
        assert_eq!(facts.expand.map(|fact| fact.value), Some(true));
        assert_eq!(facts.filter.map(|fact| fact.value.supported), Some(true));
        assert_eq!(said("Supports `$filter`(`eq`, `ne`) and `orderBy`.").order_by.map(|fact| fact.value), Some(true));
        assert_eq!(said("For example, `/lamps?$expand=room($search=x)`.").expand, None);
        assert_eq!(filter("The lamps of a room are neither selectable nor filterable."), None);
        assert_eq!(filter("Not filterable."), Some((false, Vec::new())));
    }

    #[test]
    fn operators_are_those_of_the_property() {
        let named = |names: &[&str]| Some((true, names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()));
        assert_eq!(filter("Supports `$filter` (`eq`, `/$count eq 0`, `not`)."), named(&["eq", "not"]));
        assert_eq!(filter("Supports `$filter` (`/$count eq 0`, `/$count ne 0`)."), named(&[]));
        assert_eq!(filter("Supports `$filter` operator 'eq' and 'or'."), named(&["eq", "or"]));
        assert_eq!(filter("Requires `$filter` (`eq`)."), named(&["eq"]));
        assert_eq!(filter("Supports `$filter` (`eq`, `ne` and `in`) and `$orderby`."), named(&["eq", "ne", "in"]));
    }

    #[test]
    fn what_is_returned_with_select_only() {
        let returned = |sentence: &str| said(sentence).returned.map(|fact| fact.value);
        assert_eq!(returned("Returned only on `$select`."), Some(Returned::OnSelect));
        assert_eq!(returned("It is only returned if it appears in the `$select` clause."), Some(Returned::OnSelect));
        for sentence in [
            "Returned only on `$expand`.",
            "Returned only on lamps.",
            "This is not returned by default and must be specified in an `$expand` query.",
            "The password is always returned as null.",
        ] {
            assert_eq!(returned(sentence), None, "{sentence}");
        }
        assert_eq!(said("Returned only on `$expand`.").expand.map(|fact| fact.value), Some(true));
    }
}

//! Finds the [`Facts`] that a property's description states.
//!
//! They are recognised sentence by sentence, by the phrases that the reference uses, in any case. A
//! phrase counts only if it refers to the property itself. A sentence with "if" or "when" before
//! the phrase states no fact.

pub(crate) mod deprecation;
mod limits;
mod query;

pub(crate) use self::query::misspelt_operators;
use super::prose::{markdown, sentences, type_behind};
use crate::page::Text;
use crate::phrases::Haystack;
use crate::schema::{Fact, Facts};
use crate::source::{At, Span};

/// The words before the type that a property is inherited from: a link, code or a word.
const INHERITED: &str = "inherited from";

/// The facts that a property's description states.
pub(crate) fn of(description: &Text<'_>) -> Facts {
    let mut facts = Facts::default();
    let text = with_plain_marks(markdown(description));
    let span = description.span;
    let all = sentences(&text);
    for (index, sentence) in all.iter().enumerate() {
        let lower = sentence.to_ascii_lowercase();
        let words = Haystack::new(&lower);
        // Most sentences state nothing. One search for the words that all phrases of a kind contain
        // avoids the searches for each phrase.
        if words.contains_any(Fact::MARK_WORDS) || words.contains("null") {
            state_access(&lower, span, &mut facts);
        }
        if words.contains_any(&["$", "filter", "return", "orderby"]) {
            query::state(sentence, &words, span, &mut facts);
        }
        if words.contains(INHERITED) {
            facts.inherited_from = type_behind(description, &[INHERITED]);
        }
        if words.contains_any(&["default", "char", "max"]) {
            limits::state(sentence, &lower, span, &mut facts);
        }
        if words.contains_any(&[
            "deprecat",
            "n't use",
            "not use",
            "no longer",
            "stop returning",
            "retired",
            "obsolete",
            "going forward",
        ]) {
            deprecation::state(&all, index, &lower, span, &mut facts);
        }
    }
    facts
}

/// Replaces apostrophes and hyphens of typography by those of the keyboard, which the phrases have.
fn with_plain_marks(text: String) -> String {
    match !text.is_ascii() && text.contains(['’', '\u{2011}']) {
        true => text.replace('’', "'").replace('\u{2011}', "-"),
        false => text,
    }
}

fn state_access(lower: &str, span: Span, facts: &mut Facts) {
    // "`null` if there is none" says the same without the marks of code.
    let plain = if lower.contains('`') { lower.replace('`', "") } else { lower.to_owned() };
    match listed(&plain) {
        Some(parts) => parts.iter().for_each(|part| state_access_in(part, span, facts)),
        None => state_access_in(&plain, span, facts),
    }
}

fn state_access_in(lower: &str, span: Span, facts: &mut Facts) {
    let sentence = Haystack::new(lower);
    for fact in Fact::ALL {
        if let Some(place) = fact.mark_mut(facts)
            && fact.is_stated(&sentence)
        {
            place.get_or_insert(span);
        }
    }
    if Fact::NotNullable.is_stated(&sentence) {
        facts.nullable.get_or_insert(At::new(false, span));
    } else if Fact::Nullable.is_stated(&sentence) {
        facts.nullable.get_or_insert(At::new(true, span));
    }
}

/// The parts of a sentence that only lists facts: "Key, immutable, not nullable, unique". `None` if
/// one of them states nothing.
fn listed(lower: &str) -> Option<Vec<&str>> {
    if lower.len() > 80 || !(lower.contains(',') || lower.contains(" and ")) {
        return None;
    }
    let parts: Vec<&str> = lower
        .split(',')
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| !part.is_empty())
        .collect();
    let is_access =
        |fact: &&Fact| matches!(fact, Fact::NotNullable | Fact::Nullable) || fact.mark(&Facts::default()).is_some();
    let is_fact = |part: &&str| {
        matches!(*part, "unique" | "computed" | "computed value" | "optional" | "automatically generated")
            || Fact::ALL.iter().filter(is_access).any(|fact| fact.is_whole(part))
    };
    (parts.len() > 1 && parts.iter().all(is_fact)).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Piece, PieceKind};
    use crate::source::FileId;

    fn said(text: &str) -> Facts {
        let span = Span::start_of(FileId(0));
        let mut pieces = Vec::new();
        for (index, part) in text.split('`').enumerate() {
            let kind = if index % 2 == 1 { PieceKind::Code(part.into()) } else { PieceKind::Plain(part.into()) };
            pieces.push(Piece { span, kind, strong: false });
        }
        of(&Text { span, pieces })
    }

    fn read_only(text: &str) -> bool {
        said(text).read_only.is_some()
    }

    #[test]
    fn a_sentence_that_lists_facts_states_each() {
        let facts = said("Its number. Key, immutable, not nullable, unique.");
        assert!(facts.key.is_some() && facts.immutable.is_some());
        assert_eq!(facts.nullable.map(|fact| fact.value), Some(false));
        let facts = said("Required and Read-only.");
        assert!(facts.required.is_some() && facts.read_only.is_some());
        assert!(said("The lamp, key and room.").key.is_none());
    }

    #[test]
    fn facts_are_found_where_a_mark_between_sentences_is_missing() {
        assert!(read_only("When it was lit. For example, `2014-01-01` Read-only."));
        assert!(said("The lamps.Returned by default.").returned.is_some());
        assert!(said("The name of the lamp.Required.Returned by default.").required.is_some());
        let facts = said("For example: 'The lamp of the hall.' Max length is 1024 characters.");
        assert_eq!(facts.max_length.map(|fact| fact.value), Some(1024));
        assert!(said("Its number. It's a required property.").required.is_some());
    }

    #[test]
    fn only_what_is_said_of_the_property_makes_it_read_only() {
        for text in [
            "This is a read-only number.",
            "Lamps are currently read-only – nobody can send them.",
            "The value can't be modified and is automatically populated when the lamp is lit.",
            "The value can’t be modified and is automatically populated.",
        ] {
            assert!(read_only(text), "{text}");
        }
        for text in
            ["Whether this lamp is read-only.", "This property is read-only for guests.", "Read-only when it is lit."]
        {
            assert!(!read_only(text), "{text}");
        }
    }

    #[test]
    fn null_is_told_in_many_ways() {
        let nullable = |text: &str| said(text).nullable.map(|fact| fact.value);
        for text in [
            "`null` if it is off.",
            "If it is off, the value is `null`.",
            "Its owner, or null if nobody owns it.",
            "Allowed values: `null`, `red` and `green`.",
            "It is null for security lamps.",
            "The default value is `null`.",
        ] {
            assert_eq!(nullable(text), Some(true), "{text}");
        }
        assert_eq!(nullable("This collection can't be empty or null."), Some(false));
        assert_eq!(nullable("Supports `$filter` (`eq` on null values)."), None);
    }

    #[test]
    fn what_is_set_once_is_immutable() {
        for text in [
            "It can't be changed after creation.",
            "Once a lamp is created, its socket can't be modified.",
            "After it’s set, this property can’t be updated.",
            "It is immutable after it is created.",
            "This property can be set only as part of creation (POST).",
        ] {
            assert!(said(text).immutable.is_some(), "{text}");
        }
        for text in ["If true, the lamp can't be modified.", "The lamp that was changed after creation."] {
            assert!(said(text).immutable.is_none(), "{text}");
        }
    }
}

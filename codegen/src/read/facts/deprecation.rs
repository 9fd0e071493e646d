//! Finds deprecations: that something should not be used any more, since when, and its replacement.
//!
//! A sentence announces the deprecation of its subject. In the description of a property or of an
//! enum's member, that is the property or the member; in the introduction of a page, the sentence
//! has to name the page's type or operation. A mark behind the name, `(deprecated)`, is enough.

use super::super::prose::sentences;
use crate::page::{Block, Text};
use crate::phrases::{Haystack, find};
use crate::schema::{Deprecation, Facts};
use crate::source::{At, Span};
use crate::vocabulary;

/// The subject of a page.
#[derive(Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// The type with this name.
    Type(&'a str),
    /// An operation.
    Operation,
}

impl Subject<'_> {
    /// Returns true if a sentence, in lower case, retires the subject itself, and not a part of it
    /// or something else.
    fn is_retired_by(self, lower: &str) -> bool {
        match self {
            Subject::Type(name) => retires_type(lower, name),
            Subject::Operation => retires_operation(lower),
        }
    }
}

/// States the deprecation that the sentence at `index` announces. The next two sentences may add to
/// it.
pub(super) fn state(all: &[&str], index: usize, lower: &str, span: Span, facts: &mut Facts) {
    if facts.deprecation.is_some() || !is_deprecation(lower) {
        return;
    }
    if index > 0 && is_about_value(&all[index - 1].to_ascii_lowercase()) {
        return;
    }
    facts.deprecation = Some(At::new(said(all, index), span));
}

/// The deprecation that a mark behind a name announces: `(deprecated)`.
pub(crate) fn marked(mark: &str, span: Span) -> Option<At<Deprecation>> {
    let is_marked = mark.to_ascii_lowercase().contains("deprecated");
    is_marked.then(|| At::new(Deprecation { text: "Deprecated.".to_owned(), ..Deprecation::default() }, span))
}

/// The deprecation of the subject of a page that its introduction announces: in a sentence, which
/// may stand in an alert, or by a mark in the title.
pub(crate) fn of_page<'b, 'a: 'b>(
    introduction: impl Iterator<Item = &'b Block<'a>>,
    title: Option<(&str, Span)>,
    subject: Subject<'_>,
) -> Option<At<Deprecation>> {
    let paragraphs = introduction.flat_map(|block| match block {
        Block::Quote(blocks) => blocks.as_slice(),
        block => std::slice::from_ref(block),
    });
    let mut said = paragraphs.filter_map(|block| match block {
        Block::Paragraph(text) => of_paragraph(text, subject),
        _ => None,
    });
    said.next().or_else(|| title.and_then(|(title, span)| marked(&title[title.find('(')?..], span)))
}

fn of_paragraph(paragraph: &Text<'_>, subject: Subject<'_>) -> Option<At<Deprecation>> {
    let text = paragraph.plain();
    // Most paragraphs announce nothing, and then none of their sentences does.
    announcement(&text.to_ascii_lowercase())?;
    let alert = text.strip_prefix("[!").and_then(|text| text.split_once(']'));
    let all = sentences(alert.map_or(&*text, |(_, said)| said.trim_start()));
    let index = all.iter().position(|sentence| subject.is_retired_by(&sentence.to_ascii_lowercase()))?;
    Some(At::new(said(&all, index), paragraph.span))
}

/// The deprecation that the sentence at `index` announces. The next two sentences may add to it.
fn said(all: &[&str], index: usize) -> Deprecation {
    let sentence = all[index];
    let mut deprecation = Deprecation { text: sentence.to_owned(), since: since(sentence), instead: instead(sentence) };
    for next in all.iter().skip(index + 1).take(2) {
        if deprecation.instead.is_none() {
            deprecation.instead = instead(next);
            // The word alone says that it is deprecated; the sentence behind it, what to do.
            if deprecation.instead.is_some() && deprecation.is_bare() {
                deprecation.text = format!("{} {next}", deprecation.text);
            }
        }
        if deprecation.since.is_none() && is_deprecation(&next.to_ascii_lowercase()) {
            deprecation.since = since(next);
        }
    }
    deprecation
}

/// Returns true if a sentence says that the type itself is deprecated, and not a part of it:
/// `this resource is deprecated`, `the x API has been deprecated`.
fn retires_type(lower: &str, name: &str) -> bool {
    let Some(mut words) = subject(lower) else { return false };
    let mut says_what = false;
    while words.last().is_some_and(|word| matches!(*word, "resource" | "entity" | "complex" | "type" | "api")) {
        words.pop();
        says_what = true;
    }
    match words.as_slice() {
        ["this"] => says_what,
        ["the" | "this", rest @ ..] | rest => rest.concat().eq_ignore_ascii_case(name),
    }
}

/// Returns true if a sentence retires the operation of its page: `this API is deprecated`.
fn retires_operation(lower: &str) -> bool {
    let Some(words) = subject(lower) else { return false };
    let is_operation = |word: &&str| {
        matches!(*word, "action" | "api" | "call" | "endpoint" | "function" | "method" | "operation" | "request")
    };
    matches!(words.as_slice(), ["the" | "this", rest @ ..] if (1..=2).contains(&rest.len()) && rest.iter().all(is_operation))
}

/// Returns true if a sentence says that its subject is deprecated.
fn is_deprecation(lower: &str) -> bool {
    let bare = vocabulary::bare(lower);
    bare == "deprecated"
        || ["deprecated ", "deprecated:", "deprecated,", "to be deprecated"].iter().any(|start| bare.starts_with(start))
        || lower.starts_with("(deprecated)")
        || lower.starts_with("deprecated.")
        || lower.starts_with("[deprecated")
        || ["- deprecated", "- to be deprecated", "– deprecated"].iter().any(|end| bare.ends_with(end))
        || announcement(lower).is_some_and(|at| !is_about_part(&lower[..at]))
        || ["do not use", "don't use"].iter().any(|start| bare.strip_prefix(start).is_some_and(says_no_more))
        || lower.starts_with("going forward, use")
}

/// The position of the first announcement in a sentence; its subject is before it.
fn announcement(lower: &str) -> Option<usize> {
    let sentence = Haystack::new(lower);
    ANNOUNCEMENTS.iter().filter_map(|phrase| sentence.find(phrase)).min()
}

/// The words of the subject of a sentence's first announcement, without the verb behind them.
fn subject(lower: &str) -> Option<Vec<&str>> {
    let before = &lower[..announcement(lower)?];
    let mut words: Vec<&str> = before.rsplit(':').next().unwrap_or_default().split_whitespace().collect();
    while words.last().is_some_and(|word| matches!(*word, "is" | "are" | "has" | "have" | "will" | "to")) {
        words.pop();
    }
    Some(words)
}

/// Phrases that announce a deprecation, wherever they are in a sentence.
const ANNOUNCEMENTS: [&str; 14] = [
    "is deprecated",
    "now deprecated",
    "are deprecated",
    "been deprecated",
    "being deprecated",
    "be deprecated",
    "marked as deprecated",
    "no longer supported",
    "no longer be supported",
    "(deprecated)",
    "will stop returning",
    "will be retired",
    "is obsolete",
    "to be retired",
];

/// Returns true if a sentence retires one of the property's values, so that the sentence behind it
/// is about that value, too: "unknownFutureValue: A sentinel value. Don't use.", "The member x is
/// deprecated. Going forward, use y."
fn is_about_value(lower: &str) -> bool {
    lower.contains("sentinel") || announcement(lower).is_some_and(|at| is_about_part(&lower[..at]))
}

/// Returns true if the text before an announcement says that it is about a part of the property:
/// one of its values, or a list of them.
fn is_about_part(before: &str) -> bool {
    let lists = ["values are", "possible values", "values:", "because the "].iter().any(|words| before.contains(words));
    let is_verb = |word: &&str| matches!(*word, "is" | "are" | "has" | "have" | "will" | "to" | "soon");
    let mut words = before.split_whitespace().rev().skip_while(is_verb);
    let last = words.next().unwrap_or_default().trim_end_matches([',', '`']);
    lists || matches!(last, "member" | "members" | "value" | "values" | "option" | "options")
}

/// Returns true if nothing behind "do not use" restricts what should not be used: "Do not use for
/// lamps" and "Do not use this label" are about something else.
fn says_no_more(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty()
        || ["this property", "this field", "this attribute", "it ", ":", "–", "-", ",", "and "]
            .iter()
            .any(|start| rest.starts_with(start))
}

/// A date in a sentence: "on May 1, 2021", "as of 2021-04".
fn since(sentence: &str) -> Option<String> {
    let lower = sentence.to_ascii_lowercase();
    for phrase in
        ["as of ", "since ", "beginning ", "starting ", "starting on ", "effective ", " on ", " by ", "after "]
    {
        if let Some(at) = find(&lower, phrase) {
            let rest = &sentence[at + phrase.len()..];
            let words: Vec<&str> = rest.split_whitespace().take(3).collect();
            let year = words.iter().position(|word| {
                let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
                digits.len() >= 4 && digits.starts_with("20")
            });
            if let Some(year) = year {
                return Some(words[..=year].join(" ").trim_end_matches(['.', ',', ')']).to_owned());
            }
        }
    }
    None
}

/// The replacement: a word in code or an identifier after "use".
fn instead(sentence: &str) -> Option<String> {
    let lower = sentence.to_ascii_lowercase();
    let at = ["instead, use ", "please use ", "use the ", "use ", "replaced by ", "replaced with ", "see "]
        .iter()
        .find_map(|phrase| Some(find(&lower, phrase)? + phrase.len()))?;
    if lower[..at].ends_with("do not use ") || lower[..at].ends_with("don't use ") {
        return None;
    }
    let rest = sentence[at..].trim_start_matches("the ");
    if let Some(code) = rest.strip_prefix('`') {
        return code.split_once('`').map(|(name, _)| name.to_owned()).filter(|name| !name.is_empty());
    }
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    // A plain English word is no property's name; one with a capital inside, or "x property", is.
    let is_name =
        !matches!(word.as_str(), "this" | "that" | "the" | "new" | "existing" | "other" | "same" | "following");
    let named = word.chars().skip(1).any(char::is_uppercase)
        || is_name && rest[word.len()..].trim_start().starts_with("property");
    (named && !word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_retires_a_property_or_something_of_it() {
        for sentence in [
            "deprecated: use x instead.",
            "aad device id - to be deprecated",
            "this property is going to be deprecated.",
            "do not use this property.",
            "don't use.",
            "do not use – reserved for future use.",
        ] {
            assert!(is_deprecation(sentence), "{sentence}");
        }
        for sentence in [
            "the shared member is deprecated and will stop returning data.",
            "possible values are: none, directory (deprecated), pst.",
            "use this one because the other property, target, is deprecated.",
            "the `eml` enumeration member will be deprecated in favor of `msg`.",
            "don't use this label.",
            "do not use for lamps.",
        ] {
            assert!(!is_deprecation(sentence), "{sentence}");
        }
        let mut facts = Facts::default();
        let all = ["The eml member is deprecated.", "Going forward, use msg."];
        let place = Span::start_of(crate::source::FileId::CONFIGURATION);
        (0..2).for_each(|index| state(&all, index, &all[index].to_ascii_lowercase(), place, &mut facts));
        assert!(facts.deprecation.is_none());
    }

    #[test]
    fn a_sentence_retires_a_type_or_something_of_it() {
        for sentence in [
            "this resource is deprecated.",
            "the risk detection api is deprecated and will stop returning data on january 1, 2020.",
            "important: this complex type will be deprecated in the future.",
            "riskdetection has been deprecated.",
            "the riskdetection resource type is now deprecated.",
        ] {
            assert!(retires_type(sentence, "riskDetection"), "{sentence}");
        }
        for sentence in [
            "this is deprecated.",
            "the level of this resource is deprecated.",
            "the state property of riskdetection has been deprecated.",
            "the other type is deprecated.",
            "this resource replaces one that is deprecated.",
        ] {
            assert!(!retires_type(sentence, "riskDetection"), "{sentence}");
        }
    }
}

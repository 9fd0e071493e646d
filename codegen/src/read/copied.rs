//! Finds descriptions that were copied from one row to another and not adapted.
//!
//! Rows that share a description word for word are common, and mostly meant so. It is a mistake if
//! the description has all words by which one name differs from the other, and none of the words
//! by which the other one differs: "Whether a read receipt is requested" beside
//! `isDeliveryReceiptRequested`. Of 15 such rows in a reference, all were mistakes.

use crate::case;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::hashing::{HashMap, HashSet};
use crate::phrases;
use crate::schema::Description;
use crate::source::At;

/// The number of letters from which on a word of a name tells something.
const TELLING: usize = 4;

/// A description with no more words than this may well be that of several rows.
const FEW_WORDS: usize = 4;

/// The number of rows with one description from which on it is meant for all of them.
const COMMON: usize = 16;

/// Reports such descriptions among the rows of a page.
pub(super) fn report<'r>(
    rows: impl Iterator<Item = (&'r At<String>, Option<&'r Description>)>,
    diagnostics: &mut Diagnostics,
) {
    let mut known: HashMap<&str, Vec<&At<String>>> = HashMap::default();
    for (name, description) in rows {
        let Some(text) = description.map(|description| own_text(description.text())) else { continue };
        if text.bytes().filter(|byte| *byte == b' ').count() < FEW_WORDS {
            continue;
        }
        let alike = known.entry(text).or_default();
        if alike.len() >= COMMON {
            continue;
        }
        if let Some((wrong, right)) = alike.iter().find_map(|other| copied(name, other, text)) {
            diagnostics.push(
                Diagnostic::new(
                    Code::DescriptionCopied,
                    wrong.span,
                    format!("`{}` has the description of `{}`", wrong.value, right.value),
                )
                .label("its description speaks of the other one")
                .also(right.span, "described so, too")
                .help("describe what this one holds"),
            );
        }
        alike.push(name);
    }
}

/// The description without the words that name the page it is from.
fn own_text(text: &str) -> &str {
    phrases::find(text, "Inherited from").map_or(text, |end| &text[..end]).trim()
}

/// The name that a text does not describe and the one that it does, if it is one of these two.
fn copied<'r>(one: &'r At<String>, other: &'r At<String>, text: &str) -> Option<(&'r At<String>, &'r At<String>)> {
    let words = |name: &str| case::snake(name).split('_').map(str::to_owned).collect::<HashSet<String>>();
    let (of_one, of_other) = (words(&one.value), words(&other.value));
    if of_one.is_disjoint(&of_other) {
        return None;
    }
    let text: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    // "requested" has the word `request`, and "application" has not the word `apply`.
    let is_said = |word: &&String| text.iter().any(|said| said.starts_with(&word[..word.len() - 1]));
    let only_one: Vec<&String> = of_one.difference(&of_other).collect();
    let only_other: Vec<&String> = of_other.difference(&of_one).collect();
    let are_telling =
        |words: &[&String]| !words.is_empty() && words.iter().all(|word| word.len() >= TELLING && word.is_ascii());
    if !are_telling(&only_one) || !are_telling(&only_other) {
        return None;
    }
    let said = |words: &[&String]| words.iter().filter(|word| is_said(word)).count();
    match (said(&only_one), said(&only_other)) {
        (0, all) if all == only_other.len() => Some((one, other)),
        (all, 0) if all == only_one.len() => Some((other, one)),
        _ => None,
    }
}

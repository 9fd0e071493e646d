//! Finds default values and maximum lengths.

use crate::phrases::find;
use crate::schema::{Fact, Facts, is_conditional};
use crate::source::{At, Span};

/// States the default value and the maximum length that a sentence gives.
pub(super) fn state(sentence: &str, lower: &str, span: Span, facts: &mut Facts) {
    if facts.default.is_none() && lower.contains("default") {
        // Without a default value, it is `null`.
        let value = default(sentence, lower).filter(|value| value != "null");
        facts.default = value.map(|value| At::new(value, span));
    }
    if facts.max_length.is_none() {
        facts.max_length = max_length(lower).map(|length| At::new(length, span));
    }
}

/// The default value: behind "the default is", or before "(default)".
fn default(sentence: &str, lower: &str) -> Option<String> {
    let stated = Fact::Default.phrases().iter().map(|phrase| phrase.words);
    for phrase in stated {
        if let Some(at) = find(lower, phrase) {
            return literal(&sentence[at + phrase.len()..]);
        }
    }
    const MARKS: [&str; 5] =
        ["(default)", "(default value)", "(the default)", "(the default value)", "(which is the default)"];
    MARKS.iter().find_map(|mark| Some(&sentence[..find(lower, mark)?])).and_then(marked_before)
}

/// The literal at the end of a text: code, a number, `true`, `false`, `null`.
fn marked_before(text: &str) -> Option<String> {
    let text = text.trim_end();
    if let Some(code) = text.strip_suffix('`') {
        return code.rsplit('`').next().filter(|value| is_word(value)).map(str::to_owned);
    }
    let word = text.rsplit(|c: char| c.is_whitespace() || c == ',' || c == '(').next()?;
    is_sure(word).then(|| word.to_owned())
}

/// A literal at the beginning of `text`: code, a quoted word, a number, `true`, `false`, `null`, or
/// one bare word before a punctuation mark. "The default is x for y" depends on y, and is none.
fn literal(text: &str) -> Option<String> {
    let text = text.trim_start_matches([':', ' ']).trim_start_matches("set to ").trim_start_matches("the value ");
    for quote in ['`', '\'', '"'] {
        if let Some(rest) = text.strip_prefix(quote) {
            let (value, rest) = rest.split_once(quote)?;
            return (!value.is_empty() && !depends(rest)).then(|| value.to_owned());
        }
    }
    // A comma inside a word joins flags: `read,write`.
    let ends = |(at, c): (usize, char)| {
        let before_blank = || text[at + 1..].chars().next().is_none_or(char::is_whitespace);
        c.is_whitespace() || matches!(c, ';' | ')' | '(') || c == ',' && before_blank()
    };
    let end = text.char_indices().find(|character| ends(*character)).map_or(text.len(), |(at, _)| at);
    let word = text[..end].trim_end_matches('.');
    let rest = text[end..].trim_start();
    let ends_here = rest.is_empty() || rest.starts_with([',', ';', ')', '(']) || text[..end].ends_with('.');
    let is_literal = is_sure(word) && !rest.starts_with('%') || ends_here && is_word(word) && word != "empty";
    (is_literal && !depends(rest)).then(|| word.to_owned())
}

/// Returns true if what stands behind a value restricts it to some cases.
fn depends(rest: &str) -> bool {
    rest.trim_start().starts_with("for ")
}

fn is_sure(word: &str) -> bool {
    word.parse::<f64>().is_ok() || matches!(word.to_ascii_lowercase().as_str(), "true" | "false" | "null")
}

/// Returns true if a word can be a value: `public`, `en-US`, `P1D`, `23:59:00`, `read,write`.
fn is_word(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric)
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.' | ','))
}

/// The maximum number of characters.
fn max_length(lower: &str) -> Option<u32> {
    // "`String` - 256 characters maximum" describes one of several values.
    let describes_another = lower.contains("whether ") || lower.starts_with('`') && lower.contains("` - ");
    if is_conditional(lower) || describes_another {
        return None;
    }
    characters(lower).or_else(|| {
        Fact::MaxLength.phrases().iter().find_map(|phrase| {
            let behind = &lower[find(lower, phrase.words)? + phrase.words.len()..];
            let is_number_of_bytes = ["byte", " kb", " mb"].iter().any(|unit| behind.contains(unit));
            if is_number_of_bytes { None } else { number_before(&behind[..digits(behind)]) }
        })
    })
}

/// The number before "characters" in a sentence that sets a limit.
fn characters(lower: &str) -> Option<u32> {
    const LIMITS: [&str; 11] = [
        "max",
        "exceed",
        "limit",
        "at most",
        "up to",
        "more than",
        "longer than",
        "between",
        "or fewer",
        "or less",
        "capped at",
    ];
    if !LIMITS.iter().any(|word| lower.contains(word)) {
        return None;
    }
    lower.match_indices("char").find_map(|(at, _)| {
        let before = lower[..at].trim_end_matches([' ', '-']);
        let length = number_before(before)?;
        let words = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',').trim_end();
        let is_other = ["at least", "minimum", "minimum of", "first", "last"].iter().any(|word| words.ends_with(word));
        (!is_other).then_some(length)
    })
}

/// The length of the number, with commas between thousands, at the beginning of a text.
fn digits(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_digit() || c == ',')).unwrap_or(text.len())
}

/// The number at the end of a text.
fn number_before(text: &str) -> Option<u32> {
    let start = text.rfind(|c: char| !(c.is_ascii_digit() || c == ',')).map_or(0, |at| at + 1);
    text.get(start..)?.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_values() {
        for (sentence, value) in [
            ("The default value is `hall`.", "hall"),
            ("Possible values: `hall` (default), `attic`.", "hall"),
            ("It must be set to true (which is the default).", "true"),
            ("If it is not given, it gets the default value `PT0S`.", "PT0S"),
            ("The default is en-US.", "en-US"),
            ("Default value is P1D (one day).", "P1D"),
            ("Default value is: hmacsha1.", "hmacsha1"),
            ("Default is lamp,room.", "lamp,room"),
            ("Default is false, with the brightest first.", "false"),
            ("Default is 60 minutes.", "60"),
        ] {
            assert_eq!(default(sentence, &sentence.to_ascii_lowercase()).as_deref(), Some(value), "{sentence}");
        }
        for sentence in [
            "Default value is true for lamps and false for sockets.",
            "The default is `red` for lamps.",
            "`null` if it was never lit (default).",
            "The default lamp of the room.",
            "The default value is an empty string.",
        ] {
            assert_eq!(default(sentence, &sentence.to_ascii_lowercase()), None, "{sentence}");
        }
    }

    #[test]
    fn maximum_lengths() {
        for (sentence, length) in [
            ("maximum length is 1,024 characters.", 1024),
            ("must be between 3 and 32 characters in length.", 32),
            ("100 character limit.", 100),
            ("max limit is 256 chars.", 256),
            ("it has a limit of 600 characters.", 600),
            ("must not exceed 120 characters in length.", 120),
            ("the maximum length of the name is 64 characters.", 64),
            ("maximum supported length is 100 characters.", 100),
            ("max length is 200.", 200),
            ("brief description (100 characters or less) of the lamp.", 100),
            ("at least 4 characters, and up to 16 characters.", 16),
        ] {
            assert_eq!(max_length(sentence), Some(length), "{sentence}");
        }
        for sentence in [
            "the first 255 characters of the text.",
            "whether it can exceed the limit of 255 characters.",
            "if it is a name, up to 20 characters.",
            "maximum size is 4 mb.",
            "limited to 100 owners.",
            "`string` - 256 characters maximum",
            "it is 28 characters long and case-sensitive.",
        ] {
            assert_eq!(max_length(sentence), None, "{sentence}");
        }
    }
}

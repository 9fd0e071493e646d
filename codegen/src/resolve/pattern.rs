//! Patterns for type names: `workbook*`, `microsoft.graph.callRecords.*`.

use crate::model::QualifiedName;

/// Matches a type by its qualified name, or by its simple name if the pattern has no dot. `wanted`
/// is in lower case.
pub(super) fn is_type(wanted: &str, known: &QualifiedName) -> bool {
    let known = if wanted.contains('.') { known.to_string() } else { known.name.clone() };
    matches(wanted, &known.to_lowercase())
}

/// Returns true if a name contains wildcards.
pub(super) fn is_glob(name: &str) -> bool {
    name.contains(['*', '?'])
}

/// Returns true if a text matches a pattern of `*` and `?`. The time grows with the product of
/// their lengths, and no faster.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // The position of the last `*`, and of the text after the part that it matches.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&'*') {
            star = Some((p, t));
            p += 1;
        } else if pattern.get(p).is_some_and(|c| *c == '?' || *c == text[t]) {
            p += 1;
            t += 1;
        } else if let Some((at, taken)) = star {
            star = Some((at, taken + 1));
            p = at + 1;
            t = taken + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, text) in [
            ("a", "a"),
            ("*", ""),
            ("*", "abc"),
            ("a*c", "abbc"),
            ("a?c", "abc"),
            ("*b*", "abc"),
            ("a.*", "a.b.c"),
            ("**a", "a"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("a", "ab"), ("", "a"), ("a*c", "abcd"), ("?", ""), ("a?", "a"), ("*b", "abc")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
        let long = "a".repeat(20_000);
        assert!(!matches(&format!("{}b", "a*".repeat(50)), &long));
    }
}

//! Finds the known name that is most similar to an unknown one, and asks the author if it is meant.

/// The known name that a word may be a misspelling of: at most one plus a quarter of its letters
/// differ (Damerau-Levenshtein), and case does not matter. Of equally similar names, the first in
/// alphabetical order.
pub(crate) fn nearest(word: &str, mut known: impl Iterator<Item = String>) -> Option<String> {
    nearest_of(word, &mut known)
}

/// Compiled once for all iterators.
fn nearest_of(word: &str, known: &mut dyn Iterator<Item = String>) -> Option<String> {
    let word = word.to_lowercase();
    let mut best: Option<(usize, String)> = None;
    for name in known {
        let folded = name.to_lowercase();
        // The distance of two words takes time, and most words are less alike than the best so far.
        let is_farther = |(distance, _): &(usize, String)| letters_apart(&word, &folded) > 2 * distance;
        if best.as_ref().is_some_and(is_farther) {
            continue;
        }
        let found = (strsim::damerau_levenshtein(&word, &folded), name);
        if best.as_ref().is_none_or(|best| found < *best) {
            best = Some(found);
        }
    }
    let (distance, name) = best?;
    (distance <= 1 + name.len() / 4).then_some(name)
}

/// Returns true if one name is more likely a misspelling of another than a name of its own: one
/// letter may differ in names of five letters or more, two in names of nine or more. Case does not
/// matter, and names that differ in a number (`line1`, `line2`) are two names.
pub(crate) fn is_slip(name: &str, near: &str) -> bool {
    let (length, other) = (name.chars().count(), near.chars().count());
    let slips = match length.min(other) {
        ..5 => 0,
        5..9 => 1,
        9.. => 2,
    };
    if length.abs_diff(other) > slips {
        return false;
    }
    let (name, near) = (name.to_lowercase(), near.to_lowercase());
    // The distance of two words takes time, and most words are nothing alike. A slip changes the
    // number of two letters at most.
    if letters_apart(&name, &near) > 2 * slips {
        return false;
    }
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(&name) == digits(&near) && strsim::damerau_levenshtein(&name, &near) <= slips
}

/// The number of ASCII characters that only one of two words has. One that a word has twice counts
/// as two.
fn letters_apart(one: &str, other: &str) -> usize {
    let mut surplus = [0_i32; 128];
    one.bytes().filter(u8::is_ascii).for_each(|letter| surplus[usize::from(letter)] += 1);
    other.bytes().filter(u8::is_ascii).for_each(|letter| surplus[usize::from(letter)] -= 1);
    surplus.iter().map(|count| count.unsigned_abs() as usize).sum()
}

/// The known name that a word is more likely a misspelling of than a name of its own.
pub(crate) fn slip_of(word: &str, known: impl Iterator<Item = String>) -> Option<String> {
    nearest(word, known).filter(|near| is_slip(word, near))
}

/// The question for an author who may have misspelt a name.
pub(crate) fn question(meant: &str) -> String {
    format!("did you mean `{meant}`?")
}

/// The same, where the word is read as the name that is probably meant.
pub(crate) fn read_as(meant: &str) -> String {
    question(meant) + " It is read as that"
}

/// The question at the end of a message: `; did you mean …?`, or nothing.
pub(crate) fn hint(meant: Option<&str>) -> String {
    meant.map_or(String::new(), |meant| format!("; {}", question(meant)))
}

/// The end of a message about an unknown name: the question if a known name is similar, or nothing.
pub(crate) fn hint_among(word: &str, known: impl Iterator<Item = String>) -> String {
    hint(nearest(word, known).as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_understood() {
        let known = || ["user", "group", "groupSetting"].map(str::to_owned).into_iter();
        assert_eq!(nearest("usr", known()).as_deref(), Some("user"));
        assert_eq!(nearest("GROUP", known()).as_deref(), Some("group"));
        assert_eq!(nearest("gruopSettings", known()).as_deref(), Some("groupSetting"));
        assert_eq!(nearest("printer", known()), None);
        assert!(is_slip("appleIdentifer", "appleIdentifier") && is_slip("Sting", "String"));
        assert!(!is_slip("line1", "line2") && !is_slip("Int61", "Int64") && !is_slip("note", "vote"));
        assert_eq!((hint(Some("user")), hint(None)), ("; did you mean `user`?".to_owned(), String::new()));
    }
}

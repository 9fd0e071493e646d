//! Finds the known name that is most similar to an unknown one: `; did you mean …?`

/// The known name that a word may be a misspelling of: at most one plus a quarter of its letters
/// differ (Damerau-Levenshtein), and case does not matter. Of equally similar names, the first in
/// alphabetical order.
pub(crate) fn nearest(word: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let word = word.to_lowercase();
    let distance = |name: String| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), name);
    let (distance, name) = known.map(distance).min()?;
    (distance <= 1 + name.len() / 4).then_some(name)
}

/// Returns true if a name is more likely a misspelling of another than a different name.
pub(crate) fn is_slip(name: &str, near: &str) -> bool {
    let distance = strsim::damerau_levenshtein(&name.to_lowercase(), &near.to_lowercase());
    distance == 0 || distance <= 2 && name.len().min(near.len()) >= 4 + 2 * distance - 1
}

/// The known name that a word is more likely a misspelling of than a different name.
#[cfg(feature = "package")]
pub(crate) fn slip_of(word: &str, known: impl Iterator<Item = String>) -> Option<String> {
    nearest(word, known).filter(|near| is_slip(word, near))
}

/// The hint for a message: `; did you mean …?`, or nothing.
pub(crate) fn hint(nearest: Option<&str>) -> String {
    nearest.map_or(String::new(), |nearest| format!("; did you mean `{nearest}`?"))
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
        assert_eq!((hint(Some("user")), hint(None)), ("; did you mean `user`?".to_owned(), String::new()));
    }
}

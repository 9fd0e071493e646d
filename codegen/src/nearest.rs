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
    slips(name.chars().count(), near.chars().count()).is_some() && Folded::new(name).is_slip(&Folded::new(near))
}

/// How many letters may differ in two names of these lengths. `None` if the lengths already differ
/// by more.
fn slips(length: usize, other: usize) -> Option<usize> {
    let slips = match length.min(other) {
        ..5 => 0,
        5..9 => 1,
        9.. => 2,
    };
    (length.abs_diff(other) <= slips).then_some(slips)
}

/// A name without its case, and what tells soonest that it is nothing like another one.
struct Folded {
    text: String,
    length: usize,
    /// A bit for each ASCII letter and digit that it has.
    letters: u64,
    /// Its digits as a number, which wraps if there are many.
    number: u64,
}

impl Folded {
    fn new(name: &str) -> Self {
        let text = name.to_lowercase();
        let bit = |byte: u8| char::from(byte).to_digit(36).map_or(0, |place| 1 << place);
        let letters = text.bytes().fold(0, |letters, byte| letters | bit(byte));
        let number = digits(&text).fold(1, |number: u64, digit| number.wrapping_mul(10).wrapping_add(digit.into()));
        Folded { length: name.chars().count(), letters, number, text }
    }

    fn is_slip(&self, near: &Folded) -> bool {
        let Some(slips) = slips(self.length, near.length) else { return false };
        // The distance of two words takes time, and most words are nothing alike. A slip changes
        // the number of two letters at most.
        self.number == near.number
            && (self.letters ^ near.letters).count_ones() as usize <= 2 * slips
            && digits(&self.text).eq(digits(&near.text))
            && letters_apart(&self.text, &near.text) <= 2 * slips
            && self.distance(near) <= slips
    }

    fn distance(&self, other: &Folded) -> usize {
        strsim::damerau_levenshtein(&self.text, &other.text)
    }
}

fn digits(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_digit)
}

/// A name of several words with hyphens between them.
pub(crate) struct Words {
    words: Vec<Folded>,
    /// All of them in one.
    glued: String,
}

impl Words {
    pub(crate) fn new(name: &str) -> Self {
        Words { words: name.split('-').map(Folded::new).collect(), glued: name.replace('-', "").to_lowercase() }
    }

    /// Returns true if each word is the other name's or a slip of it, or only the hyphens differ.
    pub(crate) fn are_slips(&self, near: &Words) -> bool {
        let is_alike = |(word, other): (&Folded, &Folded)| word.text == other.text || word.is_slip(other);
        self.glued == near.glued
            || self.words.len() == near.words.len() && self.words.iter().zip(&near.words).all(is_alike)
    }
}

/// Known names, prepared to be compared with many words. A hostile page has thousands of both.
pub(crate) struct Names {
    names: Vec<(String, Folded)>,
}

impl FromIterator<String> for Names {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        let names = names.into_iter().map(|name| {
            let folded = Folded::new(&name);
            (name, folded)
        });
        Names { names: names.collect() }
    }
}

impl Names {
    /// The positions of the names that a word may be a slip of.
    pub(crate) fn slips(&self, word: &str) -> Vec<usize> {
        let word = Folded::new(word);
        (0..self.names.len()).filter(|position| word.is_slip(&self.names[*position].1)).collect()
    }

    /// The name that a word is most likely a misspelling of, of those that are free. Of equally
    /// similar names, the first in alphabetical order.
    pub(crate) fn slip_of(&self, word: &str, is_free: impl Fn(&str) -> bool) -> Option<&str> {
        let word = Folded::new(word);
        let slips = self.names.iter().filter(|(name, folded)| word.is_slip(folded) && is_free(name));
        slips.map(|(name, folded)| (word.distance(folded), name.as_str())).min().map(|(_, name)| name)
    }
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
    Names::from_iter(known).slip_of(word, |_| true).map(str::to_owned)
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
        let names = Names::from_iter(["lampShade", "lampShape", "shade", "lampShade2"].map(str::to_owned));
        assert_eq!(names.slips("lampshade"), [0, 1]);
        assert_eq!(names.slip_of("lampShaed", |_| true), Some("lampShade"));
        assert_eq!(names.slip_of("lampShaed", |name| name != "lampShade"), Some("lampShape"));
        assert_eq!(names.slip_of("lampShaed3", |_| true), None);
        assert_eq!((hint(Some("user")), hint(None)), ("; did you mean `user`?".to_owned(), String::new()));
    }
}

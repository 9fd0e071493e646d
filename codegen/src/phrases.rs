//! Tells which of many phrases a text contains.

/// A text that many phrases are looked for in. It knows the pairs of neighbouring bytes that the
/// text has: nearly all phrases that a text does not contain have a pair that it does not have, and
/// are not searched.
pub(crate) struct Haystack<'t> {
    text: &'t str,
    /// For each of the letters that are told apart, those that stand behind it.
    pairs: [u32; LETTERS],
}

const LETTERS: usize = 32;

impl<'t> Haystack<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut pairs = [0; LETTERS];
        for pair in text.as_bytes().windows(2) {
            pairs[letter(pair[0])] |= 1 << letter(pair[1]);
        }
        Haystack { text, pairs }
    }

    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    pub(crate) fn contains(&self, phrase: &str) -> bool {
        self.has_pairs(phrase) && self.text.contains(phrase)
    }

    fn has_pairs(&self, phrase: &str) -> bool {
        let has = |pair: &[u8]| self.pairs[letter(pair[0])] & 1 << letter(pair[1]) != 0;
        phrase.as_bytes().windows(2).all(has)
    }

    pub(crate) fn contains_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.contains(phrase))
    }

    /// The position of a phrase.
    pub(crate) fn find(&self, phrase: &str) -> Option<usize> {
        if self.has_pairs(phrase) { find(self.text, phrase) } else { None }
    }

    /// The last position of a phrase.
    pub(crate) fn rfind(&self, phrase: &str) -> Option<usize> {
        if self.contains(phrase) { self.text.rfind(phrase) } else { None }
    }
}

/// The position of a phrase. Most texts have none of the phrases that are looked for, and asking
/// only for that is far cheaper than preparing a search for a position.
pub(crate) fn find(text: &str, phrase: &str) -> Option<usize> {
    if text.contains(phrase) { text.find(phrase) } else { None }
}

/// The number of a letter. Other characters share one with a letter.
fn letter(byte: u8) -> usize {
    usize::from(byte) % LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_wherever_it_is() {
        let text = "The lamp is rëad-only.";
        let haystack = Haystack::new(text);
        for (from, to) in (0..=text.len()).flat_map(|from| (from..=text.len()).map(move |to| (from, to))) {
            let Some(phrase) = text.get(from..to) else { continue };
            assert!(haystack.contains(phrase), "{phrase}");
            assert_eq!((haystack.find(phrase), haystack.rfind(phrase)), (text.find(phrase), text.rfind(phrase)));
        }
        for phrase in ["lamps", "the", "lamp  is", "x", "read-only"] {
            assert!(!haystack.contains(phrase) && haystack.find(phrase).is_none(), "{phrase}");
        }
        assert!(haystack.contains_any(&["room", "is r"]) && !haystack.contains_any(&["room", "is l"]));
        assert!(!Haystack::new("").contains("a") && Haystack::new("").contains(""));
    }
}

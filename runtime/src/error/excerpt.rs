//! Excerpts of bodies for error messages.

use std::fmt;

/// The maximum number of characters in an excerpt.
const LONGEST: usize = 160;

/// The characters of a body around a position, in quotes; white space is shown as one space.
pub(super) struct Excerpt<'a> {
    body: &'a [u8],
    /// The position of the byte in question; some characters before it are shown, too.
    at: usize,
}

impl<'a> Excerpt<'a> {
    /// An excerpt of the beginning.
    pub(super) fn beginning(body: &'a [u8]) -> Self {
        Self { body, at: 0 }
    }

    /// An excerpt from both sides of a byte.
    pub(super) fn around(body: &'a [u8], at: usize) -> Self {
        Self { body, at: at.min(body.len()) }
    }

    /// Returns true if the body begins with these bytes.
    pub(super) fn begins_with(&self, bytes: &[u8]) -> bool {
        self.body.starts_with(bytes)
    }
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The window has as many bytes as the characters can have at most, so the cost does not
        // depend on the size of the body. A character that is cut at an end is shown as �.
        let start = self.at.saturating_sub(LONGEST / 2);
        let end = self.body.len().min(start + 4 * LONGEST);
        let window = String::from_utf8_lossy(&self.body[start..end]);
        let mut words = window.split_whitespace();
        let mut text = String::new();
        for word in words.by_ref() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.extend(word.chars().take(LONGEST));
            if text.chars().count() >= LONGEST {
                break;
            }
        }
        let shown: String = text.chars().take(LONGEST).collect();
        let more = end < self.body.len() || words.next().is_some() || shown.len() < text.len();
        write!(f, "{}{:?}{}", if start > 0 { "…" } else { "" }, shown, if more { "…" } else { "" })
    }
}

/// A text from the service for people, shortened to a length that a message can show.
pub(super) struct Short<'a>(pub(super) &'a str);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 1000;
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{}…", &self.0[..end]),
            None => f.write_str(self.0),
        }
    }
}

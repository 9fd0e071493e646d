//! A part of a file whose text is known although the file was not read.

use std::ops::Range;

#[cfg(feature = "cache")]
use super::Span;

/// The text of a place in a file.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Excerpt {
    start: u32,
    text: String,
}

impl Excerpt {
    /// The text of `span`.
    #[cfg(feature = "cache")]
    pub(crate) fn new(span: Span, text: &str) -> Self {
        Excerpt { start: span.start, text: text.to_owned() }
    }

    /// The text of a place if the excerpt covers it.
    pub(super) fn get(&self, place: &Range<usize>) -> Option<&str> {
        let start = place.start.checked_sub(self.start as usize)?;
        self.text.get(start..place.end.checked_sub(self.start as usize)?)
    }
}

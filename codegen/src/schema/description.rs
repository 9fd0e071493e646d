//! What the pages say about things in words of their own.

use std::ops::Deref;

use crate::source::{At, Span};

/// What something is or does, as markdown; one paragraph.
///
/// The stages after reading hand it on and decide nothing by its wording: what it says of keys, defaults and the like is read into
/// [`Facts`](super::Facts) before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Description {
    /// The markdown.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}

impl From<At<String>> for Description {
    fn from(said: At<String>) -> Self {
        Description { value: said.value, span: said.span }
    }
}

impl Deref for Description {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

//! What the pages say about things in words of their own.

use std::ops::Deref;

#[cfg(feature = "cache")]
use crate::source::outline;
use crate::source::{At, Span};

/// What something is or does, as markdown; one paragraph.
///
/// The stages after reading hand it on and decide nothing by its wording: what it says of keys, defaults and the like is read into
/// [`Facts`](super::Facts) before. A rerun relies on that.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Deserialize))]
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

#[cfg(feature = "cache")]
impl serde::Serialize for Description {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if outline::takes_description(self) {
            return serializer.serialize_unit();
        }
        let mut said = serializer.serialize_struct("Description", 2)?;
        serde::ser::SerializeStruct::serialize_field(&mut said, "value", &self.value)?;
        serde::ser::SerializeStruct::serialize_field(&mut said, "span", &self.span)?;
        serde::ser::SerializeStruct::end(said)
    }
}

impl Deref for Description {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

//! Derives and attributes that a user adds to the generated code of a type.

use std::collections::HashMap;

use crate::user_code::Attributes;

/// Derives and attributes of a type and of its members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Added {
    /// Those of the type itself.
    pub own: Attributes,
    /// Those of its fields or variants, by the member's name in the service. They include fields of
    /// inherited properties, and the field `additional`.
    pub members: HashMap<String, Attributes>,
}

impl Added {
    /// Returns true if nothing is added.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.members.is_empty()
    }

    /// The attributes that are added to a member.
    pub(crate) fn member(&self, name: &str) -> Attributes {
        self.members.get(name).cloned().unwrap_or_default()
    }
}

//! Enums that a service may extend at any time.

use std::fmt;

use crate::{Primitive, Scalar};

/// An enum whose members the service may add to: the documented ones, and one variant for all
/// others that keeps the name.
///
/// Generated code implements it. Its `Serialize`, `Deserialize`, `Display` and
/// [`Value`](crate::Value) are one line each.
pub trait OpenEnum: Sized {
    /// The full name of the enum type, `microsoft.graph.importance`, for services that want it
    /// before the members in URLs. Empty where it is not known.
    const TYPE_NAME: &'static str = "";
    /// The member's name as it stands in JSON.
    fn as_str(&self) -> &str;
    /// The member with this name; one that the pages do not describe is kept by its name.
    fn from_name(name: &str) -> Self;
}

/// Writes the name, for a `Display`.
///
/// # Errors
/// Only those of the formatter.
pub fn fmt(value: &impl OpenEnum, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.pad(value.as_str())
}

impl<E: OpenEnum> Scalar for E {
    #[inline]
    fn expected(&self) -> &'static str {
        "a string (the name of an enum member)"
    }
    #[inline]
    fn set(&mut self, value: Primitive<'_>) -> bool {
        match value {
            Primitive::Str(text) => *self = E::from_name(text),
            _ => return false,
        }
        true
    }
}

//! Enum types to which a service may add members at any time.

use std::fmt;

use crate::{Primitive, Scalar};

/// An enum type to which the service may add members: a variant for each documented member, and one
/// that keeps the name of any other.
///
/// Generated code implements it. Its implementations of `Serialize`, `Deserialize`, `Display` and
/// [`Value`](crate::Value) are short: the runtime has the functions.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` cannot be compared in a query",
    label = "neither a primitive value nor a member of an enum",
    note = "follow a complex value to one of its properties with `then`, and look into a collection with `any` or `all`"
)]
pub trait OpenEnum: Sized {
    /// The qualified name of the enum type, `microsoft.graph.importance`, for services that require
    /// it before the members in URLs. Empty if it is not known.
    const TYPE_NAME: &'static str = "";
    /// The name of the member in JSON.
    fn as_str(&self) -> &str;
    /// The member with this name; a name that is not documented is kept.
    fn from_name(name: &str) -> Self;
}

/// Writes the name of the member; for implementations of `Display`.
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

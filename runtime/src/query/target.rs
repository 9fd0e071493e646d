//! The relation from the type of a value to the type that has its property constants.

use crate::Structured;

/// A type whose values have properties: `Owner` is the type with their constants.
///
/// The owner of a structured type is the type itself; that of a collection is the owner of its
/// items.
#[doc(hidden)]
pub trait Target {
    /// The type with the property constants.
    type Owner;
}

impl<T: Structured> Target for T {
    type Owner = T;
}

impl<T: Target> Target for Vec<T> {
    type Owner = T::Owner;
}

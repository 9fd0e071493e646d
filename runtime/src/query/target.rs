//! Which property constants the values of a type have.

use crate::Structured;

/// A type whose values have properties: `Owner` is the type that has their constants.
///
/// A structured type has its own. Of a collection, it is the items that matter.
pub trait Target {
    /// The type with the constants.
    type Owner;
}

impl<T: Structured> Target for T {
    type Owner = T;
}

impl<T: Target> Target for Vec<T> {
    type Owner = T::Owner;
}

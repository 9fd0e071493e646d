//! Which property constants the values of a type have.

use crate::Structured;

/// A type whose values have properties: `Owner` is the type that has their constants.
///
/// A structured type has its own; a generated enum of a base and its derived types has those of the
/// base. Of a collection, it is the items that matter.
pub trait Target {
    /// The type with the constants: `DirectoryObject` for `AnyDirectoryObject`.
    type Owner;
}

impl<T: Structured> Target for T {
    type Owner = T;
}

impl<T: Target> Target for Vec<T> {
    type Owner = T::Owner;
}

//! The Rust names of a type, and of the enum that it has together with its derived types.

use super::TypeId;

/// The Rust names of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct TypeNames {
    /// Index of its namespace in [`Model::modules`](super::Model::modules).
    pub module: usize,
    /// The private module (and file) that holds it: `user`. Unique among the private modules of its
    /// module.
    pub file: String,
    /// The struct or enum: `User`.
    pub name: String,
    /// The enum of the type and its descendants, if it has any and is not the root of all types.
    pub any: Option<Family>,
    /// True if an item of the standard prelude has the same name, so that the type hides it in its
    /// own file.
    pub hides_prelude: bool,
    /// The path of another crate's code that holds the type, such as `::models::graph`. Such a type
    /// is only referred to, not generated.
    pub external: Option<String>,
}

/// The enum of a structured type and all types that derive from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Family {
    /// Its name in Rust: `AnyDirectoryObject`.
    pub name: String,
    /// Its variants: the type itself, then its descendants in the order of their ids.
    pub variants: Vec<Variant>,
}

/// A variant of a [`Family`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Variant {
    /// The type that it holds.
    pub ty: TypeId,
    /// Its name in Rust. Unique in the enum.
    pub rust_name: String,
}

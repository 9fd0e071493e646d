//! The targets of links in descriptions, and the pages of the reference.

use super::{Description, EnumId, TypeId};
use crate::schema;
use crate::source::At;

/// A link of a description, and its targets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Link {
    /// The target as the page writes it.
    pub written: At<String>,
    /// The type that the target page describes, if it describes one.
    pub ty: Option<LinkedType>,
    /// The web address of the target, if it is known.
    pub address: Option<String>,
}

/// The type that a link points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum LinkedType {
    /// An entity or complex type.
    Structured(TypeId),
    /// An enum type.
    Enum(EnumId),
}

/// A page of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct ReferencePage {
    /// Its heading, or its file name if it has no heading.
    pub title: String,
    /// Its web address, if that is known.
    pub address: Option<String>,
}

impl From<&schema::Description> for Description {
    /// The links have no targets yet; `resolve` finds them.
    fn from(said: &schema::Description) -> Self {
        let unresolved = |written: &At<String>| Link { written: written.clone(), ty: None, address: None };
        said.with_links(said.links().iter().map(unresolved).collect())
    }
}

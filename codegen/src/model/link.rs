//! Where the links of descriptions lead, and the pages of the reference.

use super::{Description, EnumId, TypeId};
use crate::schema;
use crate::source::At;

/// Where a link of a description leads.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Link {
    /// The target as the page writes it.
    pub written: At<String>,
    /// The type that the target page describes.
    pub ty: Option<LinkedType>,
    /// The target's address on the web.
    pub address: Option<String>,
}

/// A type that a link leads to.
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
    /// Its heading, or the name of its file where it has none.
    pub title: String,
    /// Its address on the web, where that is known.
    pub address: Option<String>,
}

impl From<&schema::Description> for Description {
    /// The links are to be resolved yet: they lead nowhere.
    fn from(said: &schema::Description) -> Self {
        let unresolved = |written: &At<String>| Link { written: written.clone(), ty: None, address: None };
        said.with_links(said.links().iter().map(unresolved).collect())
    }
}

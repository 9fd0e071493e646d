//! Enum types as pages describe them: on pages of their own, in sections, in rows and in JSON
//! blocks.

use super::{Description, QualifiedName};
use crate::source::{At, FileId};

/// A description of an enum type.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct DeclaredEnum {
    /// Its name; in the page's namespace unless it is qualified on the page.
    pub name: At<QualifiedName>,
    /// The page.
    pub file: FileId,
    /// What kind of place describes it.
    pub source: EnumSource,
    /// What it is.
    pub description: Option<Description>,
    /// Its members in order.
    pub members: Vec<DeclaredMember>,
    /// Members combine (CSDL 4.01, 10.3).
    pub is_flags: Option<At<bool>>,
}

/// What kind of place describes an enum; in the order of reliability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum EnumSource {
    /// The service's metadata.
    Metadata,
    /// A page of its own.
    Page,
    /// A `### x values` section.
    Section,
    /// A list in the row of a property whose type it is.
    Property,
    /// `"a | b"` in a JSON block.
    JsonBlock,
    /// A list in the row of an action's parameter that is a text.
    Parameter,
    /// No page: `edmark.toml`. Never among what is read; the `resolve` stage adds it.
    Correction,
}

/// A member of an enum type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct DeclaredMember {
    /// Its name.
    pub name: At<String>,
    /// Its number, where the page gives one.
    pub value: Option<i64>,
    /// What it means.
    pub description: Option<Description>,
}

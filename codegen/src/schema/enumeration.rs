//! Enum types as they are described: on pages of their own, in sections, in rows, in JSON blocks
//! and in metadata.

use super::{Deprecation, Description, QualifiedName};
use crate::source::{At, FileId};

/// A description of an enum type.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct DeclaredEnum {
    /// Its name. The namespace is that of the page, unless the page qualifies the name.
    pub name: At<QualifiedName>,
    /// The page.
    pub file: FileId,
    /// The kind of place that describes it.
    pub source: EnumSource,
    /// The description of the enum.
    pub description: Option<Description>,
    /// Its members in order.
    pub members: Vec<DeclaredMember>,
    /// True if members can be combined (CSDL 4.01, 10.3).
    pub is_flags: Option<At<bool>>,
}

/// The kind of place that describes an enum, in the order of reliability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum EnumSource {
    /// The service's metadata.
    Metadata,
    /// A page of its own.
    Page,
    /// A `### x values` section.
    Section,
    /// A list of values in the row of a property that has this type.
    Property,
    /// `"a | b"` in a JSON block.
    JsonBlock,
    /// A list of values in the row of an action's string parameter.
    Parameter,
    /// A correction in `edmark.toml`. The `resolve` stage adds it; reading never does.
    Correction,
}

/// A member of an enum type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct DeclaredMember {
    /// Its name.
    pub name: At<String>,
    /// Its number, if the page states it.
    pub value: Option<i64>,
    /// The description of the member.
    pub description: Option<Description>,
    /// The deprecation, if it should not be used any more.
    pub deprecation: Option<At<Deprecation>>,
}

impl DeclaredMember {
    /// A member of which only the name is known.
    pub(crate) fn named(name: At<String>) -> Self {
        DeclaredMember { name, value: None, description: None, deprecation: None }
    }
}

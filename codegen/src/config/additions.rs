//! Derives and attributes that `edmark.toml` and the builder add to the generated code. This is
//! data only: the `resolve` stage finds the types and members.

use crate::source::Span;
use crate::user_code::Attributes;

/// Derives and attributes for generated types and their members, in the order in which they were
/// given.
///
/// A type is named as in a [`Selection`](super::Selection): qualified (`microsoft.graph.user`) or
/// simple (`user`), with `*` and `?` as wildcards. The name of a namespace stands for the types
/// directly in it. A member is a property or a member of an enum type, and is written after its
/// type: `user.mail`, `*.id`, `microsoft.graph.user.*`. Every struct has the field `additional` for
/// undocumented members; it is named in the same way. Upper and lower case are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Additions {
    /// The additions to types.
    pub types: Vec<Addition>,
    /// The additions to fields and variants.
    pub members: Vec<Addition>,
}

/// Derives and attributes for everything that a name matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// The name, as written.
    pub name: String,
    /// The position in `edmark.toml`; the start of the file if a builder was given it.
    pub span: Span,
    /// The derives and attributes.
    pub attributes: Attributes,
}

/// A description of the name of a member, for messages.
pub(super) const MEMBER: &str = "the name of a type, a dot and that of a member, as `user.mail`";

/// Splits the name of a member into the type and the member.
pub(crate) fn type_and_member(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once('.').filter(|(ty, member)| !ty.trim().is_empty() && !member.trim().is_empty())
}

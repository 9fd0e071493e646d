//! What `edmark.toml` and the builder add to the generated code: derives and attributes. Data only:
//! the `resolve` stage finds the types and members that are meant.

use crate::source::Span;
use crate::user_code::Attributes;

/// Derives and attributes of generated types and of their members, in the order in which they were
/// given.
///
/// A name of a type is as in a [`Selection`](super::Selection): qualified (`microsoft.graph.user`)
/// or simple (`user`), with `*` and `?` as wildcards, or that of a namespace, which stands for the
/// types directly in it. A member, which is a property or a member of an enum type, is named behind
/// its type: `user.mail`, `*.id`, `microsoft.graph.user.*`. Every struct has the field `additional`
/// for what no page describes; it is named in the same way. Case does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Additions {
    /// Those of types.
    pub types: Vec<Addition>,
    /// Those of fields and variants.
    pub members: Vec<Addition>,
}

/// Derives and attributes of all that a name fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// The name, as written.
    pub name: String,
    /// Where it stands in `edmark.toml`; the start of the file for one that a builder was given.
    pub span: Span,
    /// What is added.
    pub attributes: Attributes,
}

/// What a name of a member is, for messages.
pub(super) const MEMBER: &str = "the name of a type, a dot and that of a member, as `user.mail`";

/// The two halves of a member's name: that of the type, and its own.
pub(crate) fn type_and_member(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once('.').filter(|(ty, member)| !ty.trim().is_empty() && !member.trim().is_empty())
}

//! Types, as pages mention them.

use std::fmt;

use super::Primitive;
use crate::source::Span;

/// A mention of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct TypeRef {
    /// The name as written, qualified or not.
    pub name: String,
    /// The target of its link, as written.
    pub target: Option<String>,
    /// The place.
    pub span: Span,
}

/// The type in a type cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct TypeExpr {
    /// The type, or that of the collection's items.
    pub item: TypeItem,
    /// True if it is a collection of such items.
    pub collection: bool,
}

/// The content of a type cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum TypeItem {
    /// A primitive type of OData.
    Primitive(Primitive),
    /// A type by name.
    Named(TypeRef),
    /// One of several types.
    OneOf(Vec<TypeRef>),
    /// A text that is no type.
    Unclear(String),
}

/// The name in messages: `Edm.Int32`, `user`, `user or group`.
impl fmt::Display for TypeItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TypeItem::Primitive(primitive) => f.write_str(primitive.edm_name()),
            TypeItem::Named(name) => f.write_str(&name.name),
            TypeItem::OneOf(names) => {
                f.write_str(&names.iter().map(|name| name.name.as_str()).collect::<Vec<_>>().join(" or "))
            }
            TypeItem::Unclear(text) => f.write_str(text),
        }
    }
}

//! Types as pages mention them.

use super::Primitive;
use crate::source::Span;

/// A mention of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct TypeRef {
    /// The name as written, qualified or not.
    pub name: String,
    /// Where its link leads, as written.
    pub target: Option<String>,
    /// The place.
    pub span: Span,
}

/// A type cell, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct TypeExpr {
    /// The type, or that of the collection's items.
    pub item: TypeItem,
    /// A collection of them.
    pub collection: bool,
}

/// What a type cell names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum TypeItem {
    /// A primitive type of OData.
    Primitive(Primitive),
    /// A type by name.
    Named(TypeRef),
    /// One of several types.
    OneOf(Vec<TypeRef>),
    /// Could not be understood.
    Unclear(String),
}

//! Corrections of wrong pages from `edmark.toml`. This is data only: [`reader`](super::reader)
//! reads it, and the `resolve` stage applies it.
//!
//! Every correction has its position in the file
//! ([`FileId::CONFIGURATION`](crate::source::FileId::CONFIGURATION)), so that one that no longer
//! corrects anything can be reported there.

use std::collections::BTreeMap;

use crate::schema::{QualifiedName, TypeExpr, TypeKind};
use crate::source::{At, Span};

/// Corrections of pages, by the name of the type.
///
/// ```
/// let corrections = edmark::config::Corrections::parse(
///     "edmark.toml",
///     r#"
///     [types."microsoft.graph.user"]
///     base = "microsoft.graph.directoryObject"
///     [types."microsoft.graph.user".properties.businessPhones]
///     type = "Collection(Edm.String)"
///     [enums."microsoft.graph.ageGroup"]
///     add = ["adult"]
///     "#,
/// )?;
/// assert_eq!(corrections.types.len() + corrections.enums.len(), 2);
/// # Ok::<(), edmark::config::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    /// Entity and complex types.
    pub types: BTreeMap<QualifiedName, TypeCorrection>,
    /// Enum types.
    pub enums: BTreeMap<QualifiedName, EnumCorrection>,
}

impl Corrections {
    /// Returns true if nothing is corrected.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty() && self.enums.is_empty()
    }
}

/// `[types."…"]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeCorrection {
    /// The position of the type's name.
    pub span: Span,
    /// `kind`: entity or complex type. It applies to derived types, too.
    pub kind: Option<At<TypeKind>>,
    /// `base`: the base type; the inner `None` stands for `base = false`, no base type.
    pub base: Option<At<Option<QualifiedName>>>,
    /// `abstract`
    pub is_abstract: Option<At<bool>>,
    /// `open`
    pub is_open: Option<At<bool>>,
    /// `key`: the names of the key properties.
    pub key: Option<At<Vec<At<String>>>>,
    /// `rename`: the name in Rust.
    pub rename: Option<At<String>>,
    /// `exclude = true`: the type is treated as not documented.
    pub exclude: Option<At<bool>>,
    /// Its properties by name.
    pub properties: BTreeMap<String, PropertyCorrection>,
}

/// `[types."…".properties.…]`, or `[types."…".…]` for short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyCorrection {
    /// The position of the property's name.
    pub span: Span,
    /// `add = true`: the page does not have the property; requires `type`.
    pub add: Option<At<bool>>,
    /// `type`, in CSDL's notation: a primitive (`Edm.Int32`) or a qualified name, or
    /// `Collection(…)` of one.
    pub ty: Option<At<TypeExpr>>,
    /// `read-only`
    pub read_only: Option<At<bool>>,
    /// `nullable`
    pub nullable: Option<At<bool>>,
    /// `rename`: the field's name in Rust.
    pub rename: Option<At<String>>,
    /// `exclude = true`: the property is treated as not documented. Its value is kept in
    /// `additional`.
    pub exclude: Option<At<bool>>,
}

/// `[enums."…"]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumCorrection {
    /// The position of the enum's name.
    pub span: Span,
    /// `members`: all members, in order, instead of those of the pages.
    pub members: Option<At<Vec<At<String>>>>,
    /// `add`: further members.
    pub add: Vec<At<String>>,
    /// `remove`: members that the service does not have.
    pub remove: Vec<At<String>>,
    /// `flags`
    pub is_flags: Option<At<bool>>,
    /// `rename`: the name in Rust.
    pub rename: Option<At<String>>,
    /// `exclude = true`: the enum is treated as not documented; properties of this type become
    /// strings.
    pub exclude: Option<At<bool>>,
}

impl TypeCorrection {
    /// An empty correction of the type named at `span`.
    pub fn new(span: Span) -> Self {
        TypeCorrection {
            span,
            kind: None,
            base: None,
            is_abstract: None,
            is_open: None,
            key: None,
            rename: None,
            exclude: None,
            properties: BTreeMap::new(),
        }
    }
}

impl PropertyCorrection {
    /// An empty correction of the property named at `span`.
    pub fn new(span: Span) -> Self {
        PropertyCorrection { span, add: None, ty: None, read_only: None, nullable: None, rename: None, exclude: None }
    }
}

impl EnumCorrection {
    /// An empty correction of the enum named at `span`.
    pub fn new(span: Span) -> Self {
        EnumCorrection {
            span,
            members: None,
            add: Vec::new(),
            remove: Vec::new(),
            is_flags: None,
            rename: None,
            exclude: None,
        }
    }
}

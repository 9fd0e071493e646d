//! What `edmark.toml` says about pages that are wrong. Data only: [`reader`](super::reader) reads
//! it, the `resolve` stage applies it.
//!
//! Every correction knows where it stands in the file
//! ([`FileId::CONFIGURATION`](crate::source::FileId::CONFIGURATION)), so that one that corrects
//! nothing any more can be reported there.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::error::ConfigError;
use crate::config::reader;
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
    /// Reads the `[types]` and `[enums]` tables of a configuration; other keys of `edmark.toml` are
    /// checked and left aside.
    ///
    /// # Errors
    /// [`ConfigError`] for what is not TOML, and for a key or value that `edmark.toml` does not
    /// have.
    pub fn parse(path: impl AsRef<Path>, text: &str) -> Result<Self, ConfigError> {
        reader::read(path.as_ref(), text).map(|(_, corrections)| corrections)
    }

    /// Whether nothing is corrected.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty() && self.enums.is_empty()
    }
}

/// `[types."…"]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeCorrection {
    /// Where the type is named.
    pub span: Span,
    /// `kind`: entity or complex type. It counts for the types that derive from it too.
    pub kind: Option<At<TypeKind>>,
    /// `base`: the base type; `None` inside for `base = false`, no base type.
    pub base: Option<At<Option<QualifiedName>>>,
    /// `abstract`
    pub is_abstract: Option<At<bool>>,
    /// `open`
    pub is_open: Option<At<bool>>,
    /// `key`: the names of the key properties.
    pub key: Option<At<Vec<At<String>>>>,
    /// `rename`: the name in Rust.
    pub rename: Option<At<String>>,
    /// `exclude = true`: as if no page described it.
    pub exclude: Option<At<bool>>,
    /// Its properties by name.
    pub properties: BTreeMap<String, PropertyCorrection>,
}

/// `[types."…".properties.…]`, or `[types."…".…]` for short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyCorrection {
    /// Where the property is named.
    pub span: Span,
    /// `add = true`: the page lacks it; needs `type`.
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
    /// `exclude = true`: as if no page described it. What the service sends for it is kept in
    /// `additional`.
    pub exclude: Option<At<bool>>,
}

/// `[enums."…"]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumCorrection {
    /// Where the enum is named.
    pub span: Span,
    /// `members`: all members, in order, instead of those of the pages.
    pub members: Option<At<Vec<At<String>>>>,
    /// `add`: further members.
    pub add: Vec<At<String>>,
    /// `remove`: members that are none.
    pub remove: Vec<At<String>>,
    /// `flags`
    pub is_flags: Option<At<bool>>,
    /// `rename`: the name in Rust.
    pub rename: Option<At<String>>,
    /// `exclude = true`: as if no page described it; properties of this type become strings.
    pub exclude: Option<At<bool>>,
}

impl TypeCorrection {
    /// Nothing corrected yet; the type is named at `span`.
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
    /// Nothing corrected yet; the property is named at `span`.
    pub fn new(span: Span) -> Self {
        PropertyCorrection { span, add: None, ty: None, read_only: None, nullable: None, rename: None, exclude: None }
    }
}

impl EnumCorrection {
    /// Nothing corrected yet; the enum is named at `span`.
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

//! A service's own metadata: CSDL XML (OData 4.01), as `$metadata` answers, and how the pages differ from it.
//!
//! [`Metadata::parse`] reads what pages describe too: structured types with their properties, and enum types with their members.
//! [`compare`] reports each disagreement at the place of the page that says otherwise.

mod compare;
mod paths;
mod xml;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use compare::compare;
pub use paths::{Unknown, Why};

use crate::schema::{Primitive, QualifiedName, TypeKind};

/// The types of a service, as its metadata states them. Aliases of namespaces are resolved.
///
/// ```
/// let metadata = edmark::metadata::Metadata::parse(
///     r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
///          <Schema Namespace="sample" xmlns="http://docs.oasis-open.org/odata/ns/edm">
///            <EnumType Name="colour"><Member Name="red"/></EnumType>
///          </Schema>
///        </edmx:DataServices></edmx:Edmx>"#,
/// )?;
/// assert_eq!(metadata.enums.len(), 1);
/// # Ok::<(), edmark::metadata::XmlError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Entity and complex types.
    pub types: BTreeMap<QualifiedName, StructuredType>,
    /// Enum types.
    pub enums: BTreeMap<QualifiedName, EnumType>,
    /// Entity sets, singletons and imports of the entity container (CSDL 4.01, 13), by name.
    pub container: BTreeMap<String, Value>,
    /// Actions and functions, overloads side by side.
    pub operations: Vec<Operation>,
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its type, or that of the items; `None` for an action that returns nothing.
    pub item: Option<ItemType>,
    /// A collection of them.
    pub collection: bool,
}

/// An action or a function (CSDL 4.01, 12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name.
    pub name: QualifiedName,
    /// What it is called on; `None` for an unbound one.
    pub binding: Option<Value>,
    /// The names of its other parameters.
    pub parameters: Vec<String>,
    /// What it gives.
    pub returns: Value,
}

/// An entity or complex type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructuredType {
    /// Which of the two.
    pub kind: TypeKind,
    /// The base type.
    pub base: Option<QualifiedName>,
    /// `Abstract`
    pub is_abstract: bool,
    /// `OpenType`
    pub is_open: bool,
    /// The properties that it declares itself, in the order of the document.
    pub properties: Vec<Property>,
}

/// A structural or navigation property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// Its type, or that of the collection's items.
    pub item: ItemType,
    /// A collection of them.
    pub collection: bool,
    /// It leads to other entities.
    pub is_navigation: bool,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemType {
    /// A primitive type; type definitions are resolved to theirs.
    Primitive(Primitive),
    /// A structured or enum type.
    Named(QualifiedName),
    /// Any other, as written: `Edm.GeographyPoint`.
    Other(String),
}

/// An enum type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumType {
    /// Members combine.
    pub is_flags: bool,
    /// The names of its members, in the order of the document.
    pub members: Vec<String>,
}

impl Metadata {
    /// Reads the metadata in a file.
    ///
    /// # Errors
    /// [`MetadataError`] where it cannot be read, or is not CSDL XML.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, MetadataError> {
        let path = path.as_ref();
        let text =
            std::fs::read_to_string(path).map_err(|source| MetadataError::Io { path: path.to_owned(), source })?;
        Metadata::parse(&text).map_err(|error| MetadataError::Xml { path: path.to_owned(), error })
    }

    /// Reads the text of a document.
    ///
    /// # Errors
    /// [`XmlError`] at the place that is no XML, or not what CSDL says.
    pub fn parse(text: &str) -> Result<Self, XmlError> {
        xml::parse(text)
    }

    /// A type and its ancestors, as far as they are known.
    fn ancestry<'m>(&'m self, name: &'m QualifiedName) -> Vec<(&'m QualifiedName, &'m StructuredType)> {
        let mut chain: Vec<(&QualifiedName, &StructuredType)> = Vec::new();
        let mut next = self.types.get_key_value(name);
        while let Some((name, ty)) = next {
            // Metadata is input as well: a ring has to end.
            if chain.iter().any(|(known, _)| *known == name) {
                break;
            }
            chain.push((name, ty));
            next = ty.base.as_ref().and_then(|base| self.types.get_key_value(base));
        }
        chain
    }
}

/// Why metadata could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataError {
    /// The file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not CSDL XML.
    #[error("{}:{error}", path.display())]
    Xml {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: XmlError,
    },
}

/// A place in a document that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
#[non_exhaustive]
pub struct XmlError {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// What is wrong.
    pub message: String,
}

//! The facts that pages and metadata state: the intermediate representation between reading and
//! resolving.
//!
//! A [`Schema`] contains facts as its sources state them. Names are still strings, contradictions
//! are not settled, and every fact has the place that states it. The `resolve` stage turns it into
//! a [`Model`](crate::model::Model). The vocabulary is that of OData's Common Schema Definition
//! Language (CSDL) 4.01.

mod capabilities;
mod container;
mod description;
mod enumeration;
mod fact;
mod name;
mod named;
pub mod operation;
mod permission;
mod property;
mod type_expr;

pub use crate::vocabulary::{JsonForm, Primitive, UrlForm};
pub use capabilities::{Capabilities, Custom, Navigability, Requirements};
pub use container::{ContainerMember, DeclaredOperation, MemberKind, OperationParameter, OperationValue};
pub use description::{Description, Piece};
pub use enumeration::{DeclaredEnum, DeclaredMember, EnumSource};
pub(crate) use fact::{Fact, is_conditional};
pub use name::QualifiedName;
#[cfg(any(feature = "metadata", feature = "package"))]
pub(crate) use name::is_simple_identifier;
pub(crate) use name::{folded_in, simple_name};
pub(crate) use named::HasName;
pub use operation::DocumentedOperation;
pub use property::{
    DeclaredProperty, Deprecation, Facts, Filter, JsonItem, JsonShape, Navigation, PropertySource, Returned, ValueList,
};
pub use type_expr::{TypeExpr, TypeItem, TypeRef};

use crate::hashing::HashSet;

use crate::source::{At, FileId, Span};

/// Everything that is read in a run: first from the pages, in the order of their paths, and then
/// from the metadata.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Schema {
    /// One entry for each page.
    pub pages: Vec<PageInfo>,
    /// Entity and complex types; a type that two pages describe is listed twice.
    pub types: Vec<DeclaredType>,
    /// Descriptions of enum types; several may describe the same one.
    pub enums: Vec<DeclaredEnum>,
    /// The operations of the API pages.
    pub operations: Vec<DocumentedOperation>,
    /// The actions and functions that the metadata declares, with each overload separately.
    pub declared_operations: Vec<DeclaredOperation>,
    /// The members of the metadata's entity containers.
    pub container: Vec<ContainerMember>,
}

impl Schema {
    /// Returns false if nothing can be generated from it.
    pub(crate) fn describes_anything(&self) -> bool {
        let operations = self.operations.len() + self.declared_operations.len() + self.container.len();
        self.types.len() + self.enums.len() + operations > 0
    }

    /// Returns true if no metadata declares a type in it.
    #[cfg(feature = "metadata")]
    pub(crate) fn is_of_pages_alone(&self) -> bool {
        !self.types.iter().any(DeclaredType::is_declared)
            && !self.enums.iter().any(|ty| ty.source == EnumSource::Metadata)
    }

    /// Splits the schema into what the pages say and what the metadata says.
    #[cfg(feature = "metadata")]
    pub(crate) fn clone_parts(&self) -> (Schema, Schema) {
        let of_metadata = |ty: &&DeclaredEnum| ty.source == EnumSource::Metadata;
        let pages = Schema {
            pages: self.pages.clone(),
            types: self.types.iter().filter(|ty| !ty.is_declared()).cloned().collect(),
            enums: self.enums.iter().filter(|ty| !of_metadata(ty)).cloned().collect(),
            operations: self.operations.clone(),
            ..Schema::default()
        };
        let declared = Schema {
            types: self.types.iter().filter(|ty| ty.is_declared()).cloned().collect(),
            enums: self.enums.iter().filter(of_metadata).cloned().collect(),
            declared_operations: self.declared_operations.clone(),
            container: self.container.clone(),
            ..Schema::default()
        };
        (pages, declared)
    }
}

/// A page, with its kind and title.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct PageInfo {
    /// The page.
    pub file: FileId,
    /// The kind of page.
    pub kind: PageKind,
    /// Its heading.
    pub title: Option<At<String>>,
    /// The namespace that it states.
    pub namespace: Option<At<String>>,
}

/// The kind of page, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum PageKind {
    /// One or more structured types.
    Resource,
    /// Enum types only.
    Enumeration,
    /// Operations.
    Operation,
    /// Neither types nor operations: an overview.
    Conceptual,
}

/// A structured type (entity or complex) as one page describes it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct DeclaredType {
    /// Its name, from the comment of the JSON block or else from the title, with its place.
    pub name: At<QualifiedName>,
    /// The page, or the metadata document.
    pub file: FileId,
    /// Facts that only metadata states; `None` for a type that a page describes.
    pub declaration: Option<Box<Declaration>>,
    /// The description of the type.
    pub description: Option<Description>,
    /// The names of its key properties (CSDL 4.01, 6.5), from `keyProperty` or a row that says
    /// "Key".
    pub key: Vec<At<String>>,
    /// All base types that are stated for it, the most reliable first.
    pub bases: Vec<BaseClaim>,
    /// Types that its page says are derived from it.
    pub derived: Vec<TypeRef>,
    /// True if it has no instances of its own (CSDL 4.01, 6.2).
    pub is_abstract: Option<At<bool>>,
    /// True if instances may have properties that are not declared (CSDL 4.01, 6.3).
    pub is_open: Option<At<bool>>,
    /// True if its entities are media entities, which have a stream (CSDL 4.01, 6.4).
    pub has_stream: Option<At<bool>>,
    /// The kind, if the page states explicitly that it is an entity type or a complex type.
    pub stated_kind: Option<At<TypeKind>>,
    /// The properties, in the order of tables and block.
    pub properties: Vec<DeclaredProperty>,
    /// The rows of the methods table.
    pub methods: Vec<MethodRow>,
    /// The type's deprecation, if it should not be used any more.
    pub deprecation: Option<At<Deprecation>>,
    /// The JSON block that describes it.
    pub block: Option<Span>,
}

impl DeclaredType {
    /// A type of which only the name is known.
    pub(crate) fn named(name: At<QualifiedName>, file: FileId) -> Self {
        DeclaredType {
            name,
            file,
            declaration: None,
            description: None,
            key: Vec::new(),
            bases: Vec::new(),
            derived: Vec::new(),
            is_abstract: None,
            is_open: None,
            has_stream: None,
            stated_kind: None,
            properties: Vec::new(),
            methods: Vec::new(),
            deprecation: None,
            block: None,
        }
    }
}

/// Facts about a structured type that metadata states and pages do not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Declaration {
    /// Key properties that have another name in URLs: the alias, and the path of the property (CSDL
    /// 4.01, 6.5).
    pub key_aliases: Vec<(String, String)>,
    /// Alternate keys (Core, `AlternateKeys`): for each key, the names of its parts and the path of
    /// the property of each.
    pub alternate_keys: Vec<Vec<(String, String)>>,
}

impl DeclaredType {
    /// Adds the properties that it does not have yet, in any letter case.
    pub(crate) fn add_properties(&mut self, others: Vec<DeclaredProperty>) {
        let mut known: HashSet<String> =
            self.properties.iter().map(|property| property.name.value.to_ascii_lowercase()).collect();
        let is_new = |property: &DeclaredProperty| known.insert(property.name.value.to_ascii_lowercase());
        self.properties.extend(others.into_iter().filter(is_new));
    }

    /// Returns true if metadata declares it.
    pub fn is_declared(&self) -> bool {
        self.declaration.is_some()
    }
}

/// Entity types have a key and are addressed by it; complex types are values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum TypeKind {
    /// CSDL 4.01, 6.
    Entity,
    /// CSDL 4.01, 9.
    Complex,
}

/// A base type that is stated in some place.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct BaseClaim {
    /// The base.
    pub base: TypeRef,
    /// The kind of place that states it.
    pub source: BaseSource,
}

/// The kind of place that states a base type, in the order of reliability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum BaseSource {
    /// `BaseType` in the metadata.
    Metadata,
    /// `baseType` in the comment of the JSON block.
    Comment,
    /// A sentence: "Inherits from", "derived from".
    Prose,
    /// A list or table of derived types on the page of the base type.
    DerivedList,
    /// "Inherited from" in the row of a property.
    PropertyRow,
}

/// A row of a methods table.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct MethodRow {
    /// Its text.
    pub title: At<String>,
    /// The target of its link, as written.
    pub target: Option<At<String>>,
    /// The return type; `None` for "None", an empty cell, or text that is no type.
    pub returns: Option<At<TypeExpr>>,
    /// The description of the method.
    pub description: Option<Description>,
}

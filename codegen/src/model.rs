//! The resolved model: ids instead of names, every contradiction between pages settled, and Rust
//! names assigned.
//!
//! Every [`Model`] holds to this: all [`TypeId`]s and [`EnumId`]s are valid; the chain of base
//! types ends; a type does not declare a property again that its base declares with the same type;
//! Rust names are unique where they have to be, and are no keywords. The `emit` stage cannot fail
//! on such a model.

mod added;
mod descriptions;
mod example;
pub(crate) mod features;
mod link;
#[cfg(feature = "package")]
pub mod replays;
pub mod requests;
mod type_names;

use crate::ordered;
use crate::schema::HasName;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub use self::added::Added;
pub use self::example::{Envelope, Example, ExampleContent, MessageKind, UntypedContent};
pub use self::link::{Link, LinkedType, ReferencePage};
pub use self::type_names::{Family, TypeNames, Variant};
pub use crate::schema::operation::{Argument, ArgumentValue, HttpMethod, Part, Segment};
pub use crate::schema::{Deprecation, Facts, Primitive, QualifiedName, TypeKind};
use crate::service::Service;
use crate::source::{At, FileId, Span};

/// A description whose links are resolved.
pub type Description = crate::schema::Description<Link>;

/// The hidden field of every struct. No property gets this name.
pub(crate) const NON_EXHAUSTIVE: &str = "__non_exhaustive";

/// The field of every struct that holds undocumented properties.
pub(crate) const ADDITIONAL: &str = "additional";

/// A structured type of a [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct TypeId(pub(crate) u32);

/// An enum type of a [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct EnumId(pub(crate) u32);

/// All types and operations of a service.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Model {
    /// Structured types, sorted by qualified name; [`TypeId`] is the index.
    pub types: Vec<StructuredType>,
    /// Enum types, sorted by qualified name; [`EnumId`] is the index.
    pub enums: Vec<EnumType>,
    /// Types that pages name and no page describes, or that the user left out, sorted by name, each
    /// with one place that names it.
    pub undocumented: Vec<At<QualifiedName>>,
    /// The reference pages that describe the types and operations.
    pub pages: HashMap<FileId, ReferencePage>,
    /// The members of the service's entity containers, from its metadata.
    pub container: Vec<crate::schema::ContainerMember>,
    /// Facts that the metadata states about navigation properties, by type and property name.
    pub navigation: HashMap<(QualifiedName, String), crate::schema::Navigation>,
    /// Facts about types that only the metadata states.
    pub declarations: HashMap<QualifiedName, crate::schema::Declaration>,
    /// The service's actions and functions, from its metadata.
    pub declared_operations: Vec<crate::schema::DeclaredOperation>,
    /// Facts about the service as a whole.
    pub service: Service,
    /// The modules of the generated crate, one for each namespace. The first is the service's root
    /// namespace, which becomes the root of the crate.
    pub modules: Vec<Module>,
    /// The JSON bodies of the API pages' examples, in the order of the pages.
    pub examples: Vec<Example>,
    /// The requests that the API pages describe.
    pub requests: requests::RequestTree,
    /// The example requests of the API pages, in the order of the pages, each with the call that
    /// reproduces it. Empty unless the crate gets tests.
    #[cfg(feature = "package")]
    pub replays: Vec<replays::Replay>,
}

impl Model {
    /// The path of a module below the root of the generated code, by its index.
    pub fn module_path(&self, module: usize) -> &[String] {
        self.modules.get(module).map_or(&[], |module| &module.path)
    }

    /// The names of a type's key properties in URLs, including aliases that the metadata declares.
    #[cfg(feature = "export")]
    pub(crate) fn declared_keys(&self, ty: &StructuredType) -> Vec<String> {
        let aliases = self.declarations.get(&ty.name).map_or(&[][..], |declaration| &declaration.key_aliases);
        ty.key.iter().cloned().chain(aliases.iter().map(|(alias, _)| alias.clone())).collect()
    }

    /// The structured type of an id.
    pub fn structured(&self, id: TypeId) -> &StructuredType {
        &self.types[id.0 as usize]
    }

    /// The enum type of an id.
    pub fn enumeration(&self, id: EnumId) -> &EnumType {
        &self.enums[id.0 as usize]
    }

    /// Lists the derived types of each type, by the bases.
    pub(crate) fn connect_derived(&mut self) {
        self.types.iter_mut().for_each(|ty| ty.derived.clear());
        for position in 0..self.types.len() {
            if let Some(base) = self.types[position].base {
                self.types[base.0 as usize].derived.push(TypeId(position as u32));
            }
        }
    }

    /// The name of a value type, as CSDL writes it: `Edm.String`, `microsoft.graph.user`.
    pub fn type_name(&self, ty: &ValueType) -> String {
        match ty {
            ValueType::Primitive(primitive) => primitive.edm_name().to_owned(),
            ValueType::Structured(id) => self.structured(*id).name.to_string(),
            ValueType::Enum(id) => self.enumeration(*id).name.to_string(),
            ValueType::Undocumented(name) => name.to_string(),
        }
    }

    /// The name of a property's type, as CSDL writes it: `Collection(Edm.String)`.
    pub fn property_type_name(&self, ty: &PropertyType) -> String {
        let item = self.type_name(&ty.item);
        if ty.collection { format!("Collection({item})") } else { item }
    }

    /// Adds names of types that are not described. Of the places that name a type, the first stays.
    pub(crate) fn add_undocumented(&mut self, names: Vec<At<QualifiedName>>) {
        self.undocumented.extend(names);
        ordered::sort_by(&mut self.undocumented, |one, other| one.value.cmp(&other.value));
        self.undocumented.dedup_by(|later, first| later.value == first.value);
    }

    /// The names of all types, those of enum types last.
    pub(crate) fn type_names(&self) -> Vec<&QualifiedName> {
        let mut names: Vec<_> = self.types.iter().map(|ty| &ty.name).collect();
        names.extend(self.enums.iter().map(|ty| &ty.name));
        names
    }

    /// All structured types with their ids.
    pub fn structured_types(&self) -> impl ExactSizeIterator<Item = (TypeId, &StructuredType)> {
        self.types.iter().enumerate().map(|(index, ty)| (TypeId(index as u32), ty))
    }

    /// The type, its base, and so on up to the root.
    pub fn ancestry(&self, id: TypeId) -> impl Iterator<Item = TypeId> {
        std::iter::successors(Some(id), |id| self.structured(*id).base)
    }

    /// Returns true if a type is the other one or derives from it.
    pub(crate) fn derives(&self, derived: TypeId, base: TypeId) -> bool {
        self.ancestry(derived).any(|up| up == base)
    }

    /// The properties that a type and its bases declare, the type's own first. A property that is
    /// declared again comes more than once.
    pub(crate) fn declared_properties(&self, id: TypeId) -> impl Iterator<Item = &Property> {
        self.ancestry(id).flat_map(|ty| &self.structured(ty).properties)
    }

    /// The properties of a type and of its bases, the root's first. A property that a derived type
    /// declares again takes the place of the base's.
    pub fn all_properties(&self, id: TypeId) -> Vec<&Property> {
        let mut chain: Vec<TypeId> = self.ancestry(id).collect();
        chain.reverse();
        let count = chain.iter().map(|ty| self.structured(*ty).properties.len()).sum();
        let mut all: Vec<&Property> = Vec::with_capacity(count);
        let mut places = crate::hashing::HashMap::<&str, usize>::with_capacity_and_hasher(count, Default::default());
        for property in chain.into_iter().flat_map(|ty| &self.structured(ty).properties) {
            match places.entry(&property.name) {
                Entry::Occupied(known) => all[*known.get()] = property,
                Entry::Vacant(new) => {
                    new.insert(all.len());
                    all.push(property);
                }
            }
        }
        all
    }

    /// All types that derive from a type, directly or not, sorted by id.
    pub fn descendants(&self, id: TypeId) -> Vec<TypeId> {
        let mut found = Vec::new();
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            for derived in &self.structured(next).derived {
                found.push(*derived);
                open.push(*derived);
            }
        }
        ordered::sort(&mut found);
        found
    }
}

/// A module of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Module {
    /// The namespace.
    pub namespace: String,
    /// Path below the crate root in Rust names, which are ASCII; empty for the root:
    /// `["call_records"]`.
    pub path: Vec<String>,
}

/// An entity or complex type.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct StructuredType {
    /// Its name in the service.
    pub name: QualifiedName,
    /// Entity or complex.
    pub kind: TypeKind,
    /// True if it has no instances of its own, only those of derived types.
    pub is_abstract: bool,
    /// True if instances may have properties that are not declared.
    pub is_open: bool,
    /// True if its entities are media entities, which have a stream (`HasStream`).
    pub has_stream: bool,
    /// The names of the key properties; empty if a base type declares the key, or if no key is
    /// known.
    pub key: Vec<String>,
    /// The base type.
    pub base: Option<TypeId>,
    /// The place of the page's sentence that names the base type.
    pub base_span: Option<Span>,
    /// The types that have it as their base, sorted.
    pub derived: Vec<TypeId>,
    /// The properties that it declares itself, in the order of the page.
    pub properties: Vec<Property>,
    /// The description of the type.
    pub description: Option<Description>,
    /// The type's deprecation, if it should not be used any more.
    pub deprecation: Option<At<Deprecation>>,
    /// The page that describes it.
    pub page: FileId,
    /// The place of the type's name.
    pub span: Span,
    /// Derives and attributes that the user adds to its code.
    #[cfg_attr(feature = "cache", serde(default, skip_serializing_if = "Added::is_empty"))]
    pub added: Added,
    /// Its names in Rust.
    pub rust: TypeNames,
}

impl StructuredType {
    /// A type without properties, base and names in Rust.
    pub(crate) fn new(name: QualifiedName, kind: TypeKind, page: FileId, span: Span) -> Self {
        StructuredType {
            name,
            kind,
            is_abstract: false,
            is_open: false,
            has_stream: false,
            key: Vec::new(),
            base: None,
            base_span: None,
            derived: Vec::new(),
            properties: Vec::new(),
            description: None,
            deprecation: None,
            page,
            span,
            added: Added::default(),
            rust: TypeNames::default(),
        }
    }

    /// Returns true if the type is a complex type `Json` without properties. The service sends any
    /// JSON for it, including arrays and plain values.
    pub fn stands_for_any_json(&self) -> bool {
        self.name.name.eq_ignore_ascii_case("json")
            && self.kind == TypeKind::Complex
            && self.properties.is_empty()
            && self.base.is_none()
            && self.derived.is_empty()
    }
}

/// A property of a structured type.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Property {
    /// Its name in the service.
    pub name: String,
    /// Its type.
    pub ty: PropertyType,
    /// True if it is a navigation property, which relates entities to others (CSDL 4.01, 8).
    pub is_navigation: bool,
    /// The description of the property.
    pub description: Option<Description>,
    /// Facts that the page states about it, such as that it is read-only.
    pub facts: Facts,
    /// The place that describes it.
    pub span: Span,
    /// The field's name in Rust; a raw identifier is held with its `r#`. Unique in the type and its
    /// bases.
    pub rust_field: String,
    /// The constant's name in Rust. Unique in the type with all its bases.
    pub rust_const: String,
}

/// A property's type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct PropertyType {
    /// The type, or that of the collection's items.
    pub item: ValueType,
    /// True if it is a collection of such items.
    pub collection: bool,
}

/// A type of values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum ValueType {
    /// A primitive type; [`Primitive::Untyped`] is any JSON.
    Primitive(Primitive),
    /// An entity or complex type.
    Structured(TypeId),
    /// An enum type.
    Enum(EnumId),
    /// A type that no page describes; a key of [`Model::undocumented`].
    Undocumented(QualifiedName),
}

impl ValueType {
    /// Returns true if values are written in quotes in a URL, as strings and enum members are
    /// (OData URL Conventions 4.01, section 5.1.1.14.1).
    pub fn is_quoted_in_urls(&self) -> bool {
        !matches!(self, ValueType::Primitive(primitive) if *primitive != Primitive::String)
    }
}

/// An enum type.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct EnumType {
    /// Its name in the service.
    pub name: QualifiedName,
    /// True if members can be combined (`IsFlags`).
    pub is_flags: bool,
    /// True if it is a string to the service: the enum was made from the values that an action's
    /// parameter row lists.
    pub is_text: bool,
    /// Its members, in the order of the best description.
    pub members: Vec<Member>,
    /// The description of the enum type.
    pub description: Option<Description>,
    /// The page that describes it best.
    pub page: FileId,
    /// The place of the enum's name.
    pub span: Span,
    /// Derives and attributes that the user adds to its code.
    #[cfg_attr(feature = "cache", serde(default, skip_serializing_if = "Added::is_empty"))]
    pub added: Added,
    /// Its names in Rust.
    pub rust: TypeNames,
}

/// A member of an enum type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Member {
    /// Its name in the service.
    pub name: String,
    /// Its number, if a page states it.
    pub value: Option<i64>,
    /// The description of the member.
    pub description: Option<Description>,
    /// The deprecation, if it should not be used any more.
    pub deprecation: Option<At<Deprecation>>,
    /// The variant's name in Rust. Unique, and never that of the variant for unknown members.
    pub rust_variant: String,
    /// The place that describes it.
    pub span: Span,
}

impl HasName for Property {
    fn name(&self) -> &str {
        &self.name
    }
}

impl HasName for Member {
    fn name(&self) -> &str {
        &self.name
    }
}

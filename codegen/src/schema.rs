//! What the pages say: the intermediate representation between reading and resolving.
//!
//! A [`Schema`] holds facts as the pages state them. Names are still strings, contradictions still stand side by side,
//! and every fact knows where it was said. The `resolve` stage settles them into a [`Model`](crate::model::Model).
//! The vocabulary is that of OData's Common Schema Definition Language (CSDL) 4.01.

mod description;
pub mod operation;

use std::fmt;

pub use description::Description;
pub use operation::Operation;

use crate::source::{At, FileId, Span};

/// Everything that the pages of a run say, page by page in the order of their paths.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Schema {
    /// One entry a page.
    pub pages: Vec<PageInfo>,
    /// Entity and complex types; a type described on two pages stands here twice.
    pub types: Vec<StructuredType>,
    /// Descriptions of enum types; several may describe the same one.
    pub enums: Vec<EnumType>,
    /// The operations of the API pages.
    pub operations: Vec<Operation>,
}

/// A page and what it is.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct PageInfo {
    /// The page.
    pub file: FileId,
    /// What it describes.
    pub kind: PageKind,
    /// Its heading.
    pub title: Option<At<String>>,
    /// The namespace it states.
    pub namespace: Option<At<String>>,
}

/// What a page describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum PageKind {
    /// One or more structured types.
    Resource,
    /// Enum types only.
    Enumeration,
    /// Operations.
    Operation,
    /// Neither: an overview.
    Conceptual,
}

/// A name qualified by its namespace: `microsoft.graph.callRecords` and `session`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct QualifiedName {
    /// The namespace, without a final dot.
    pub namespace: String,
    /// The simple name.
    pub name: String,
}

impl QualifiedName {
    /// Joins the two parts.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        QualifiedName { namespace: namespace.into(), name: name.into() }
    }

    /// Splits `microsoft.graph.user` at its last dot; a leading `#` is ignored. `None` without a dot.
    pub fn parse(text: &str) -> Option<Self> {
        let (namespace, name) = text.trim_start_matches('#').rsplit_once('.')?;
        (!namespace.is_empty() && !name.is_empty()).then(|| QualifiedName::new(namespace, name))
    }
}

impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.namespace, self.name)
    }
}

/// A structured type (entity or complex) as one page describes it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct StructuredType {
    /// Its name, from the block's comment or else from the title; the place is where that stands.
    pub name: At<QualifiedName>,
    /// The page.
    pub file: FileId,
    /// What it is, in one paragraph of markdown.
    pub description: Option<Description>,
    /// The members that make its key (CSDL 4.01, 6.5), from `keyProperty` or a row that says "Key".
    pub key: Vec<At<String>>,
    /// Every base type that is claimed for it, the most reliable claim first.
    pub bases: Vec<BaseClaim>,
    /// Types that its page says are derived from it.
    pub derived: Vec<TypeRef>,
    /// It cannot have instances of its own (CSDL 4.01, 6.2).
    pub is_abstract: Option<At<bool>>,
    /// It may have undeclared properties (CSDL 4.01, 6.3).
    pub is_open: Option<At<bool>>,
    /// It is itself a media stream (CSDL 4.01, 6.4).
    pub has_stream: Option<At<bool>>,
    /// The page says entity or complex type outright.
    pub stated_kind: Option<At<TypeKind>>,
    /// The properties, in the order of tables and block.
    pub properties: Vec<Property>,
    /// The rows of the methods table.
    pub methods: Vec<MethodRow>,
    /// Not to be used any more.
    pub deprecation: Option<At<Deprecation>>,
    /// The JSON block that describes it.
    pub block: Option<Span>,
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

/// A base type that some place claims.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct BaseClaim {
    /// The base.
    pub base: TypeRef,
    /// What kind of place says so.
    pub source: BaseSource,
}

/// Where a base type is claimed; in the order of reliability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum BaseSource {
    /// `baseType` of the block's comment.
    Comment,
    /// A sentence: "Inherits from", "derived from".
    Prose,
    /// A list or table of derived types on the base's page.
    DerivedList,
    /// "Inherited from" in a property's row.
    PropertyRow,
}

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

/// The primitive types (CSDL 4.01, 3.3) that the pages use, and `Untyped`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
#[expect(missing_docs, reason = "the names are OData's own")]
pub enum Primitive {
    Binary,
    Boolean,
    Byte,
    Date,
    DateTimeOffset,
    Decimal,
    Double,
    Duration,
    Guid,
    Int16,
    Int32,
    Int64,
    SByte,
    Single,
    Stream,
    String,
    TimeOfDay,
    /// Any JSON (`Edm.Untyped`).
    Untyped,
}

impl Primitive {
    /// All of them, in the order of their names.
    pub const ALL: &[Primitive] = &[
        Primitive::Binary,
        Primitive::Boolean,
        Primitive::Byte,
        Primitive::Date,
        Primitive::DateTimeOffset,
        Primitive::Decimal,
        Primitive::Double,
        Primitive::Duration,
        Primitive::Guid,
        Primitive::Int16,
        Primitive::Int32,
        Primitive::Int64,
        Primitive::SByte,
        Primitive::Single,
        Primitive::Stream,
        Primitive::String,
        Primitive::TimeOfDay,
        Primitive::Untyped,
    ];

    /// Whether its values are strings in JSON, always (OData JSON 4.01, 7.1). A decimal may be one, and is a number.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Primitive::Binary
                | Primitive::Date
                | Primitive::DateTimeOffset
                | Primitive::Duration
                | Primitive::Guid
                | Primitive::Stream
                | Primitive::String
                | Primitive::TimeOfDay
        )
    }

    /// Whether its values are numbers.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Primitive::Byte
                | Primitive::Decimal
                | Primitive::Double
                | Primitive::Int16
                | Primitive::Int32
                | Primitive::Int64
                | Primitive::SByte
                | Primitive::Single
        )
    }

    /// The primitive of a name as CSDL writes it: `Edm.String`.
    pub fn from_edm_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.edm_name() == name)
    }

    /// The name in CSDL: `Edm.String`.
    pub fn edm_name(self) -> &'static str {
        match self {
            Primitive::Binary => "Edm.Binary",
            Primitive::Boolean => "Edm.Boolean",
            Primitive::Byte => "Edm.Byte",
            Primitive::Date => "Edm.Date",
            Primitive::DateTimeOffset => "Edm.DateTimeOffset",
            Primitive::Decimal => "Edm.Decimal",
            Primitive::Double => "Edm.Double",
            Primitive::Duration => "Edm.Duration",
            Primitive::Guid => "Edm.Guid",
            Primitive::Int16 => "Edm.Int16",
            Primitive::Int32 => "Edm.Int32",
            Primitive::Int64 => "Edm.Int64",
            Primitive::SByte => "Edm.SByte",
            Primitive::Single => "Edm.Single",
            Primitive::Stream => "Edm.Stream",
            Primitive::String => "Edm.String",
            Primitive::TimeOfDay => "Edm.TimeOfDay",
            Primitive::Untyped => "Edm.Untyped",
        }
    }
}

/// A property as one page describes it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Property {
    /// Its name.
    pub name: At<String>,
    /// Where it stands.
    pub source: PropertySource,
    /// The type that the table states; `None` for an empty cell or a property of the JSON block only.
    pub table_type: Option<At<TypeExpr>>,
    /// What the JSON block shows for it.
    pub json: Option<At<JsonShape>>,
    /// What it is, as markdown.
    pub description: Option<Description>,
    /// What the row says about it.
    pub facts: Facts,
    /// Values that the row lists.
    pub values: Option<ValueList>,
}

/// Where a property is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum PropertySource {
    /// A row of the properties table.
    Properties,
    /// A row of the relationships table.
    Relationships,
    /// The JSON block alone.
    JsonBlock,
}

/// What a JSON block shows in a property's place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct JsonShape {
    /// The type, as far as the token tells.
    pub item: JsonItem,
    /// It stands in an array.
    pub collection: bool,
}

/// What a token of a JSON block tells.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum JsonItem {
    /// `"String (timestamp)"`: a primitive by name.
    Primitive(Primitive),
    /// `{"@odata.type": "…"}` or a type's name.
    Named(TypeRef),
    /// `"a | b | c"`: an enum's members.
    Values(Vec<String>),
    /// `"string"`, or any sample text: a string on the wire, be it a date or an enum.
    Text,
    /// `true`, `false`
    Boolean,
    /// A number; `integral` without a fraction.
    Number {
        /// No fraction, no exponent.
        integral: bool,
    },
    /// An object that does not say its type.
    Object,
    /// `null`, `[]`, or nothing that tells.
    Nothing,
}

/// Values listed in a property's description.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct ValueList {
    /// The values in order.
    pub values: Vec<At<String>>,
    /// Values that need `Prefer: include-unknown-enum-members`; also in `values`.
    pub evolvable: Vec<String>,
    /// The list claims to be complete ("Possible values are"), not only to give examples.
    pub closed: bool,
    /// The page calls it flags ("flagged enumeration", "comma separated").
    pub flags: bool,
}

/// What a row says about a property beside name and type. `None` and empty mean: not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Facts {
    /// Set by the service only (Core.Computed / Core.Permissions).
    pub read_only: Option<Span>,
    /// Whether it may be null.
    pub nullable: Option<At<bool>>,
    /// Must be given when the entity is created.
    pub required: Option<Span>,
    /// It is (part of) the key.
    pub key: Option<Span>,
    /// The default value, as written.
    pub default: Option<At<String>>,
    /// At most so many characters.
    pub max_length: Option<At<u32>>,
    /// When it is returned.
    pub returned: Option<At<Returned>>,
    /// What `$filter` can do with it.
    pub filter: Option<At<Filter>>,
    /// `$orderby` works.
    pub order_by: Option<At<bool>>,
    /// `$search` works.
    pub search: Option<At<bool>>,
    /// `$expand` works.
    pub expand: Option<At<bool>>,
    /// Not to be used any more.
    pub deprecation: Option<At<Deprecation>>,
    /// Declared by a base type.
    pub inherited_from: Option<TypeRef>,
}

/// When a property is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Returned {
    /// Without asking.
    ByDefault,
    /// Only when `$select` names it.
    OnSelect,
}

/// What `$filter` can do with a property.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Filter {
    /// Whether it can be filtered at all.
    pub supported: bool,
    /// The operators and functions that are named, in lower camel case (`eq`, `startsWith`); empty: not said which.
    pub operators: Vec<String>,
}

/// A retirement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Deprecation {
    /// Since when, as written.
    pub since: Option<String>,
    /// What to use instead: a property's or type's name.
    pub instead: Option<String>,
    /// The sentence.
    pub text: String,
}

/// A row of a methods table.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct MethodRow {
    /// Its text.
    pub title: At<String>,
    /// Where its link leads, as written.
    pub target: Option<At<String>>,
    /// The return type; `None` for "None", an empty cell, or a cell that is no type.
    pub returns: Option<At<TypeExpr>>,
    /// Its description, as markdown.
    pub description: Option<Description>,
}

/// A description of an enum type.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct EnumType {
    /// Its name; in the page's namespace unless it is qualified on the page.
    pub name: At<QualifiedName>,
    /// The page.
    pub file: FileId,
    /// What kind of place describes it.
    pub source: EnumSource,
    /// What it is, as markdown.
    pub description: Option<Description>,
    /// Its members in order.
    pub members: Vec<Member>,
    /// Members combine (CSDL 4.01, 10.3).
    pub is_flags: Option<At<bool>>,
}

/// What kind of place describes an enum; in the order of reliability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum EnumSource {
    /// A page of its own.
    Page,
    /// A `### x values` section.
    Section,
    /// A list in the row of a property whose type it is.
    Property,
    /// `"a | b"` in a JSON block.
    JsonBlock,
    /// No page: `edmark.toml`. Never among what is read; the `resolve` stage adds it.
    Correction,
}

/// A member of an enum type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Member {
    /// Its name.
    pub name: At<String>,
    /// Its number, where the page gives one.
    pub value: Option<i64>,
    /// What it means.
    pub description: Option<Description>,
}

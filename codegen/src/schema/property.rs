//! Properties as pages describe them, in tables and in JSON blocks, and as metadata declares them.

use super::{Capabilities, Description, Primitive, TypeExpr, TypeRef};
use crate::source::{At, Span};
use crate::vocabulary::bare;

/// A property as one page or metadata document describes it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct DeclaredProperty {
    /// Its name.
    pub name: At<String>,
    /// The kind of place that describes it.
    pub source: PropertySource,
    /// The type in the table or in the metadata; `None` if the cell is empty or only the JSON block
    /// has the property.
    pub table_type: Option<At<TypeExpr>>,
    /// The sample value in the JSON block.
    pub json: Option<At<JsonShape>>,
    /// The description of the property.
    pub description: Option<Description>,
    /// Facts that the row states about it.
    pub facts: Facts,
    /// Values that the row lists.
    pub values: Option<ValueList>,
    /// Facts that metadata states about a navigation property.
    pub navigation: Option<Box<Navigation>>,
    /// For a property of the JSON block alone: the row that the table lacks, if the block tells all
    /// of it, at the place where it belongs.
    pub missing_row: Option<Box<At<String>>>,
}

impl DeclaredProperty {
    /// A property of which only the name is known.
    pub(crate) fn named(name: At<String>, source: PropertySource) -> Self {
        DeclaredProperty {
            name,
            source,
            table_type: None,
            json: None,
            description: None,
            facts: Facts::default(),
            values: None,
            navigation: None,
            missing_row: None,
        }
    }
}

/// Facts that metadata states about a navigation property (CSDL 4.01, 8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Navigation {
    /// True if it is a containment navigation property: its target belongs to the entity (8.4).
    pub contains_target: bool,
    /// The partner, which is the navigation property in the opposite direction (8.5).
    pub partner: Option<String>,
    /// The capabilities of the service for its target.
    pub capabilities: Capabilities,
    /// True if only reading is allowed (Core, `Permissions`).
    pub is_read_only: bool,
}

/// The kind of place that describes a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum PropertySource {
    /// A row of the properties table.
    Properties,
    /// A row of the relationships table.
    Relationships,
    /// The JSON block alone.
    JsonBlock,
    /// `Property` of the metadata.
    DeclaredStructural,
    /// `NavigationProperty` of the metadata.
    DeclaredNavigation,
}

impl PropertySource {
    /// Returns true if metadata declares the property.
    pub fn is_declared(self) -> bool {
        matches!(self, PropertySource::DeclaredStructural | PropertySource::DeclaredNavigation)
    }
}

/// The sample value of a property in a JSON block.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct JsonShape {
    /// The type, as far as the sample value tells.
    pub item: JsonItem,
    /// True if it is in an array.
    pub collection: bool,
}

/// The type of a sample value in a JSON block.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum JsonItem {
    /// `"String (timestamp)"`: the name of a primitive type.
    Primitive(Primitive),
    /// `{"@odata.type": "…"}` or the name of a type.
    Named(TypeRef),
    /// `"a | b | c"`: an enum's members.
    Values(Vec<String>),
    /// `"string"`, or any sample text. On the wire it is a string, which may be a date or an enum.
    Text,
    /// `true`, `false`
    Boolean,
    /// A number.
    Number {
        /// True if it has no fraction and no exponent.
        integral: bool,
    },
    /// An object that does not state its type.
    Object,
    /// `null`, `[]`, or a value that tells no type.
    Nothing,
}

/// Values listed in a property's description.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct ValueList {
    /// The values in order.
    pub values: Vec<At<String>>,
    /// Values that are only returned with `Prefer: include-unknown-enum-members`; they are in
    /// `values` as well.
    pub evolvable: Vec<String>,
    /// True if the list claims to be complete ("Possible values are"), and does not only give
    /// examples.
    pub closed: bool,
    /// True if the page says that values can be combined ("flagged enumeration", "comma
    /// separated").
    pub flags: bool,
}

/// Facts that a row states about a property, besides its name and type. `None` and empty values
/// mean that nothing is stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Facts {
    /// Only the service sets it (Core.Computed / Core.Permissions).
    pub read_only: Option<Span>,
    /// True if it may be null, false if not.
    pub nullable: Option<At<bool>>,
    /// It is required when the entity is created.
    pub required: Option<Span>,
    /// It can be set on creation, and not be changed later (Core.Immutable).
    pub immutable: Option<Span>,
    /// It is the key, or a part of it.
    pub key: Option<Span>,
    /// The default value, as written.
    pub default: Option<At<String>>,
    /// The maximum number of characters.
    pub max_length: Option<At<u32>>,
    /// The condition under which it is returned.
    pub returned: Option<At<Returned>>,
    /// The support of `$filter`.
    pub filter: Option<At<Filter>>,
    /// True if `$orderby` is supported.
    pub order_by: Option<At<bool>>,
    /// True if `$search` is supported.
    pub search: Option<At<bool>>,
    /// True if `$expand` is supported.
    pub expand: Option<At<bool>>,
    /// The deprecation, if it should not be used any more.
    pub deprecation: Option<At<Deprecation>>,
    /// The base type that declares it.
    pub inherited_from: Option<TypeRef>,
}

impl Facts {
    /// The facts that a description does not contain, because they were read elsewhere.
    pub fn beyond<L>(&self, description: Option<&Description<L>>) -> Facts {
        let Some(description) = description else { return self.clone() };
        let place = |span: Option<Span>| span.filter(|span| !description.covers(*span));
        fn value<T: Clone, L>(fact: &Option<At<T>>, description: &Description<L>) -> Option<At<T>> {
            fact.as_ref().filter(|fact| !description.covers(fact.span)).cloned()
        }
        Facts {
            read_only: place(self.read_only),
            nullable: value(&self.nullable, description),
            required: place(self.required),
            immutable: place(self.immutable),
            key: place(self.key),
            default: value(&self.default, description),
            max_length: value(&self.max_length, description),
            returned: value(&self.returned, description),
            filter: value(&self.filter, description),
            order_by: value(&self.order_by, description),
            search: value(&self.search, description),
            expand: value(&self.expand, description),
            deprecation: value(&self.deprecation, description),
            inherited_from: self.inherited_from.as_ref().filter(|base| !description.covers(base.span)).cloned(),
        }
    }
}

/// The condition under which a property is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Returned {
    /// It is returned by default.
    ByDefault,
    /// It is returned only if `$select` names it.
    OnSelect,
}

/// The support of `$filter` for a property.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Filter {
    /// True if filtering is supported.
    pub supported: bool,
    /// The operators and functions that the page names, in lower camel case (`eq`, `startsWith`).
    /// Empty if it names none.
    pub operators: Vec<String>,
}

/// A deprecation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Deprecation {
    /// The date or version since which it is deprecated, as written.
    pub since: Option<String>,
    /// The replacement: the name of a property or type.
    pub instead: Option<String>,
    /// The sentence that announces it.
    pub text: String,
}

impl Deprecation {
    /// Returns true if the text is no more than the word, as a mark beside a name is.
    pub(crate) fn is_bare(&self) -> bool {
        bare(&self.text).eq_ignore_ascii_case("deprecated")
    }
}

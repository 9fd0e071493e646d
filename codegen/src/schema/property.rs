//! Properties as pages describe them, in tables and in JSON blocks, and as metadata declares them.

use super::{Capabilities, Description, Primitive, TypeExpr, TypeRef};
use crate::source::{At, Span};

/// A property as one page or document describes it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Property {
    /// Its name.
    pub name: At<String>,
    /// Where it stands.
    pub source: PropertySource,
    /// The type that the table or the metadata states; `None` for an empty cell or a property of
    /// the JSON block only.
    pub table_type: Option<At<TypeExpr>>,
    /// What the JSON block shows for it.
    pub json: Option<At<JsonShape>>,
    /// What it is.
    pub description: Option<Description>,
    /// What the row says about it.
    pub facts: Facts,
    /// Values that the row lists.
    pub values: Option<ValueList>,
    /// What the metadata says of a navigation property.
    pub navigation: Option<Box<Navigation>>,
}

/// What metadata says of a navigation property (CSDL 4.01, 8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Navigation {
    /// What it leads to belongs to the entity that has the property (8.4).
    pub contains_target: bool,
    /// The property that leads back (8.5).
    pub partner: Option<String>,
    /// What the service supports behind it.
    pub capabilities: Capabilities,
    /// Nothing but reading is granted (Core, `Permissions`).
    pub is_read_only: bool,
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
    /// `Property` of the metadata.
    DeclaredStructural,
    /// `NavigationProperty` of the metadata.
    DeclaredNavigation,
}

impl PropertySource {
    /// Whether the metadata declares the property.
    pub fn is_declared(self) -> bool {
        matches!(self, PropertySource::DeclaredStructural | PropertySource::DeclaredNavigation)
    }
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

impl Facts {
    /// The facts that a description does not say: those that were read elsewhere.
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
    /// The operators and functions that are named, in lower camel case (`eq`, `startsWith`); empty:
    /// not said which.
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

impl Deprecation {
    /// Whether the text is no more than the word, as a mark beside a name is.
    pub(crate) fn is_bare(&self) -> bool {
        self.text.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case("deprecated")
    }
}

//! The API of the generated code as a value: every item that a caller can name, as the compiler
//! sees it.
//!
//! It is read from the code itself ([`code`]), so it is accurate, and two folders of generated code
//! can be compared regardless of their origin. If the model is available, base types and
//! descriptions are added. Its [`Display`](std::fmt::Display) writes one line for each item, for
//! snapshots that people review; [`diff`](crate::diff) compares two surfaces.
//!
//! It does not contain what follows from the rest: implementations of traits, which all types of a
//! shape have, and the field `additional`.

pub mod code;
mod facts;
mod json;
mod text;

pub use code::CodeError;
pub use json::SurfaceError;

use std::fmt;

use crate::Analysis;
use crate::emit::{self, Layout};
use crate::model::{Deprecation, Description, Model};
use crate::source::SourceMap;

/// The API of the generated code, sorted by path.
///
/// ```
/// use edmark::{pipeline, resolve, source::SourceMap, surface::Surface};
///
/// let page = "# city complex type\n\nNamespace: microsoft.graph\n\n## Properties\n\
///             |Property|Type|Description|\n|:---|:---|:---|\n|name|String|What it is called.|\n";
/// let sources = SourceMap::from_texts([("city.md".to_owned(), page.to_owned())]);
/// let (schema, _) = pipeline::read(&sources);
/// let (model, _) = pipeline::resolve(&schema, &sources, &resolve::Options::default());
/// let surface = Surface::of(&model, &sources)?;
/// assert_eq!((surface.types[0].path.as_str(), surface.types[0].items[0].signature.as_str()), ("City", "Option<String>"));
/// # Ok::<_, edmark::surface::CodeError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surface {
    /// The types.
    pub types: Vec<Type>,
}

/// A type of the generated code.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// Its path below the root of the generated code: `User`, `call_records::Session`.
    pub path: String,
    /// The element of the service that it represents: the qualified name of a type.
    pub origin: String,
    /// The kind of Rust item.
    pub shape: Shape,
    /// The path of the base type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Its documentation, without a deprecation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub documentation: String,
    /// The reason why it is deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecation: Option<String>,
    /// Its items, in the order of the code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

/// The kinds of types in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A struct: an entity or complex type.
    Struct,
    /// An enum of a base type and all types that derive from it.
    Family,
    /// An open enum.
    Enum,
    /// An open enum whose members can be combined: it is used within `Flags`.
    FlagsEnum,
    /// A type alias for any JSON value.
    Alias,
    /// A request builder: a struct whose functions make requests.
    Builder,
}

/// An item of a type.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The kind of item.
    pub kind: ItemKind,
    /// Its name in Rust.
    pub name: String,
    /// The part of its declaration after the name. For a property: the type of the field. For a
    /// variant: the type of its value, or nothing. For a function: the types of its parameters and
    /// its return type. Paths begin at the root of the generated code; `rt` is `edmark_runtime`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signature: String,
    /// The constant of a property.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constant: Option<Constant>,
    /// The representation in requests and responses: the service's name of a property or member, or
    /// the method and path of a request.
    pub wire: String,
    /// The path of the base type that declares the property.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inherited_from: Option<String>,
    /// Its documentation, without a deprecation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub documentation: String,
    /// The reason why it is deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecation: Option<String>,
}

/// The constant of a property.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// The name of the constant.
    pub name: String,
    /// The type of the property's values: `String` in `rt::Property<Self, String>`.
    pub value: String,
    /// True if only the service sets the property.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
}

impl Constant {
    /// The type of the constant.
    pub fn signature(&self) -> String {
        format!("rt::Property<Self, {}>", self.value)
    }
}

/// The kinds of [`Item`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// A public field and its constant.
    Property,
    /// A variant of an enum.
    Variant,
    /// A function of a request builder, which returns another builder or a request.
    Function,
}

impl ItemKind {
    /// The name of the kind in messages.
    pub fn name(self) -> &'static str {
        match self {
            ItemKind::Property => "property",
            ItemKind::Variant => "variant",
            ItemKind::Function => "function",
        }
    }
}

impl Shape {
    /// The name of the shape in messages.
    pub fn description(self) -> &'static str {
        match self {
            Shape::Struct => "struct",
            Shape::Family => "enum of a family",
            Shape::Enum | Shape::FlagsEnum => "enum",
            Shape::Alias => "name for any JSON",
            Shape::Builder => "request builder",
        }
    }

    /// The keyword that declares it.
    pub fn keyword(self) -> &'static str {
        match self {
            Shape::Struct | Shape::Builder => "struct",
            Shape::Family | Shape::Enum | Shape::FlagsEnum => "enum",
            Shape::Alias => "type",
        }
    }
}

impl Surface {
    /// The surface of the code that is generated from a model, with the descriptions of the pages.
    ///
    /// # Errors
    /// [`CodeError`] if the code is not valid Rust, which is a defect of edmark.
    pub fn of(model: &Model, sources: &SourceMap) -> Result<Self, CodeError> {
        const FILE: &str = "code.rs";
        let options = emit::Options { layout: Layout::SingleFile { name: Some(FILE.to_owned()) } };
        let files = emit::emit(model, sources, &options);
        let mut surface = code::read_from(FILE, |path| files.get(path))?;
        facts::add(&mut surface, model);
        Ok(surface)
    }

    /// The type at a path.
    pub fn get(&self, path: &str) -> Option<&Type> {
        self.types.binary_search_by(|ty| ty.path.as_str().cmp(path)).ok().map(|index| &self.types[index])
    }
}

/// The API of a model's code as a short text for a snapshot test: one line for each type, property,
/// variant and function. Inherited properties are listed only with the base type.
///
/// A crate with a snapshot of its API, here with insta, shows in review how a change of the pages
/// changes the API, line by line:
///
/// ```no_run
/// // #[test]
/// fn the_api_is_reviewed() -> Result<(), edmark::Error> {
///     insta::assert_snapshot!(edmark::snapshot(&edmark::Config::from_file("edmark.toml")?.analyse()?));
///     Ok(())
/// }
/// ```
///
/// Pages in a folder are read in the same way: `edmark::Config::new().docs("docs")`. If the code is
/// not valid Rust, which is a defect of edmark, the text is the error message.
pub fn snapshot(analysis: &Analysis) -> String {
    match Surface::of(&analysis.model, &analysis.sources) {
        Ok(surface) => surface.to_string(),
        Err(error) => error.to_string(),
    }
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.types.iter().try_for_each(|ty| text::write(ty, f))
    }
}

/// The text of a description.
fn said(description: &Option<Description>) -> String {
    description.as_ref().map(Description::to_markdown).unwrap_or_default()
}

/// A deprecation in one line.
fn deprecation(said: &Deprecation) -> String {
    let mut parts = Vec::new();
    parts.extend(said.since.as_ref().map(|since| format!("since {since}")));
    parts.extend(said.instead.as_ref().map(|instead| format!("use {instead} instead")));
    if parts.is_empty() && !said.text.is_empty() {
        parts.push(said.text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    parts.join(", ")
}

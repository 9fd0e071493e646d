//! The API of the generated code as a value: every item that a caller can name, with all that the
//! compiler sees of it.
//!
//! It is read from the code itself ([`code`]), so what it says is what the compiler sees; two
//! folders of generated code can be compared, whatever made them. Where the model is known, too,
//! base types and descriptions are added. Its [`Display`](std::fmt::Display) gives a line an item,
//! for snapshots that people review; [`diff`](crate::diff) compares two surfaces.
//!
//! Not in it is what follows from the rest: impls of traits, which all types of a shape have, and
//! the field `additional`.

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

/// What the generated code offers, sorted by path.
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
    /// What it stands for: the qualified name of a type of the service.
    pub origin: String,
    /// What it is in Rust.
    pub shape: Shape,
    /// The path of the type that it derives from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// What its documentation says, beside a deprecation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub documentation: String,
    /// Why it is not to be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecation: Option<String>,
    /// What belongs to it, in the order of the code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

/// What a type is in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A struct: an entity or complex type.
    Struct,
    /// An enum of a type and all that derive from it.
    Family,
    /// An open enum.
    Enum,
    /// An open enum whose members combine: it stands in `Flags`.
    FlagsEnum,
    /// Another name for any JSON.
    Alias,
    /// A struct of functions that make requests.
    Builder,
}

/// What belongs to a type.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its name in Rust.
    pub name: String,
    /// What the compiler sees of it beside the name. A property: the type of the field. A variant:
    /// the type of its value, or nothing. A function: the types of its parameters and of what it
    /// returns. Paths begin at the root of the generated code; `rt` is `edmark_runtime`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signature: String,
    /// The constant that goes with a property.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constant: Option<Constant>,
    /// What goes over the wire: the service's name of a property or member, the method and path of
    /// a request.
    pub wire: String,
    /// The path of the base type that declares it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inherited_from: Option<String>,
    /// What its documentation says, beside a deprecation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub documentation: String,
    /// Why it is not to be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecation: Option<String>,
}

/// The constant of a property.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Its name.
    pub name: String,
    /// The type of the values: `String` in `rt::Property<Self, String>`.
    pub value: String,
    /// Only the service sets the property.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
}

impl Constant {
    /// Its type.
    pub fn signature(&self) -> String {
        format!("rt::Property<Self, {}>", self.value)
    }
}

/// What an [`Item`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// A public field and its constant.
    Property,
    /// A variant of an enum.
    Variant,
    /// A function of a request builder: it leads on, or makes a request.
    Function,
}

impl ItemKind {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            ItemKind::Property => "property",
            ItemKind::Variant => "variant",
            ItemKind::Function => "function",
        }
    }
}

impl Shape {
    /// What people call it.
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
    /// The surface of the code that is made of a model, with what the pages say of it.
    ///
    /// # Errors
    /// [`CodeError`] where the code is not Rust: a defect of edmark.
    pub fn of(model: &Model, sources: &SourceMap) -> Result<Self, CodeError> {
        const FILE: &str = "code.rs";
        let options = emit::Options { layout: Layout::SingleFile { name: FILE.to_owned() } };
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

/// The API of a model's code as short text, for a snapshot test: a line a type, property, variant
/// and function. Properties that a base declares stand with the base only.
///
/// A crate that keeps its API in a snapshot, here of insta, sees what a change of the pages does to
/// it, line by line, in review:
///
/// ```no_run
/// // #[test]
/// fn the_api_is_reviewed() -> Result<(), edmark::Error> {
///     insta::assert_snapshot!(edmark::snapshot(&edmark::Config::from_file("edmark.toml")?.analyse()?));
///     Ok(())
/// }
/// ```
///
/// Pages below a folder are named the same way: `edmark::Config::new().docs("docs")`.
/// Where the code is not Rust, which is a defect of edmark, the text is the message that says so.
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

/// What a description says.
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

//! The request builders of a model: the URLs that pages describe as one tree, and what can be asked
//! at each of its places.
//!
//! A [`Builder`] is a place that URLs lead to. Places that address one entity of the same type are
//! the same builder (`/me` and `/users/{id}`), so a "tree" may join again and, like the service's
//! own model, recur (`/mailFolders/{id}/childFolders/{id}`).

use std::collections::BTreeSet;

use crate::model::{Deprecation, Description, HttpMethod, Segment, StructuredType, TypeId, ValueType};
pub use crate::schema::operation::{Grant, Permission, PermissionKind};
use crate::source::{At, FileId, Span};

/// A builder of a [`RequestTree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct BuilderId(pub(crate) u32);

impl BuilderId {
    /// Its position in [`RequestTree::builders`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All request builders of a service.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct RequestTree {
    /// The builders; [`BuilderId`] is the index, and the first is the service's root. Empty for
    /// pages without requests.
    pub builders: Vec<Builder>,
    /// The parameters of actions, one complex type each, in the order of the pages. They are no
    /// types of the service: nothing refers to them but [`Body::Parameters`], which holds an index.
    pub parameters: Vec<StructuredType>,
    /// The module that holds the builders, below the root of the generated code: `requests`.
    pub module: String,
    /// The root of the generated code exports the first builder, too: no type there has its name.
    pub is_entry_in_root: bool,
}

impl RequestTree {
    /// All operations, each with its builder.
    pub fn operations(&self) -> impl Iterator<Item = (&Builder, &Operation)> {
        self.builders.iter().flat_map(|builder| builder.operations.iter().map(move |operation| (builder, operation)))
    }

    /// The API pages of a type's operations: those that its methods table leads to, and those of
    /// its builders that no table leads to.
    pub fn pages_of(&self, ty: TypeId) -> BTreeSet<FileId> {
        let is_of = |(builder, operation): &(&Builder, &Operation)| match operation.owners.as_slice() {
            [] => builder.ty == Some(ty),
            owners => owners.contains(&ty),
        };
        self.operations().filter(is_of).flat_map(|(_, operation)| operation.pages()).collect()
    }

    /// The types of all values that requests carry and give.
    pub fn values(&self) -> impl Iterator<Item = &ValueType> {
        let operations = self.operations().map(|(_, operation)| operation);
        let members = self.parameters.iter().flat_map(|ty| &ty.properties).map(|property| &property.ty.item);
        operations.flat_map(Operation::values).chain(members)
    }

    /// The builder of an id.
    pub fn builder(&self, id: BuilderId) -> &Builder {
        &self.builders[id.0 as usize]
    }
}

/// A place that URLs lead to.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Builder {
    /// The struct's name in Rust: `UserRequests`. Unique in the tree.
    pub rust_name: String,
    /// The private module (and file) below `requests` that holds it: `user`. Builders of one owner
    /// share a file.
    pub file: String,
    /// The type of what it leads to, or of a collection's items, where known.
    pub ty: Option<TypeId>,
    /// It leads to a collection.
    pub collection: bool,
    /// The documented paths that lead here, the shortest first: `/me`, `/users/{id}`. Empty for the
    /// root.
    pub paths: Vec<String>,
    /// Where URLs go on from here, by Rust name.
    pub steps: Vec<Step>,
    /// What can be asked here, by Rust name.
    pub operations: Vec<Operation>,
}

/// One segment further.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Step {
    /// The method's name in Rust: `messages`, `id`, `by_path`. Unique among the steps and
    /// operations of its builder.
    pub rust_name: String,
    /// The segment.
    pub segment: Segment,
    /// It is a key between parentheses behind the segment before: `applications(appId='{id}')`.
    /// `segment` is a call then, whose name is that segment again.
    pub is_key: bool,
    /// Its placeholders, in order.
    pub parameters: Vec<Parameter>,
    /// The names of variables in the method, one for the arguments of each call in the segment.
    pub lists: Vec<String>,
    /// Where it leads.
    pub target: BuilderId,
}

impl Step {
    /// Its segment in the service's form of keys: `/messages`, `/{id}`, `('{id}')`.
    pub fn path(&self, keys_in_parentheses: bool) -> String {
        match (&self.segment, self.parameters.as_slice()) {
            (Segment::Key(placeholder), [parameter]) => {
                key(placeholder, parameter.ty.is_quoted_in_urls(), keys_in_parentheses)
            }
            (segment, _) => format!("/{segment}"),
        }
    }
}

/// A key of one value in a path: `/{id}`, `({id})`, `('{id}')`.
pub(crate) fn key(placeholder: &str, is_quoted: bool, in_parentheses: bool) -> String {
    match (in_parentheses, is_quoted) {
        (false, _) => format!("/{{{placeholder}}}"),
        (true, false) => format!("({{{placeholder}}})"),
        (true, true) => format!("('{{{placeholder}}}')"),
    }
}

/// A placeholder of a path or a query string, as a parameter of a Rust function.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Parameter {
    /// The placeholder's text, without braces.
    pub placeholder: String,
    /// Its name in Rust. Unique in the function.
    pub rust_name: String,
    /// Its type, where the page gives a primitive or an enum type; a string otherwise.
    pub ty: ValueType,
    /// Its type in Rust.
    pub rust_type: ParameterType,
    /// The request can go without it: an `Option` in Rust. Only for arguments with a name, and for
    /// query options.
    pub is_optional: bool,
    /// What it is.
    pub description: Option<Description>,
}

/// The type of a [`Parameter`] in Rust.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum ParameterType {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `f64`
    F64,
    /// A reference to an open enum, whose members are known by their names.
    Enum,
    /// `&str`: text, and whatever has the form of text in a URL.
    #[default]
    Text,
}

/// What an operation is in OData's terms (OData Protocol 4.01, 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum OperationKind {
    /// Reads an entity, a collection or a property.
    Read,
    /// Adds an entity to a collection.
    Create,
    /// Changes an entity (`PATCH`), or replaces it (`PUT`).
    Update,
    /// Removes an entity.
    Delete,
    /// Calls an action; bound when its builder is not the root.
    Action,
    /// Calls a function; bound when its builder is not the root.
    Function,
    /// Reads, adds, sets or removes references: `$ref`.
    Reference,
    /// Reads or writes the bytes of a stream: `$value`, or a property of type `Edm.Stream`.
    Media,
    /// Asks for changes since the last time: `delta`.
    Delta,
    /// Counts: `$count`.
    Count,
}

/// A request that can be made at a place.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Operation {
    /// Its name in Rust: `list`, `get`, `create`, `forward`. Unique among the steps and operations
    /// of its builder.
    pub rust_name: String,
    /// What it is.
    pub kind: OperationKind,
    /// The HTTP method.
    pub http: HttpMethod,
    /// What stands behind the builder's path: nothing, or one segment (`forward`, `delta`, `$ref`,
    /// `range(address='{address}')`).
    pub path: Vec<Segment>,
    /// The placeholders of `path`, then those of `query`, in order.
    pub parameters: Vec<Parameter>,
    /// Query options that the template spells out and that are no system query options, in its
    /// order: the name, and the placeholder or the fixed text.
    pub query: Vec<(String, QueryValue)>,
    /// Which system query options it offers (`$select` and the others).
    pub options: SystemOptions,
    /// Headers that every request of it has, because its page requires them with a fixed value:
    /// `ConsistencyLevel: eventual`.
    pub headers: Vec<(String, String)>,
    /// What the request carries.
    pub body: Body,
    /// The body names its type, of [`Body::Value`] or [`Body::Update`], by `@odata.type`: it is not
    /// the declared type of the place, or an example of the page names it (OData JSON 4.01, section
    /// 4.6.3).
    pub is_tagged: bool,
    /// What comes back.
    pub answer: Answer,
    /// What its function in Rust is written with, beside its name and parameters.
    pub function: Function,
    /// The page's heading.
    pub title: String,
    /// What it does.
    pub description: Option<Description>,
    /// Not to be called any more.
    pub deprecation: Option<At<Deprecation>>,
    /// Who may send it, by the page that leads.
    pub permissions: Vec<Permission>,
    /// What further pages say otherwise about that, each with its rows that differ.
    pub also_permissions: Vec<(FileId, Vec<Permission>)>,
    /// The documented templates that are this operation, in the order of the page:
    /// `/users/{id}/messages`.
    pub templates: Vec<String>,
    /// The API page; of several, the one that leads.
    pub page: FileId,
    /// Further pages that describe the same request.
    pub also: Vec<FileId>,
    /// The types whose methods tables lead to one of the pages, sorted.
    pub owners: Vec<TypeId>,
    /// Where its first template stands.
    pub span: Span,
}

impl Operation {
    /// The API pages that describe it, the one that leads first.
    pub fn pages(&self) -> impl Iterator<Item = FileId> {
        std::iter::once(self.page).chain(self.also.iter().copied())
    }

    /// The types of the values that it carries and gives; an action's parameters stand in
    /// [`RequestTree::parameters`].
    pub fn values(&self) -> impl Iterator<Item = &ValueType> {
        let body = match &self.body {
            Body::Value(item) => Some(item),
            _ => None,
        };
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(body).chain(self.answer.item())
    }
}

impl Answer {
    /// The type of the value, or of the items.
    pub fn item(&self) -> Option<&ValueType> {
        match self {
            Answer::One(item)
            | Answer::Optional(item)
            | Answer::Single(item)
            | Answer::Many(item)
            | Answer::Delta(item) => Some(item),
            Answer::Nothing | Answer::Bytes | Answer::Text | Answer::Count | Answer::Accepted => None,
        }
    }
}

/// What the function of an operation is written with, beside its name and the parameters for
/// placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Function {
    /// The names of the parameters that give the request its body.
    pub body: Vec<String>,
    /// The names of variables, one for the arguments of each call in the path.
    pub lists: Vec<String>,
    /// The name of the variable for the place that the request is sent to.
    pub at: String,
    /// The type of the request.
    pub request: RequestType,
    /// How the response is decoded.
    pub decoding: Decoding,
}

/// The type of a request in Rust, which says how it can be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum RequestType {
    /// For one value, with the query options of [`Operation::options`].
    #[default]
    Plain,
    /// For a structured value, of which properties can be selected.
    Read,
    /// For a collection, page by page.
    List,
    /// For changes, page by page.
    Delta,
}

/// How the body of a response is decoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Decoding {
    /// There is none.
    #[default]
    Nothing,
    /// As a JSON document.
    Json,
    /// As a JSON document, where there is any.
    Optional,
    /// As a JSON document with the value in it.
    Single,
    /// As it is.
    Bytes,
    /// As text.
    Text,
    /// As a number in plain text.
    Count,
    /// There is none; a header says where to ask how it goes.
    Accepted,
}

/// The value of a query option in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum QueryValue {
    /// `{start}`: the next of the operation's parameters; `quoted` where quotes stand around it.
    Placeholder {
        /// `'{start}'`
        quoted: bool,
    },
    /// As written.
    Fixed(String),
}

/// The system query options that make sense for what comes back (OData URL Conventions 4.01, 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum SystemOptions {
    /// None.
    None,
    /// `$select` and `$expand` on the properties of a type.
    One(TypeId),
    /// All of them, on the properties of the items' type.
    Many(TypeId),
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Body {
    /// No body.
    Nothing,
    /// A value of a type.
    Value(ValueType),
    /// Changes of an entity.
    Update(TypeId),
    /// An action's parameters: an index of [`RequestTree::parameters`].
    Parameters(usize),
    /// `{"@odata.id": "…"}`
    Reference,
    /// Bytes, of a media type that the caller says.
    Bytes,
    /// Any JSON: the page does not say what.
    Json,
}

/// What comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Answer {
    /// No body.
    Nothing,
    /// A structured value.
    One(ValueType),
    /// A structured value, or nothing (204): what the service does after a change, as it likes or
    /// as `Prefer: return=…` asks.
    Optional(ValueType),
    /// A primitive or enum value: `{"value": 12}`.
    Single(ValueType),
    /// A collection, with its count and links.
    Many(ValueType),
    /// A page of changes, with a link to go on.
    Delta(ValueType),
    /// Bytes.
    Bytes,
    /// Plain text.
    Text,
    /// A number as plain text: what `$count` gives.
    Count,
    /// 202, and a `Location` to ask how it goes.
    Accepted,
}

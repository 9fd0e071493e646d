//! The request builders of a model: the URLs that pages describe as one tree, with the requests
//! that can be made at each path.
//!
//! A [`Builder`] stands for a path, or for several: paths that address an entity of the same type
//! share a builder (`/me` and `/users/{id}`). So branches of the "tree" may join again, and a path
//! may lead back to a builder above it (`/mailFolders/{id}/childFolders/{id}`).

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
    /// The builders; [`BuilderId`] is the index, and the first is the service's root. Empty if no
    /// page describes requests.
    pub builders: Vec<Builder>,
    /// The parameters of actions, one complex type for each action, in the order of the pages. They
    /// are not types of the service: only [`Body::Parameters`] refers to them, by index.
    pub parameters: Vec<StructuredType>,
    /// The name of the module that holds the builders, below the root of the generated code:
    /// `requests`.
    pub module: String,
}

impl RequestTree {
    /// The name of the root builder, which the root of the generated code exports: `Graph`. `None`
    /// if there are no builders.
    #[cfg(feature = "package")]
    pub(crate) fn entry(&self) -> Option<&str> {
        Some(&self.builders.first()?.rust_name)
    }

    /// All operations, each with its builder.
    pub fn operations(&self) -> impl Iterator<Item = (&Builder, &Operation)> {
        self.builders.iter().flat_map(|builder| builder.operations.iter().map(move |operation| (builder, operation)))
    }

    /// The value types of all parameters, request bodies and responses.
    pub fn values(&self) -> Vec<&ValueType> {
        let mut values = Vec::new();
        for operation in self.builders.iter().flat_map(|builder| &builder.operations) {
            values.extend(operation.values());
        }
        for property in self.parameters.iter().flat_map(|ty| &ty.properties) {
            values.push(&property.ty.item);
        }
        values
    }

    /// The builder of an id.
    pub fn builder(&self, id: BuilderId) -> &Builder {
        &self.builders[id.0 as usize]
    }
}

/// A path of the service, or several equivalent ones, with the requests that can be made there.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Builder {
    /// The struct's name in Rust: `UserRequests`. Unique in the tree.
    pub rust_name: String,
    /// The private module (and file) below `requests` that holds it: `user`. Builders that belong
    /// to the same type share a file.
    pub file: String,
    /// The type of the entity at the path, or of a collection's items, if it is known.
    pub ty: Option<TypeId>,
    /// True if the path addresses a collection.
    pub collection: bool,
    /// The documented paths of this builder, the shortest first: `/me`, `/users/{id}`. Empty for
    /// the root.
    pub paths: Vec<String>,
    /// The segments that may follow, sorted by Rust name.
    pub steps: Vec<Step>,
    /// The requests that can be made here, sorted by Rust name.
    pub operations: Vec<Operation>,
    /// True if one of the paths may lead to no entity.
    pub is_nullable: bool,
}

impl Builder {
    /// The request that reads the entity at the path, if it needs nothing but the path.
    pub(crate) fn reading(&self) -> Option<&Operation> {
        self.operations.iter().find(|operation| {
            operation.rust_name == "get"
                && operation.kind == OperationKind::Read
                && operation.path.is_empty()
                && operation.parameters.is_empty()
                && matches!(operation.response, ReturnType::One(ValueType::Structured(_)))
        })
    }

    /// The type whose properties have requests of their own at the path (OData Protocol 4.01,
    /// 11.2.4 and 11.4.9): that of an entity or a complex value that can be read there.
    pub(crate) fn owner_of_properties(&self) -> Option<TypeId> {
        match self.reading()?.options {
            SystemOptions::One(owner) if !self.collection => Some(owner),
            _ => None,
        }
    }

    /// The requests that change the value at the path.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &Operation> {
        let changes = |http| matches!(http, HttpMethod::Patch | HttpMethod::Put);
        self.operations.iter().filter(move |operation| operation.path.is_empty() && changes(operation.http))
    }
}

/// A segment that may follow a builder's path.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Step {
    /// The method's name in Rust: `messages`, `id`, `by_path`. Unique among the steps and
    /// operations of its builder.
    pub rust_name: String,
    /// The segment.
    pub segment: Segment,
    /// Its placeholders, in order.
    pub parameters: Vec<Parameter>,
    /// The names of local variables in the method, one for the arguments of each call in the
    /// segment.
    pub lists: Vec<String>,
    /// The builder of the longer path.
    pub target: BuilderId,
    /// The paths that the step does not lead to, because the metadata forbids all requests there.
    pub not_at: Vec<String>,
    /// True if the longer path may lead to no entity: a navigation property or a singleton that may
    /// be null.
    pub is_nullable: bool,
    /// The Cargo feature of what the step leads to: `device-management`. Only the roots of the
    /// service's URLs, which are the steps of the first builder, have one.
    pub feature: Option<String>,
}

impl Step {
    /// Returns true if it is a key in parentheses after the previous segment, whose name the
    /// `segment` has again: `applications(appId='{id}')`.
    pub fn is_named_key(&self) -> bool {
        matches!(self.segment, Segment::NamedKey { .. })
    }

    /// Its segment, with keys in the form that the service uses: `/messages`, `/{id}`, `('{id}')`.
    pub fn path(&self, keys_in_parentheses: bool) -> String {
        match (&self.segment, self.parameters.as_slice()) {
            (Segment::Key(placeholder), [parameter]) => {
                key(placeholder, parameter.ty.is_quoted_in_urls(), keys_in_parentheses)
            }
            (Segment::Literal(name), _) => ["/", name].concat(),
            (segment, _) => format!("/{segment}"),
        }
    }
}

/// A key of one value in a path: `/{id}`, `({id})`, `('{id}')`.
pub(crate) fn key(placeholder: &str, is_quoted: bool, in_parentheses: bool) -> String {
    match (in_parentheses, is_quoted) {
        (false, _) => ["/{", placeholder, "}"].concat(),
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
    /// Its type, or that of the items, where the page gives a primitive or an enum type, or the
    /// metadata any; a string otherwise.
    pub ty: ValueType,
    /// It is a collection.
    pub collection: bool,
    /// Its type in Rust.
    pub rust_type: ParameterType,
    /// Tells if a request can be made without it. Only named arguments and query options can.
    pub presence: Presence,
    /// The kind of the parameter.
    pub description: Option<Description>,
}

/// Tells if a request can be made without the value of a [`Parameter`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Presence {
    /// It has to be given.
    #[default]
    Required,
    /// It can be left out: an `Option` in Rust, of which `None` leaves it out.
    Optional,
    /// It can be null: an `Option` in Rust, of which `None` is sent as `null`.
    Nullable,
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
    /// A reference to an open enum.
    Enum,
    /// `&str`, for strings and for all types that are written like one in a URL.
    #[default]
    Text,
    /// A reference to a complex value or an entity, or to any JSON.
    Structured,
    /// `&[T]`: a collection.
    List,
}

/// The kind of an operation in OData's terms (OData Protocol 4.01, 11).
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
    /// Calls an action. It is a bound action unless its builder is the root.
    Action,
    /// Calls a function. It is a bound function unless its builder is the root.
    Function,
    /// Reads, adds, sets or removes references: `$ref`.
    Reference,
    /// Reads or writes the bytes of a stream: `$value`, or a property of type `Edm.Stream`.
    Media,
    /// Requests the changes since the last request: `delta`.
    Delta,
    /// Counts the items of a collection: `$count`.
    Count,
}

/// A request that can be made at a builder's path.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Operation {
    /// Its name in Rust: `list`, `get`, `create`, `forward`. Unique among the steps and operations
    /// of its builder.
    pub rust_name: String,
    /// The kind of the operation.
    pub kind: OperationKind,
    /// The HTTP method.
    pub http: HttpMethod,
    /// The path after that of the builder: empty, or one segment (`forward`, `delta`, `$ref`,
    /// `range(address='{address}')`).
    pub path: Vec<Segment>,
    /// The placeholders of `path`, then those of `query`, in order.
    pub parameters: Vec<Parameter>,
    /// Query options of the template that are no system query options, in its order: the name, and
    /// the placeholder or the fixed text.
    pub query: Vec<(String, QueryValue)>,
    /// The system query options that it offers (`$select` and the others).
    pub options: SystemOptions,
    /// Headers that every request has, because the page requires them with a fixed value:
    /// `ConsistencyLevel: eventual`.
    pub headers: Vec<(String, String)>,
    /// The request body.
    pub body: Body,
    /// True if the body states its type by `@odata.type`, because it differs from the type that the
    /// path declares, or because an example of the page states it (OData JSON 4.01, section 4.6.3).
    /// Only for [`Body::Value`] and [`Body::Update`].
    pub is_tagged: bool,
    /// The response.
    pub response: ReturnType,
    /// Details of the generated function, besides its name and parameters.
    pub function: Function,
    /// The page's heading.
    pub title: String,
    /// The description of the operation.
    pub description: Option<Description>,
    /// The deprecation, if callers should use another operation.
    pub deprecation: Option<At<Deprecation>>,
    /// The permissions that the main page states.
    pub permissions: Vec<Permission>,
    /// Permissions that differ on further pages, with those pages.
    pub also_permissions: Vec<(FileId, Vec<Permission>)>,
    /// The documented templates of this operation, in the order of the page:
    /// `/users/{id}/messages`.
    pub templates: Vec<String>,
    /// The paths of the builder where the metadata forbids the request.
    pub not_at: Vec<String>,
    /// The API page. If several pages describe the operation, the main one.
    pub page: FileId,
    /// Further pages that describe the same request.
    pub also: Vec<FileId>,
    /// The types whose methods tables link to one of the pages, sorted.
    pub owners: Vec<TypeId>,
    /// The place of its first template.
    pub span: Span,
}

impl Operation {
    /// The API pages that describe it, the main one first.
    pub fn pages(&self) -> impl Iterator<Item = FileId> {
        std::iter::once(self.page).chain(self.also.iter().copied())
    }

    /// The types of its parameters, its request body and its response. The parameters of an action
    /// are in [`RequestTree::parameters`] instead.
    pub fn values(&self) -> impl Iterator<Item = &ValueType> {
        let body = match &self.body {
            Body::Value(item) => Some(item),
            _ => None,
        };
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(body).chain(self.response.item())
    }
}

impl ReturnType {
    /// The type of the value, or of the items.
    pub fn item(&self) -> Option<&ValueType> {
        match self {
            ReturnType::One(item)
            | ReturnType::Optional(item)
            | ReturnType::Single(item)
            | ReturnType::Many(item)
            | ReturnType::Delta(item) => Some(item),
            ReturnType::Nothing | ReturnType::Bytes | ReturnType::Text | ReturnType::Count | ReturnType::Accepted => {
                None
            }
        }
    }
}

/// Details of the generated function of an operation, besides its name and the parameters for
/// placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Function {
    /// The names of the parameters for the request body.
    pub body: Vec<String>,
    /// The names of local variables, one for the arguments of each call in the path.
    pub lists: Vec<String>,
    /// The name of the local variable for the path that the request is sent to.
    pub at: String,
    /// The type of the request.
    pub request: RequestType,
    /// How the response is decoded.
    pub decoding: Decoding,
}

/// The Rust type of a request, which decides how it can be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum RequestType {
    /// A request for one value, with the query options of [`Operation::options`].
    #[default]
    Plain,
    /// A request for a structured value, whose properties can be selected.
    Read,
    /// A request for a collection, page by page.
    List,
    /// A request for changes, page by page.
    Delta,
    /// For the number of items, which can be filtered and searched.
    Count,
}

/// The way in which the body of a response is decoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Decoding {
    /// The response has no body.
    #[default]
    Nothing,
    /// As a JSON document.
    Json,
    /// As a JSON document, if there is one.
    Optional,
    /// As a JSON document that holds the value in its member `value`.
    Single,
    /// As bytes, unchanged.
    Bytes,
    /// As text.
    Text,
    /// As a number in plain text.
    Count,
    /// The response has no body; its header `Location` is the address of a status monitor.
    Accepted,
}

/// The value of a query option in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum QueryValue {
    /// `{start}`: the next of the operation's parameters; `quoted` is true if it is in quotes.
    Placeholder {
        /// `'{start}'`
        quoted: bool,
    },
    /// As written.
    Fixed(String),
}

/// The system query options that apply to the response (OData URL Conventions 4.01, 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum SystemOptions {
    /// No system query options.
    None,
    /// `$select` and `$expand` on the properties of a type.
    One(TypeId),
    /// All of them, on the properties of the items' type.
    Many(TypeId),
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Body {
    /// No body.
    Nothing,
    /// A value of a type.
    Value(ValueType),
    /// An update of an entity, with only the changed properties.
    Update(TypeId),
    /// An action's parameters: an index of [`RequestTree::parameters`].
    Parameters(usize),
    /// `{"@odata.id": "…"}`
    Reference,
    /// Bytes of a media type that the caller states.
    Bytes,
    /// Any JSON, because the page does not state the type.
    Json,
}

/// The response of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum ReturnType {
    /// No body.
    Nothing,
    /// A structured value.
    One(ValueType),
    /// A structured value, or no body (204). After a change, the service may choose, or
    /// `Prefer: return=…` asks for one of the two.
    Optional(ValueType),
    /// A primitive or enum value: `{"value": 12}`.
    Single(ValueType),
    /// A collection, with its count and links.
    Many(ValueType),
    /// A page of changes, with a link to the next one.
    Delta(ValueType),
    /// Bytes.
    Bytes,
    /// Plain text.
    Text,
    /// A number as plain text, as `$count` returns it.
    Count,
    /// Status 202, with the address of a status monitor in the header `Location`.
    Accepted,
}

//! Operations, as API pages describe their requests.
//!
//! The vocabulary is that of CSDL 4.01 (12, actions and functions) and of the OData URL conventions
//! 4.01.

use std::fmt;

use super::Description;
pub use super::permission::{Grant, Permission, PermissionKind};
use super::{Deprecation, TypeExpr, ValueList};
use crate::source::{At, FileId, Span};

/// The operation that one API page describes: a request with one or more paths.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct DocumentedOperation {
    /// The page, or the document of metadata.
    pub file: FileId,
    /// The heading.
    pub title: At<String>,
    /// The description.
    pub summary: Option<Description>,
    /// Not to be called any more.
    pub deprecation: Option<At<Deprecation>>,
    /// Its request lines, in order; then those that only its examples show.
    pub requests: Vec<Request>,
    /// Parameters of the path, the query and of functions, in the order of the page. Those of the
    /// request body are in `body`.
    pub parameters: Vec<Parameter>,
    /// System query options that the page says the operation supports (`$select`, …).
    pub query_options: Vec<At<String>>,
    /// The request headers.
    pub headers: Vec<Header>,
    /// The request body; `None` if the page does not describe it.
    pub body: Option<RequestBody>,
    /// The responses that the page states in different places, the most reliable first.
    pub responses: Vec<ResponseClaim>,
    /// The permissions to send it.
    pub permissions: Vec<Permission>,
    /// Its examples, in order.
    pub examples: Vec<Example>,
}

/// The segments that address all members of a collection which match a filter (OData URL
/// Conventions 4.01, 4.12 and 4.13); they always occur together. The parameter alias holds the
/// filter.
pub(crate) const EACH: &str = "$filter(@filter)/$each";

/// The end of a segment for the reference of a navigation property (OData Protocol 4.01, 11.4.6.2
/// and 11.4.6.3). The property stands before it in the same segment, because the reference belongs
/// to the entity that has the property and not to the one that the property leads to.
pub(crate) const REFERENCE_OF: &str = "/$ref";

impl DocumentedOperation {
    /// The response, by the most reliable claim. `None` if the page does not state it.
    pub fn response(&self) -> Option<&ResponseClaim> {
        self.responses.first()
    }

    /// Returns true if a request comes from an example of the page and not from a request line.
    pub fn shows(&self, request: &Request) -> bool {
        let urls = self.examples.iter().filter_map(|example| example.request.as_ref());
        urls.into_iter().any(|shown| shown.url.span == request.span)
    }

    /// The bodies of its examples.
    pub(crate) fn example_bodies(&self) -> impl Iterator<Item = Span> {
        let requests = self.examples.iter().filter_map(|example| example.request.as_ref()?.message.body);
        let responses = self.examples.iter().filter_map(|example| example.response.as_ref()?.message.body);
        requests.chain(responses)
    }
}

/// A line of the "HTTP request" section.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Request {
    /// The HTTP method.
    pub method: HttpMethod,
    /// The part before the path, as written: `https://host/v1.0`, `{serviceRoot}`.
    pub root: Option<String>,
    /// The path below the service's root.
    pub path: Vec<Segment>,
    /// The query options.
    pub query: Vec<Argument>,
    /// The place.
    pub span: Span,
}

impl Request {
    /// The path and the query, as the template writes them: `/users/{id}?$top={n}`.
    pub fn template(&self) -> String {
        let mut text = String::with_capacity(64);
        for segment in &self.path {
            text.push('/');
            match segment {
                // Nearly all segments are such, and thousands of templates are asked for.
                Segment::Literal(name) => text.push_str(name),
                Segment::Key(name) => text.extend(["{", name, "}"]),
                other => text.push_str(&other.to_string()),
            }
        }
        for (position, Argument { name, value }) in self.query.iter().enumerate() {
            let mark = if position == 0 { '?' } else { '&' };
            text.push_str(&format!("{mark}{name}={value}"));
        }
        text
    }
}

/// HTTP methods that OData uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
#[expect(missing_docs, reason = "the names are HTTP's own")]
pub enum HttpMethod {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl HttpMethod {
    /// The method of a name, in any case.
    pub fn parse(name: &str) -> Option<Self> {
        [HttpMethod::Get, HttpMethod::Post, HttpMethod::Put, HttpMethod::Patch, HttpMethod::Delete]
            .into_iter()
            .find(|method| name.eq_ignore_ascii_case(method.name()))
    }

    /// The name in a request line.
    pub fn name(self) -> &'static str {
        match self {
            HttpMethod::Get => "GET",
            HttpMethod::Post => "POST",
            HttpMethod::Put => "PUT",
            HttpMethod::Patch => "PATCH",
            HttpMethod::Delete => "DELETE",
        }
    }
}

/// A segment of a path template (OData URL Conventions 4.01, 4).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Segment {
    /// `users`, `microsoft.graph.group`, `$ref`: fixed text.
    Literal(String),
    /// `{id}`: a key; the name as written in the braces.
    Key(String),
    /// `getX(period='{value}',top={n})`: a function call. On a page it may be a key with the names
    /// of properties as well.
    Call {
        /// The function's name; may be qualified.
        name: String,
        /// Its arguments.
        arguments: Vec<Argument>,
    },
    /// `orders(customer='{customer}',number={n})`: an entity by a key with the names of properties.
    NamedKey {
        /// The name of the collection: an entity set, a navigation property or a cast.
        collection: String,
        /// The parts of the key.
        arguments: Vec<Argument>,
    },
    /// `root:/{item-path}:/` or `root:/{item-path}`: addressing by path.
    ByPath {
        /// The part before the colon: a literal, or a placeholder in braces.
        anchor: String,
        /// The placeholder's name.
        parameter: String,
        /// True if a second colon ends the path.
        closed: bool,
    },
    /// `roleTemplateId={id}`: one segment of fixed text and placeholders.
    Mixed(Vec<Part>),
}

/// A part of a [`Segment::Mixed`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Part {
    /// Fixed text.
    Text(String),
    /// A placeholder's name.
    Placeholder(String),
}

/// An argument of a call in a path, or an option of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Argument {
    /// The name of the parameter or the option; empty if the template states only a value.
    pub name: String,
    /// The value after the equals sign.
    pub value: ArgumentValue,
}

/// The value of an [`Argument`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum ArgumentValue {
    /// A placeholder; `quoted` is true if it is in quotes, as a string.
    Placeholder {
        /// Its name.
        name: String,
        /// `'{name}'`
        quoted: bool,
    },
    /// `ns.color'{name}'`: a literal of an enum type (OData ABNF, `enum`).
    EnumLiteral {
        /// The enum type's qualified name.
        type_name: String,
        /// The placeholder's name.
        name: String,
    },
    /// A fixed text, quotes included; in a query it may have placeholders in it.
    Fixed(String),
}

impl ArgumentValue {
    /// The name of the placeholder.
    pub fn placeholder(&self) -> Option<&str> {
        match self {
            ArgumentValue::Placeholder { name, .. } | ArgumentValue::EnumLiteral { name, .. } => Some(name),
            ArgumentValue::Fixed(_) => None,
        }
    }
}

impl fmt::Display for Segment {
    /// The segment as a template writes it, without its slash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Segment::Literal(text) => f.write_str(text),
            Segment::Key(name) => write!(f, "{{{name}}}"),
            Segment::Call { name, arguments } | Segment::NamedKey { collection: name, arguments } => {
                write!(f, "{name}{}", in_parentheses(arguments))
            }
            Segment::ByPath { anchor, parameter, closed } => {
                write!(f, "{anchor}:/{{{parameter}}}{}", if *closed { ":" } else { "" })
            }
            Segment::Mixed(parts) => parts.iter().try_for_each(|part| match part {
                Part::Text(text) => f.write_str(text),
                Part::Placeholder(name) => write!(f, "{{{name}}}"),
            }),
        }
    }
}

/// Arguments as a template writes them: `(period='{value}',top={n})`.
pub(crate) fn in_parentheses(arguments: &[Argument]) -> String {
    let argument = |Argument { name, value }: &Argument| match name.as_str() {
        "" => value.to_string(),
        name => format!("{name}={value}"),
    };
    format!("({})", arguments.iter().map(argument).collect::<Vec<_>>().join(","))
}

impl fmt::Display for ArgumentValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ArgumentValue::Placeholder { name, quoted: true } => write!(f, "'{{{name}}}'"),
            ArgumentValue::Placeholder { name, quoted: false } => write!(f, "{{{name}}}"),
            ArgumentValue::EnumLiteral { type_name, name } => write!(f, "{type_name}'{{{name}}}'"),
            ArgumentValue::Fixed(text) => f.write_str(text),
        }
    }
}

/// A row of a parameters table.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Parameter {
    /// Its name.
    pub name: At<String>,
    /// The part of the request that contains it.
    pub place: ParameterPlace,
    /// Its type; `None` if the row states none.
    pub ty: Option<At<TypeExpr>>,
    /// The description of the parameter.
    pub description: Option<Description>,
    /// True if it is required; `None` if the row does not say.
    pub required: Option<bool>,
    /// It can be null, which is something else than left out.
    pub is_nullable: bool,
    /// The values that its row, or a table below, lists.
    pub values: Option<ValueList>,
}

/// The part of a request that contains a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum ParameterPlace {
    /// An argument of a function call.
    Function,
    /// A placeholder of the path.
    Path,
    /// The query string.
    Query,
    /// A member of the body: an action's parameter, or a property of the type in it.
    Body,
}

/// A request header.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Header {
    /// Its name.
    pub name: At<String>,
    /// The description or the value, as Markdown.
    pub description: Option<String>,
    /// True if it is required; `None` if the row does not say.
    pub required: Option<bool>,
}

/// The request body.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct RequestBody {
    /// Its kind.
    pub content: BodyContent,
    /// The rows of the section's table: an action's parameters, or the relevant properties.
    pub members: Vec<Parameter>,
    /// The place that states this.
    pub span: Span,
}

/// The kind of a request body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum BodyContent {
    /// No body.
    Nothing,
    /// A representation of a type.
    Type(TypeExpr),
    /// The action's own parameters, as one JSON object.
    Parameters,
    /// Some properties of the entity that the path addresses.
    Properties,
    /// A reference: `{"@odata.id": "…"}`.
    Reference,
    /// Bytes.
    Stream,
}

/// The response that one place of a page states.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct ResponseClaim {
    /// The content of the response.
    pub value: ResponseType,
    /// The HTTP statuses: that of this response, and then those of other cases that the text names
    /// ("204, or 200 and the object where `Prefer` asks for it").
    pub statuses: Vec<u16>,
    /// True if the value can be null; the response then has no body (OData Protocol 4.01,
    /// 11.5.4.1). Only metadata states it.
    pub is_nullable: bool,
    /// The kind of place that says so.
    pub source: ResponseSource,
    /// The place.
    pub span: Span,
}

/// The kind of place that describes a response, in the order of reliability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum ResponseSource {
    /// The metadata.
    Metadata,
    /// The annotation of the example response, with the status and body of its message.
    Example,
    /// The "Response" section.
    Prose,
    /// Only a status of success without a word about a body: used as "no body" if nothing else
    /// states the response.
    Silence,
}

/// The content of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum ResponseType {
    /// No body.
    None,
    /// A value of a type.
    Type(TypeExpr),
    /// Bytes.
    Stream,
    /// Plain text, such as the number that `$count` returns.
    Text,
}

/// A request and its response.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Example {
    /// The nearest heading that is not just "Request", "Response" or "Example".
    pub title: Option<At<String>>,
    /// The request; `None` if the response has no request.
    pub request: Option<ExampleRequest>,
    /// The response.
    pub response: Option<ExampleResponse>,
}

/// An example request.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct ExampleRequest {
    /// The HTTP method.
    pub method: HttpMethod,
    /// The URL as written.
    pub url: At<String>,
    /// The rest of the message.
    pub message: Message,
}

/// An example response.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct ExampleResponse {
    /// The HTTP status; `None` if the block has only a body.
    pub status: Option<At<u16>>,
    /// The rest of the message.
    pub message: Message,
}

/// An HTTP message of an example, and its annotation.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Message {
    /// `name` in the annotation; several if it is an array.
    pub names: Vec<String>,
    /// `@odata.type` in the annotation.
    pub odata_type: Option<At<String>>,
    /// The type with that name; the type of the items if `isCollection` is true. `None` for bytes.
    pub ty: Option<TypeExpr>,
    /// `isCollection` in the annotation.
    pub is_collection: Option<bool>,
    /// `truncated` in the annotation: members were omitted from the body.
    pub truncated: bool,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body, trimmed; `None` if there is none.
    pub body: Option<Span>,
    /// True if the body is an object whose only member, apart from annotations, is an array
    /// `value`.
    pub is_list: bool,
}

impl Message {
    /// The value of a header, whose name may be in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns true if a body is meant to be JSON: the header says so, or, if there is no header,
    /// the text looks like JSON.
    pub fn means_json(&self, body: &str) -> bool {
        let looks_like_json = || body.starts_with('[') || body.starts_with('{') && !is_placeholder(body);
        self.header("content-type").map_or_else(looks_like_json, |media| media.to_ascii_lowercase().contains("json"))
    }
}

/// Returns true for words in braces that stand for a body: `{Raw bytes of the file}`.
fn is_placeholder(body: &str) -> bool {
    body.len() > 2
        && body.ends_with('}')
        && body[1..].chars().any(char::is_alphabetic)
        && !body.contains(['"', ':', '\n'])
}

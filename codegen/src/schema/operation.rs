//! Operations: what an API page says about its requests.

use super::TypeExpr;
use crate::source::{At, FileId, Span};

/// What one API page describes: a request with one or more paths.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The page.
    pub file: FileId,
    /// The heading.
    pub title: At<String>,
    /// What it does, as markdown.
    pub summary: Option<At<String>>,
    /// Its request lines, in order.
    pub requests: Vec<Request>,
    /// What the page says comes back.
    pub response: Option<At<ResponseType>>,
}

/// A line of the "HTTP request" section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The HTTP method.
    pub method: HttpMethod,
    /// The path.
    pub path: Vec<Segment>,
    /// Query options that the template carries, name and value as written.
    pub query: Vec<(String, String)>,
    /// The place.
    pub span: Span,
}

/// HTTP methods that OData uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are HTTP's own")]
pub enum HttpMethod {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// A segment of a path template (OData URL Conventions 4.01, 4).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// `users`, `microsoft.graph.group`, `$ref`: itself.
    Literal(String),
    /// `{id}`: one key; the name as written in the braces.
    Key(String),
    /// `getX(period='{value}',top={n})`: a function call, or a key by name.
    Call {
        /// The function's name; may be qualified.
        name: String,
        /// Its arguments.
        arguments: Vec<Argument>,
    },
    /// `root:/{item-path}:` or `root:/{item-path}`: addressing by path.
    ByPath {
        /// What stands before the colon; a literal or a placeholder in braces.
        anchor: String,
        /// The placeholder's name.
        parameter: String,
        /// A second colon ends it.
        closed: bool,
    },
}

/// An argument of a call in a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Argument {
    /// The parameter's name; empty where the template gives only a value.
    pub name: String,
    /// What stands behind the equals sign.
    pub value: ArgumentValue,
}

/// The value of an [`Argument`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ArgumentValue {
    /// A placeholder; `quoted` where quotes stand around it (a string).
    Placeholder {
        /// Its name.
        name: String,
        /// `'{name}'`
        quoted: bool,
    },
    /// A fixed text, quotes included.
    Fixed(String),
}

/// What an operation returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseType {
    /// No body.
    None,
    /// A value of a type.
    Type(TypeExpr),
    /// Bytes.
    Stream,
}

//! Example requests, each with the call of a generated function that makes the same request.

use std::fmt;

use crate::model::HttpMethod;
use crate::model::requests::BuilderId;
use crate::source::{At, FileId, Span};

/// An example request of an API page, with the response that the page shows for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Replay {
    /// The page.
    pub page: FileId,
    /// The HTTP method.
    pub http: HttpMethod,
    /// The URL as written.
    pub url: At<String>,
    /// The segments of the URL's path below the service's root, decoded.
    pub path: Vec<String>,
    /// The URL's query options, decoded.
    pub query: Vec<(String, String)>,
    /// The headers as written.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Span>,
    /// The mistake in the body, if one was found.
    pub defect: Option<String>,
    /// The response; `None` if the page shows none.
    pub response: Option<ReplayResponse>,
    /// The call, or the reason why there is none.
    pub call: Result<Call, NoCall>,
}

/// The response to an example request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct ReplayResponse {
    /// The HTTP status; `None` if the page shows only a body.
    pub status: Option<u16>,
    /// The headers as written.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Span>,
    /// The mistake in the body, if one was found.
    pub defect: Option<String>,
}

/// A call of generated functions: steps from the root builder, and then an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Call {
    /// The steps to the builder.
    pub steps: Vec<Taken>,
    /// The builder at the end of the steps.
    pub builder: BuilderId,
    /// The operation: its index in
    /// [`Builder::operations`](crate::model::requests::Builder::operations).
    pub operation: usize,
    /// The values of the operation's placeholders, in order; `None` for an optional one that the
    /// example does not use.
    pub arguments: Vec<Option<String>>,
    /// Query options that are not placeholders, so the call adds them by name.
    pub query: Vec<(String, String)>,
    /// A contradiction between the example and the templates, because of which the call makes
    /// another request than the example.
    pub deviation: Option<Deviation>,
}

/// A step of a [`Call`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Taken {
    /// The builder that has the step.
    pub from: BuilderId,
    /// The step: its index in [`Builder::steps`](crate::model::requests::Builder::steps).
    pub step: usize,
    /// The values of its placeholders, in order.
    pub arguments: Vec<String>,
}

/// A contradiction between an example and the templates that describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Deviation {
    /// A path segment is written differently.
    Segment {
        /// As the call writes it.
        described: String,
        /// As the example writes it.
        written: String,
    },
    /// A query option that the templates fix or quote is written differently.
    Query(String),
    /// The example has a body, and the page says that there is none.
    Body,
    /// The example has no body, and the page says that there is one.
    NoBody,
}

/// The reason why no call makes the request of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum NoCall {
    /// The request is sent to another service.
    Foreign,
    /// No template of any page has this path.
    Undescribed,
    /// The path is described, but not with this method.
    Method,
    /// The template has a query option that the example lacks.
    Query(String),
    /// A placeholder's value does not have the type that the page states.
    Argument {
        /// The placeholder.
        placeholder: String,
        /// Its value.
        value: String,
    },
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Deviation::Segment { described, written } => {
                write!(f, "the example has `{written}` in its path, the templates `{described}`")
            }
            Deviation::Query(name) => {
                write!(f, "the example writes the query option `{name}` otherwise than the template")
            }
            Deviation::Body => f.write_str("the example has a body, and the page describes none"),
            Deviation::NoBody => f.write_str("the example has no body, and the page describes one"),
        }
    }
}

impl fmt::Display for NoCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoCall::Foreign => f.write_str("it is sent to another service"),
            NoCall::Undescribed => f.write_str("no template has the path of the example"),
            NoCall::Method => f.write_str("no template with the path of the example has its method"),
            NoCall::Query(name) => write!(f, "the template has the query option `{name}`, the example has not"),
            NoCall::Argument { placeholder, value } => {
                write!(f, "`{value}` is not of the type that the page gives `{placeholder}`")
            }
        }
    }
}

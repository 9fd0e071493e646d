//! Errors of successful responses whose bodies are not as documented.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::response::Parts;

use super::excerpt::Excerpt;
use super::service::{header, ids, request_name, to};
use crate::head;

/// A successful response whose body is not of the documented type.
///
/// It has the position in the document (`value[3].owner.id`, line and column), what was found and
/// expected, and an excerpt of the body.
#[derive(Debug)]
pub struct DecodeError {
    request: Option<Box<str>>,
    status: StatusCode,
    content_type: Option<Box<str>>,
    request_id: Option<Box<str>>,
    client_request_id: Option<Box<str>>,
    reason: Reason,
    looks_compressed: bool,
    excerpt: Box<str>,
}

#[derive(Debug)]
enum Reason {
    Empty,
    Encoded(Box<str>),
    Json(serde_json::Error),
    NotA(&'static str),
}

impl DecodeError {
    /// The error of an empty body.
    pub(crate) fn empty(head: &Parts) -> Self {
        Self::new(head, Reason::Empty, Excerpt::beginning(b""))
    }

    /// The error of a body in a content coding that the transport has not decoded.
    pub(crate) fn encoded(head: &Parts) -> Self {
        let coding = header(head, CONTENT_ENCODING.as_str()).unwrap_or_default();
        Self::new(head, Reason::Encoded(coding), Excerpt::beginning(b""))
    }

    /// The error of a body that is not JSON, or not of the type.
    pub(crate) fn json(head: &Parts, body: &[u8], error: serde_json::Error) -> Self {
        let at = offset(body, error.line(), error.column());
        Self::new(head, Reason::Json(error), Excerpt::around(body, at))
    }

    /// The error of a body that is not `expected`; `until` is the first invalid byte.
    pub(crate) fn text(head: &Parts, body: &[u8], expected: &'static str, until: Option<usize>) -> Self {
        Self::new(head, Reason::NotA(expected), Excerpt::around(body, until.unwrap_or(0)))
    }

    fn new(head: &Parts, reason: Reason, excerpt: Excerpt<'_>) -> Self {
        Self {
            request: request_name(head),
            status: head.status,
            content_type: header(head, CONTENT_TYPE.as_str()),
            request_id: head::request_id(&head.headers).map(Box::from),
            client_request_id: head::client_request_id(head).map(Box::from),
            reason,
            // Each gzip file begins with these bytes (RFC 1952, section 2.3.1), and no text does.
            looks_compressed: excerpt.begins_with(&[0x1f, 0x8b]),
            excerpt: excerpt.to_string().into(),
        }
    }

    /// The status of the response, which is a success.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The request id that the service assigned.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The request id that the client sent.
    pub fn client_request_id(&self) -> Option<&str> {
        self.client_request_id.as_deref()
    }

    /// Returns true if the body is empty although one is documented.
    pub fn is_empty(&self) -> bool {
        matches!(self.reason, Reason::Empty)
    }

    /// The error of the JSON parser, if JSON was expected.
    pub fn json_error(&self) -> Option<&serde_json::Error> {
        match &self.reason {
            Reason::Json(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response ({}", self.status)?;
        if let Some(content_type) = &self.content_type {
            write!(f, ", {content_type}")?;
        }
        write!(f, "){}", to(self.request.as_deref()))?;
        match &self.reason {
            Reason::Empty => f.write_str(" has no body, where one is documented")?,
            Reason::Encoded(coding) => write!(
                f,
                " is encoded as {coding:?}, which was not asked for: enable that feature of the transport's HTTP client"
            )?,
            Reason::Json(_) if self.looks_compressed => {
                f.write_str(" is not of its type: it looks compressed (gzip), although no header says so")?
            }
            Reason::Json(error) => write!(f, " is not of its type: {error}, in {}", self.excerpt)?,
            Reason::NotA(expected) => write!(f, " is not {expected}: {}", self.excerpt)?,
        }
        f.write_str(&ids(self.request_id(), self.client_request_id()))
    }
}

/// The reason is part of the message, so `source` does not return it again.
impl StdError for DecodeError {}

/// The byte offset of a line and column, as serde_json counts them: from 1, columns in bytes.
fn offset(body: &[u8], line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        line => {
            body.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(line - 2).map_or(0, |(index, _)| index + 1)
        }
    };
    start.saturating_add(column).min(body.len())
}

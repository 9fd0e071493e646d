//! The errors that a service sends.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use http::header::{CONTENT_TYPE, LOCATION};
use http::response::Parts;

use super::excerpt::{Excerpt, Short};
use crate::Json;
use crate::head;
use crate::response::without_mark;
use crate::retry_after::retry_after;
use crate::sent::Sent;

/// A response with an error status, and the contents of its body (OData JSON 4.01, section 21.1).
///
/// ```
/// use edmark_runtime::ServiceError;
/// let (head, ()) = http::Response::builder().status(404).header("request-id", "17").body(())?.into_parts();
/// let error = ServiceError::read(&head, br#"{"error": {"code": "itemNotFound", "message": "There is no such item."}}"#);
/// assert_eq!(error.code(), Some("itemNotFound"));
/// assert_eq!(error.to_string(), "the service answered 404 Not Found: itemNotFound: There is no such item. (request 17)");
/// # Ok::<_, http::Error>(())
/// ```
#[derive(Clone)]
pub struct ServiceError {
    request: Option<Box<str>>,
    status: StatusCode,
    code: Option<Box<str>>,
    message: Option<Box<str>>,
    target: Option<Box<str>>,
    details: Vec<ErrorDetail>,
    inner: Option<Json>,
    request_id: Option<Box<str>>,
    client_request_id: Option<Box<str>>,
    retry_after: Option<Duration>,
    location: Option<Box<str>>,
    content_type: Option<Box<str>>,
    body: Vec<u8>,
}

/// One of several details of a [`ServiceError`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// The code, for programs.
    pub code: Option<String>,
    /// The message, for people.
    pub message: Option<String>,
    /// The target of the error, such as the name of a property.
    pub target: Option<String>,
}

impl ServiceError {
    /// Reads a response. A body that is not an error document of OData is kept, but has no code and
    /// no message.
    pub fn read(head: &Parts, body: &[u8]) -> Self {
        let document: Json = serde_json::from_slice(without_mark(body)).unwrap_or_default();
        let error = document.get("error").unwrap_or(&Json::Null);
        let inner = inner_of(error);
        let text = |value: Option<&Json>| value.and_then(Json::as_str).map(Box::from);
        let inner_text = |name: &str| inner.and_then(|inner| text(inner.get(name)));
        Self {
            request: request_name(head),
            status: head.status,
            // In OAuth, `error` is the code itself.
            code: text(error.get("code")).or_else(|| text(Some(error))),
            // In OData 3, the message is an object with its language.
            message: text(error.get("message"))
                .or_else(|| text(error.get("message").and_then(|message| message.get("value"))))
                .or_else(|| text(document.get("error_description"))),
            target: text(error.get("target")),
            details: error
                .get("details")
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
                .map(ErrorDetail::read)
                .collect(),
            inner: inner.cloned(),
            request_id: head::request_id(&head.headers).map(Box::from).or_else(|| inner_text("request-id")),
            client_request_id: head::client_request_id(head).map(Box::from).or_else(|| inner_text("client-request-id")),
            retry_after: retry_after(&head.headers),
            location: header(head, LOCATION.as_str()),
            content_type: header(head, CONTENT_TYPE.as_str()),
            body: body.to_vec(),
        }
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The code, for programs: `Request_ResourceNotFound`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The message, for people.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The target of the error, such as the name of a property.
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// The details, if there are several reasons.
    pub fn details(&self) -> &[ErrorDetail] {
        &self.details
    }

    /// `innerError`: information for the developers of the service.
    pub fn inner_error(&self) -> Option<&Json> {
        self.inner.as_ref()
    }

    /// The codes from the general to the specific: that of the error, then those of the inner
    /// errors. A program tests the last one that it knows.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        let inner = std::iter::successors(self.inner.as_ref(), |error| inner_of(error));
        self.code().into_iter().chain(inner.filter_map(|inner| inner.get("code").and_then(Json::as_str)))
    }

    /// The request id that the service assigned; its support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The request id that the client sent, in the header `client-request-id`.
    pub fn client_request_id(&self) -> Option<&str> {
        self.client_request_id.as_deref()
    }

    /// The time the service asks to wait before the next attempt.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The header `Location`: the address the service asks to use instead.
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }

    /// The body as it was sent; only the first mebibyte of a longer one.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl ErrorDetail {
    fn read(detail: &Json) -> Self {
        let text = |name: &str| detail.get(name).and_then(Json::as_str).map(str::to_owned);
        Self { code: text("code"), message: text("message"), target: text("target") }
    }
}

/// The inner error: Graph writes `innerError`, OData `innererror`.
fn inner_of(error: &Json) -> Option<&Json> {
    error.get("innerError").or_else(|| error.get("innererror")).filter(|inner| !inner.is_null())
}

/// The request as errors show it; none if the response was not received by a client.
pub(super) fn request_name(head: &Parts) -> Option<Box<str>> {
    Sent::of(head).map(Sent::name).map(Box::from)
}

/// The request for the middle of a message, after the status.
pub(super) fn to(request: Option<&str>) -> String {
    request.map_or_else(String::new, |request| format!(" to {request}"))
}

/// The request id for the end of a message: the service's, or else the client's.
pub(crate) fn ids(service: Option<&str>, client: Option<&str>) -> String {
    match (service, client) {
        (Some(id), _) => format!(" (request {id})"),
        (None, Some(id)) => format!(" (client request {id})"),
        (None, None) => String::new(),
    }
}

/// The value of a header as a text.
pub(super) fn header(head: &Parts, name: &str) -> Option<Box<str>> {
    head.headers.get(name).and_then(|value| value.to_str().ok()).map(Box::from)
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service answered {}{}", self.status, to(self.request.as_deref()))?;
        match (&self.code, &self.message) {
            (Some(code), Some(message)) => write!(f, ": {}: {}", Short(code), Short(message))?,
            (Some(text), None) | (None, Some(text)) => write!(f, ": {}", Short(text))?,
            (None, None) if self.body.is_empty() => {}
            (None, None) => {
                let content_type = self.content_type.as_deref().unwrap_or("no content type");
                write!(f, " without an error document ({content_type}): {}", Excerpt::beginning(&self.body))?;
            }
        }
        f.write_str(&ids(self.request_id(), self.client_request_id()))
    }
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceError")
            .field("request", &self.request)
            .field("status", &self.status)
            .field("code", &self.code)
            .field("message", &self.message.as_deref().map(|message| Short(message).to_string()))
            .field("request_id", &self.request_id)
            .field("body", &format_args!("{}", Excerpt::beginning(&self.body)))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ServiceError {}

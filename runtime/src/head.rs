//! The status and the headers of responses.

use std::fmt;

use http::header::{ETAG, LOCATION};
use http::{HeaderMap, StatusCode};

use crate::sent::Sent;

/// The status and the headers of a response: see
/// [`Request::send_with_head`](crate::Request::send_with_head).
#[derive(Clone, PartialEq)]
pub struct Head {
    status: StatusCode,
    headers: HeaderMap,
    client_request_id: Option<Box<str>>,
}

impl Head {
    pub(crate) fn of(parts: &http::response::Parts) -> Self {
        Self {
            status: parts.status,
            headers: parts.headers.clone(),
            client_request_id: client_request_id(parts).map(Box::from),
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The ETag of the entity, which is also sent with a response without a body (OData Protocol
    /// 4.01, section 8.3.1).
    pub fn etag(&self) -> Option<&str> {
        self.text(ETAG.as_str())
    }

    /// The address of the created entity, or of the status monitor of a long-running operation
    /// (OData Protocol 4.01, section 8.3.3).
    pub fn location(&self) -> Option<&str> {
        self.text(LOCATION.as_str())
    }

    /// The id of the created entity if the response has no body (`OData-EntityId`; OData Protocol
    /// 4.01, section 8.3.4).
    pub fn entity_id(&self) -> Option<&str> {
        self.text("odata-entityid")
    }

    /// The preferences that the service honored (`Preference-Applied`; OData Protocol 4.01, section
    /// 8.3.6).
    pub fn preference_applied(&self) -> Option<&str> {
        self.text("preference-applied")
    }

    /// The request id that the service assigned; its support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The request id that the client sent.
    pub fn client_request_id(&self) -> Option<&str> {
        self.client_request_id.as_deref()
    }

    /// The value of a header as a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// `Debug` does not show the values of headers.
impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Head")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

/// The request id that the service assigned. Microsoft Graph has the header `request-id`, many
/// other services `x-request-id`.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["request-id", "x-request-id"].into_iter().find_map(|name| headers.get(name)?.to_str().ok())
}

/// The request id that the client sent, or else the one that the service repeats.
pub(crate) fn client_request_id(parts: &http::response::Parts) -> Option<&str> {
    let sent = Sent::of(parts).and_then(Sent::client_request_id);
    sent.or_else(|| parts.headers.get("client-request-id")?.to_str().ok())
}

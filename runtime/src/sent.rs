//! The request that a response belongs to, for errors: they name it, and do not show its secrets.

use http::response::Parts;
use http::{HeaderMap, HeaderName, Request, Response, StatusCode};

use crate::head::request_id;
use crate::manner::Manner;
use crate::origin::{self, Origin};
use crate::secret::Secrets;
use crate::{BoxError, Error, Token, error};

/// A request that was sent. It is an extension of its response.
#[derive(Clone, Default)]
pub(crate) struct Sent {
    name: Box<str>,
    client_request_id: Option<Box<str>>,
    secrets: Secrets,
}

impl Sent {
    /// Describes a request that is sent with this token. `id` is the header with the client request
    /// id.
    pub(crate) fn new(request: &Request<Vec<u8>>, token: Option<&Token>, id: Option<&HeaderName>) -> Self {
        let id = id.and_then(|id| request.headers().get(id)).and_then(|id| id.to_str().ok());
        Self {
            name: name(request).into(),
            client_request_id: id.map(Box::from),
            secrets: Secrets::of(request.headers(), token),
        }
    }

    /// The request of a response; none if the response was not received by a client.
    pub(crate) fn of(head: &Parts) -> Option<&Self> {
        head.extensions.get()
    }

    /// The same for a step of a batch: it has a name of its own.
    pub(crate) fn step(&self, step: &Request<Vec<u8>>) -> Self {
        Self { name: format!("{} in a batch", name(step)).into(), ..self.clone() }
    }

    /// The request as errors show it: `GET https://graph.microsoft.com/v1.0/me`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The request id that the client sent.
    pub(crate) fn client_request_id(&self) -> Option<&str> {
        self.client_request_id.as_deref()
    }

    /// The response as errors show it: `the response (200 OK, request 17) to GET
    /// https://graph.microsoft.com/v1.0/me`.
    pub(crate) fn response_name(&self, status: StatusCode, headers: &HeaderMap) -> String {
        let id = match (request_id(headers), self.client_request_id()) {
            (Some(id), _) => format!(", request {id}"),
            (None, Some(id)) => format!(", client request {id}"),
            (None, None) => String::new(),
        };
        format!("the response ({status}{id}) to {}", self.name)
    }

    /// The error of a request without a response.
    pub(crate) fn unsent(&self, source: BoxError) -> Error {
        let what = format!("{} has no response{}", self.name, error::ids(None, self.client_request_id()));
        Error::Transport { what: what.into(), source }
    }

    /// Removes the secrets of the request from the headers of its response.
    pub(crate) fn scrub_headers(&self, headers: &mut HeaderMap) {
        self.secrets.scrub_headers(headers);
    }

    /// Removes the secrets of the request from a body; none if it does not contain any.
    pub(crate) fn scrub(&self, body: &[u8]) -> Option<Vec<u8>> {
        self.secrets.scrub(body)
    }

    /// Removes the secrets of the request from a text.
    pub(crate) fn scrub_text(&self, text: String) -> String {
        self.scrub(text.as_bytes()).map_or(text, |clean| String::from_utf8_lossy(&clean).into_owned())
    }
}

/// A request as errors show it: method and address, without the query. If the path may grant access
/// by itself, only the origin is shown.
pub(crate) fn name(request: &Request<Vec<u8>>) -> String {
    let hidden = request.extensions().get().is_some_and(|manner: &Manner| manner.hidden);
    let place = match (hidden, Origin::of(request.uri())) {
        (true, Some(origin)) => origin.to_string(),
        (true, None) => "a URL".to_owned(),
        (false, _) => origin::shown(request.uri()),
    };
    format!("{} {place}", request.method())
}

/// A response as errors show it, with its request.
pub(crate) fn response_name<B>(response: &Response<B>) -> String {
    let sent: Sent = response.extensions().get().cloned().unwrap_or_default();
    sent.response_name(response.status(), response.headers())
}

/// Removes the secrets of a request from the body of its response, because errors show parts of it.
pub(crate) fn scrubbed(mut response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    if let Some(clean) = response.extensions().get().and_then(|sent: &Sent| sent.scrub(response.body())) {
        *response.body_mut() = clean;
    }
    response
}

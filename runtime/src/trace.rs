//! A tracing span for each request, with the feature `tracing`: method, template of the path,
//! status, number of attempts, and the request ids of both sides. It contains no token, no body,
//! and no value that a caller passed.

use std::future::Future;

use http::{Request, Response};

#[cfg(feature = "tracing")]
use tracing::{Instrument, Span, field};

/// The span of one request.
pub(crate) struct Trace(#[cfg(feature = "tracing")] Span);

#[cfg(not(feature = "tracing"))]
impl Trace {
    pub(crate) fn begin<B>(_: &Request<B>) -> Self {
        Self()
    }

    pub(crate) fn around<F: Future>(self, future: F) -> F {
        future
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn attempt(_: u32) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn received<B>(_: &Response<B>) {}

#[cfg(feature = "tracing")]
impl Trace {
    /// Opens the span of a request.
    pub(crate) fn begin<B>(request: &Request<B>) -> Self {
        let manner = request.extensions().get::<crate::client::Manner>();
        let template = manner.map_or("", |manner| &*manner.template);
        Self(tracing::info_span!(
            "request",
            method = request.method().as_str(),
            template,
            status = field::Empty,
            attempts = 0_u64,
            request_id = field::Empty,
            client_request_id = field::Empty,
        ))
    }

    /// Runs a future within the span.
    pub(crate) fn around<F: Future>(self, future: F) -> impl Future<Output = F::Output> {
        future.instrument(self.0)
    }
}

/// Records the number of the current attempt.
#[cfg(feature = "tracing")]
pub(crate) fn attempt(number: u32) {
    Span::current().record("attempts", number);
}

/// Records the response.
#[cfg(feature = "tracing")]
pub(crate) fn received<B>(response: &Response<B>) {
    let span = Span::current();
    span.record("status", response.status().as_u16());
    if let Some(id) = response.headers().get("request-id").and_then(|id| id.to_str().ok()) {
        span.record("request_id", id);
    }
    if let Some(id) = response.extensions().get::<crate::head::ClientRequestId>() {
        span.record("client_request_id", &*id.0);
    }
}

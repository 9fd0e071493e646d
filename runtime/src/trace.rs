//! A tracing span for each request, with the feature `tracing`: method, template of the path,
//! status, number of attempts, and the request ids of both sides. It contains no token, no body,
//! and no value that a caller passed.

use std::future::Future;

use http::{Request, Response};
#[cfg(feature = "tracing")]
use tracing::{Instrument, Span, field};

use crate::sent::Sent;

/// The span of one request. It is an extension of the request.
#[derive(Clone, Default)]
pub(crate) struct Trace(#[cfg(feature = "tracing")] Option<Span>);

#[cfg(not(feature = "tracing"))]
impl Trace {
    pub(crate) fn begin<B>(_: &Request<B>) -> Self {
        Self()
    }

    pub(crate) fn around<F: Future>(self, future: F) -> F {
        future
    }

    pub(crate) fn attempt(&self, _: u32) {}

    pub(crate) fn received<B>(&self, _: &Response<B>, _: &Sent) {}
}

#[cfg(feature = "tracing")]
impl Trace {
    /// Opens the span of a request.
    pub(crate) fn begin<B>(request: &Request<B>) -> Self {
        let manner = request.extensions().get::<crate::manner::Manner>();
        let template = manner.map_or("", |manner| &*manner.template);
        Self(Some(tracing::info_span!(
            "request",
            method = request.method().as_str(),
            template,
            status = field::Empty,
            attempts = 0_u64,
            request_id = field::Empty,
            client_request_id = field::Empty,
        )))
    }

    /// Runs a future within the span.
    pub(crate) fn around<F: Future>(self, future: F) -> impl Future<Output = F::Output> {
        future.instrument(self.0.unwrap_or_else(Span::none))
    }

    /// Records the number of the current attempt.
    pub(crate) fn attempt(&self, number: u32) {
        if let Some(span) = &self.0 {
            span.record("attempts", number);
        }
    }

    /// Records the response, from whose headers the secrets of the request were removed.
    pub(crate) fn received<B>(&self, response: &Response<B>, sent: &Sent) {
        let Some(span) = &self.0 else { return };
        span.record("status", response.status().as_u16());
        if let Some(id) = crate::head::request_id(response.headers()) {
            span.record("request_id", id);
        }
        if let Some(id) = sent.client_request_id() {
            span.record("client_request_id", id);
        }
    }
}

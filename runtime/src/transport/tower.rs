//! A transport from any `tower::Service`.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Buf, Bytes};
use futures_core::Stream;
use futures_timer::Delay;
use http_body::Body;
use tokio::runtime::Handle;
use tower::{Service, ServiceExt};

use super::{BoxError, BoxFuture, Transport};
use crate::Content;

/// A transport from a [`tower::Service`] for `http` requests, such as a client with layers for rate
/// limits or tracing. Retries are up to [`Client`](crate::Client).
///
/// ```
/// use edmark_runtime::{Client, transport::Tower};
/// use tower::ServiceBuilder;
/// let service = ServiceBuilder::new().service_fn(|request: http::Request<Vec<u8>>| async move {
///     // Here would be a connection.
///     Ok::<_, std::io::Error>(http::Response::new(format!("{} {}", request.method(), request.uri().path())))
/// });
/// let client = Client::new("https://graph.microsoft.com/v1.0", Tower::new(service));
/// ```
///
/// Timers are those of tokio within its runtime, which must have them enabled; elsewhere one thread
/// of the process is used.
pub struct Tower<S>(
    // The lock allows services that are not `Sync`; it is held only while the service is cloned.
    Mutex<S>,
);

impl<S> Tower<S> {
    /// Creates the transport from a service, which is cloned for each request. It must not follow
    /// redirects.
    pub fn new(service: S) -> Self {
        Self(Mutex::new(service))
    }
}

impl<S: Clone> Clone for Tower<S> {
    fn clone(&self) -> Self {
        Self::new(self.service())
    }
}

impl<S> fmt::Debug for Tower<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tower(..)")
    }
}

impl<S: Clone> Tower<S> {
    fn service(&self) -> S {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<S, B> Transport for Tower<S>
where
    S: Service<http::Request<Vec<u8>>, Response = http::Response<B>, Error: Into<BoxError>, Future: Send>,
    S: Clone + Send + 'static,
    B: Body<Data: Buf, Error: Into<BoxError>> + Send + 'static,
{
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        let service = self.service();
        Box::pin(async move {
            let response = service.oneshot(request).await.map_err(Into::into)?;
            Ok(response.map(|body| Content::stream(Chunks(Box::pin(body)))))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        sleep(duration)
    }
}

/// Waits with tokio's timer if there is a runtime, or else with that of the process.
pub(crate) fn sleep(duration: Duration) -> BoxFuture<'static, ()> {
    if Handle::try_current().is_ok() {
        Box::pin(async move { tokio::time::sleep(duration).await })
    } else {
        Box::pin(Delay::new(duration))
    }
}

/// The data frames of a body as a stream, without trailers.
struct Chunks<B>(Pin<Box<B>>);

impl<B: Body<Error: Into<BoxError>>> Stream for Chunks<B> {
    type Item = Result<Bytes, BoxError>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match self.0.as_mut().poll_frame(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error.into()))),
                Poll::Ready(Some(Ok(frame))) => frame,
            };
            if let Ok(mut data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data.copy_to_bytes(data.remaining()))));
            }
        }
    }
}

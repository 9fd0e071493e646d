//! Transports, which exchange requests and responses with a service.

#[cfg(feature = "reqwest")]
mod reqwest;
mod timeout;
#[cfg(feature = "tower")]
pub(crate) mod tower;
#[cfg(feature = "blocking")]
mod ureq;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_timer::Delay;

use crate::Content;

#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
pub use self::timeout::Timeout;
#[cfg(feature = "tower")]
pub use self::tower::Tower;
#[cfg(feature = "blocking")]
pub use self::ureq::Ureq;

/// The `User-Agent` of the bundled transports.
#[cfg(any(feature = "reqwest", feature = "blocking"))]
const USER_AGENT: &str = concat!("edmark-runtime/", env!("CARGO_PKG_VERSION"));

/// A boxed future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed error of any type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Sends requests and returns the responses of any status.
///
/// The features `reqwest`, `tower` and `blocking` have transports. An implementation of your own
/// must not follow redirects ([`Client`](crate::Client) does, and protects the token) and must not
/// retry (the client does, by its [`Retry`](crate::Retry)). It should limit the waits for a
/// connection and for the next bytes. If its futures block, it has to enforce the time limit of the
/// call itself: see [`Timeout`].
///
/// ```
/// use edmark_runtime::{BoxError, BoxFuture, Content, Transport};
/// /// Answers all requests itself, in tests.
/// struct Canned(&'static str);
/// impl Transport for Canned {
///     fn send(&self, _: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
///         Box::pin(async { Ok(http::Response::new(self.0.into())) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. The error describes the failure of the network or the transport; it should
    /// not contain the query of the URL.
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>>;

    /// Waits. The default uses one timer thread of the process, which works with any executor.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(Delay::new(duration))
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        (**self).send(request)
    }
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }
}

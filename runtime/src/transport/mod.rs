//! How requests reach a service.

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

/// What the bundled transports call themselves.
#[cfg(any(feature = "reqwest", feature = "blocking"))]
const USER_AGENT: &str = concat!("edmark-runtime/", env!("CARGO_PKG_VERSION"));

/// A future in a box, which may be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Sends requests and gives the answers, whatever their status.
///
/// The features `reqwest`, `tower` and `blocking` have transports. One of your own must not follow
/// redirects ([`Client`](crate::Client) does, and takes care of the token), nor ask again
/// ([`Retry`](crate::Retry) is the client's), and should bound how long it waits for a connection
/// and for the next bytes. One whose futures block has to end them by itself: see [`Timeout`].
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
    /// Sends a request. The error says what the network or the transport had against it; it should
    /// not contain the URL's query.
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>>;

    /// Waits. Without a timer of its own, a transport has one thread of the process do it, which
    /// suits any executor.
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

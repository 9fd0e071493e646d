//! The bundled asynchronous transport, with reqwest.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use ::reqwest::redirect::Policy;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::runtime::Handle;
use tower::Service;

use super::tower::Tower;
use super::{BoxError, BoxFuture, Transport};
use crate::{Content, Error};

/// The time limit for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// The time limit for the next bytes of a response.
const READ: Duration = Duration::from_secs(100);

/// The bundled asynchronous transport, with TLS by rustls, HTTP/2, and the system's certificates
/// and proxy settings. It needs tokio.
///
/// The time limit for a connection is 10 seconds, and that for the next bytes of a response 100. It
/// is cheap to clone, and clones share their connections.
///
/// It asks for compressed responses if your program enables that in reqwest, such as its feature
/// `gzip`.
///
/// ```
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use edmark_runtime::{Client, transport::Reqwest};
/// let client = Client::new("https://graph.microsoft.com/v1.0", Reqwest::new()?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Reqwest {
    service: Tower<Sender>,
}

impl Reqwest {
    /// Creates the transport with a client of its own.
    ///
    /// # Errors
    /// [`Error::Transport`] if the system's certificates cannot be read.
    pub fn new() -> Result<Self, Error> {
        Self::build(Self::builder()?)
    }

    /// Creates the transport without the system's proxies: for servers on this machine.
    #[cfg(feature = "testing")]
    pub(crate) fn direct() -> Result<Self, Error> {
        Self::build(Self::builder()?.no_proxy())
    }

    fn build(builder: ::reqwest::ClientBuilder) -> Result<Self, Error> {
        builder.build().map(Self::from_client).map_err(|source| not_made(source.into()))
    }

    /// The builder of the bundled client, for changes: TLS and time limits are set, redirects are
    /// disabled.
    ///
    /// ```
    /// # fn example(certificate: edmark_runtime::reqwest::Certificate) -> Result<(), Box<dyn std::error::Error>> {
    /// use edmark_runtime::transport::Reqwest;
    /// let transport = Reqwest::from_client(Reqwest::builder()?.no_proxy().build()?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Transport`] if the system's certificates cannot be read.
    pub fn builder() -> Result<::reqwest::ClientBuilder, Error> {
        // The cryptography provider is set for this client, so the process does not need a default.
        let mut tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(BuilderVerifierExt::with_platform_verifier)
            .map_err(|source| not_made(source.into()))?
            .with_no_client_auth();
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(::reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(CONNECT)
            .read_timeout(READ)
            .user_agent(super::USER_AGENT))
    }

    /// Creates the transport with your own client, such as one from [`builder`](Self::builder). It
    /// should not follow redirects, because [`Client`](crate::Client) does, and it should have time
    /// limits.
    pub fn from_client(client: ::reqwest::Client) -> Self {
        Self { service: Tower::new(Sender(client)) }
    }
}

impl Transport for Reqwest {
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        self.service.send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.service.sleep(duration)
    }
}

fn not_made(source: BoxError) -> Error {
    Error::Transport { what: "a client cannot be made".into(), source }
}

/// Adapts reqwest to a service for `http` requests.
#[derive(Clone, Debug)]
struct Sender(::reqwest::Client);

impl Service<http::Request<Vec<u8>>> for Sender {
    type Response = http::Response<::reqwest::Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: http::Request<Vec<u8>>) -> Self::Future {
        let client = self.0.clone();
        // Some servers reject a POST without a length (411), and reqwest sends none for an empty
        // body.
        if request.body().is_empty() && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
            request.headers_mut().entry(CONTENT_LENGTH).or_insert(HeaderValue::from_static("0"));
        }
        Box::pin(async move {
            // Without the runtime, the client would panic.
            Handle::try_current().map_err(|_| "the transport `Reqwest` needs the runtime of tokio: call it within one, or use the transport `Ureq`")?;
            // The query of a URL may be a secret. The client's own errors show the address without
            // it.
            let request = request.try_into().map_err(::reqwest::Error::without_url)?;
            Ok(client.execute(request).await.map_err(::reqwest::Error::without_url)?.into())
        })
    }
}

//! The blocking transport, with ureq.

use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use ::ureq::tls::TlsConfig;
use ::ureq::{Agent, AsSendBody, BodyReader};
use bytes::Bytes;
use futures_core::Stream;
use rustls::crypto::ring;

use super::{BoxError, BoxFuture, Timeout, Transport};
use crate::Content;

/// The time limit for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// The time limit for the next bytes of a response.
const READ: Duration = Duration::from_secs(100);

/// The maximum number of bytes in a chunk of a response.
const CHUNK: usize = 32 << 10;

/// The transport for programs without an asynchronous runtime, with TLS by rustls and HTTP/1.1. It
/// is cheap to clone, and clones share their connections.
///
/// Its futures block the thread and are ready after the first poll.
/// [`Request::send_blocking`](crate::Request::send_blocking) waits for them.
///
/// The time limit for a connection is 10 seconds, and that for the next bytes of a response 100.
///
/// It asks for compressed responses if your program enables that in ureq, such as its feature
/// `gzip`.
///
/// It uses ureq, because reqwest's blocking client runs an asynchronous runtime on a thread of its
/// own and cannot be used within another runtime.
///
/// ```
/// use edmark_runtime::{Client, transport::Ureq};
/// let client = Client::new("https://graph.microsoft.com/v1.0", Ureq::new());
/// ```
#[derive(Clone, Debug)]
pub struct Ureq {
    agent: Agent,
}

impl Ureq {
    /// Creates the transport with an agent of its own.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(READ))
            .timeout_per_read(Some(READ))
            .timeout_per_write(Some(READ))
            .user_agent(super::USER_AGENT)
            // The cryptography provider is set for this agent only.
            .tls_config(
                TlsConfig::builder().unversioned_rustls_crypto_provider(Arc::new(ring::default_provider())).build(),
            )
            .build();
        Self::from_agent(config.into())
    }

    /// Creates the transport with your own agent. It must not follow redirects or report statuses
    /// as errors, and it should have time limits.
    pub fn from_agent(agent: Agent) -> Self {
        Self { agent }
    }

    fn exchange(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Content>, BoxError> {
        let response = if request.body().is_empty()
            && !matches!(*request.method(), http::Method::POST | http::Method::PUT | http::Method::PATCH)
        {
            self.run(request.map(drop))?
        } else {
            self.run(request)?
        };
        Ok(response.map(|body| Content::stream(Chunks(body.into_reader()))))
    }

    fn run(&self, request: http::Request<impl AsSendBody>) -> Result<http::Response<::ureq::Body>, ::ureq::Error> {
        let Some(timeout) = request.extensions().get::<Timeout>().copied() else { return self.agent.run(request) };
        let request = self.agent.configure_request(request);
        let left = Some(timeout.left());
        self.agent.run(if timeout.is_streamed() {
            request.timeout_send_request(left).timeout_recv_response(left.min(Some(READ))).build()
        } else {
            request.timeout_global(left).build()
        })
    }
}

impl Default for Ureq {
    fn default() -> Self {
        Self::new()
    }
}

impl Transport for Ureq {
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        Box::pin(async move { self.exchange(request) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { thread::sleep(duration) })
    }
}

/// The content of a reader as a stream of chunks.
struct Chunks(BodyReader<'static>);

impl Stream for Chunks {
    type Item = Result<Bytes, BoxError>;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut chunk = vec![0; CHUNK];
        loop {
            match self.0.read(&mut chunk) {
                Ok(0) => return Poll::Ready(None),
                Ok(length) => {
                    chunk.truncate(length);
                    return Poll::Ready(Some(Ok(chunk.into())));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Some(Err(error.into()))),
            }
        }
    }
}

//! The client that sends requests: the address of the service, the transport and the tokens.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use http::header::HeaderMap;

use crate::origin::{self, Origin};
use crate::{Batch, BoxFuture, Error, Protocol, Retry, Tokens, Transport, deadline, draft};

/// The default limit for a response body that is read into memory: 256 MiB.
const LARGEST: u64 = 256 << 20;

/// The client that sends requests: the address of the service, a transport and the tokens. It is
/// cheap to clone.
///
/// ```
/// # fn example(transport: impl edmark_runtime::Transport) -> Result<(), edmark_runtime::InvalidToken> {
/// use edmark_runtime::{Client, Token};
/// let client = Client::new("https://graph.microsoft.com/v1.0", transport).with_tokens(Token::bearer("eyJ0eXAi")?);
/// # Ok(())
/// # }
/// ```
///
/// # Guarantees
/// - A token is sent only to the service's own scheme, host and port, and never over plain http,
///   except to this machine.
/// - The size of a response that is read into memory is limited, see
///   [`with_largest`](Self::with_largest).
#[derive(Clone)]
pub struct Client(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    base: Box<str>,
    origin: Option<Origin>,
    transport: Option<Arc<dyn Transport>>,
    tokens: Option<Arc<dyn Tokens>>,
    scopes: Option<Vec<String>>,
    headers: HeaderMap,
    retry: Retry,
    timeout: Option<Duration>,
    largest: u64,
    protocol: Protocol,
    /// The reason why no request can be made with this client.
    defect: Option<Box<str>>,
}

impl Client {
    /// Creates a client for the service at `base`, such as `https://graph.microsoft.com/v1.0`.
    ///
    /// If `base` is not a valid address, each request returns an error.
    pub fn new(base: &str, transport: impl Transport) -> Self {
        Self::make(base, Some(Arc::new(transport)))
    }

    /// Creates a client that sends nothing. It makes requests as values
    /// ([`Request::http`](crate::Request::http)) and decodes responses
    /// ([`Request::decode`](crate::Request::decode)).
    pub fn offline(base: &str) -> Self {
        Self::make(base, None)
    }

    fn make(base: &str, transport: Option<Arc<dyn Transport>>) -> Self {
        let base = base.trim_end_matches('/');
        let origin = base.parse().ok().filter(|_| !base.contains(['?', '#'])).as_ref().and_then(Origin::of);
        Self(Arc::new(Inner {
            base: base.into(),
            origin,
            transport,
            tokens: None,
            scopes: None,
            headers: HeaderMap::new(),
            retry: Retry::default(),
            timeout: Some(deadline::USUAL),
            largest: LARGEST,
            protocol: Protocol::MICROSOFT_GRAPH,
            defect: None,
        }))
    }

    /// Sets the source of the tokens that authorize the requests.
    #[must_use]
    pub fn with_tokens(mut self, tokens: impl Tokens) -> Self {
        Arc::make_mut(&mut self.0).tokens = Some(Arc::new(tokens));
        self
    }

    /// Sets the scopes of the tokens. The default is `/.default` at the service's own address,
    /// which stands for all permissions that the application was granted.
    #[must_use]
    pub fn with_scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Arc::make_mut(&mut self.0).scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Adds a header to all requests to the service that do not set it themselves. A second value
    /// for the same name replaces the first.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        match draft::header(name, value) {
            Ok((name, value)) => drop(inner.headers.insert(name, value)),
            Err(why) => drop(inner.defect.get_or_insert(why)),
        }
        self
    }

    /// Sets how requests to a busy service are retried. The default is that of [`Retry`];
    /// [`Request::retry`](crate::Request::retry) sets it for one request.
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        Arc::make_mut(&mut self.0).retry = retry;
        self
    }

    /// Sets the limit for the duration of a call, including all attempts and the last byte of the
    /// response; `None` means no limit. The default is 5 minutes;
    /// [`Request::timeout`](crate::Request::timeout) sets it for one request. For streamed content
    /// the limit ends with the headers of the response.
    #[must_use]
    pub fn with_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        Arc::make_mut(&mut self.0).timeout = limit.into();
        self
    }

    /// Sets the maximum number of bytes of a response that is read into memory. The default is 256
    /// MiB. Streams have no limit.
    #[must_use]
    pub fn with_largest(mut self, bytes: u64) -> Self {
        Arc::make_mut(&mut self.0).largest = bytes;
        self
    }

    /// Sets the protocol options of the service. A generated crate sets those of its service; the
    /// default is that of Microsoft Graph.
    #[must_use]
    pub fn with_protocol(mut self, protocol: Protocol) -> Self {
        Arc::make_mut(&mut self.0).protocol = protocol;
        self
    }

    /// The protocol options of the service.
    pub fn protocol(&self) -> &Protocol {
        &self.0.protocol
    }

    /// The address of the service, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.0.base
    }

    /// The headers of all requests to the service.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The source of the tokens.
    pub(crate) fn tokens(&self) -> Option<&dyn Tokens> {
        self.0.tokens.as_deref()
    }

    /// The rules for retries.
    pub(crate) fn retry(&self) -> &Retry {
        &self.0.retry
    }

    /// The time limit of a call.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.0.timeout
    }

    /// The maximum number of bytes of a response that is read into memory.
    pub(crate) fn largest(&self) -> u64 {
        self.0.largest
    }

    /// The scopes that a token must have.
    pub(crate) fn scopes(&self, origin: &Origin) -> Vec<String> {
        self.0.scopes.clone().unwrap_or_else(|| vec![format!("{origin}/.default")])
    }

    /// Creates an empty batch: see [`Batch`].
    pub fn batch(&self) -> Batch {
        Batch::new(self.clone())
    }

    /// Waits with the timer of the transport; returns at once without a transport.
    pub fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        match &self.0.transport {
            Some(transport) => transport.sleep(duration.min(deadline::LONGEST)),
            None => Box::pin(std::future::ready(())),
        }
    }

    /// Checks that a URL is at the origin of the service, and returns the origin.
    pub(crate) fn check(&self, url: &Uri) -> Result<&Origin, Error> {
        let service = self.origin()?;
        match Origin::of(url) {
            Some(origin) if origin == *service => Ok(service),
            other => {
                Err(Error::foreign(other.map_or_else(|| origin::shown(url), |origin| origin.to_string()), service))
            }
        }
    }

    /// The origin of the service.
    pub(crate) fn origin(&self) -> Result<&Origin, Error> {
        if let Some(defect) = &self.0.defect {
            return Err(Error::invalid(defect.clone()));
        }
        self.0.origin.as_ref().ok_or_else(|| {
            Error::invalid(format!(
                "the service's address {:?} is not an http or https URL without a query; give the client one like https://graph.microsoft.com/v1.0",
                origin::without_user(self.base())
            ))
        })
    }

    pub(crate) fn transport(&self) -> Result<&dyn Transport, Error> {
        self.0.transport.as_deref().ok_or(Error::Offline)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.0.base)
            .field("online", &self.0.transport.is_some())
            .field("authorised", &self.0.tokens.is_some())
            .finish()
    }
}

//! What requests go through: the service's address, the transport, and the tokens.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::response::Parts;
use http::{Request, Response, Uri};

use crate::origin::{self, Origin};
use crate::redirect;
use crate::{Batch, BoxFuture, Content, Error, Protocol, Token, Tokens, Transport};

/// How many bytes an answer may have that is read into memory, unless told otherwise: 256 MiB.
const LARGEST: u64 = 256 << 20;

/// How much is kept of an answer that is an error.
const LARGEST_ERROR: usize = 1 << 20;

/// What requests go through: the service's address, a transport, and the tokens. It is cheap to clone.
///
/// ```
/// # fn example(transport: impl edmark_runtime::Transport) -> Result<(), edmark_runtime::InvalidToken> {
/// use edmark_runtime::{Client, Token};
/// let client = Client::new("https://graph.microsoft.com/v1.0", transport).with_tokens(Token::bearer("eyJ0eXAi")?);
/// # Ok(())
/// # }
/// ```
///
/// # What it takes care of
/// - A token goes to the service's own scheme, host and port, and nowhere else; and never over plain http, except to this machine.
/// - An answer that is read into memory is bounded, see [`with_largest`](Self::with_largest).
#[derive(Clone)]
pub struct Client(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    base: Box<str>,
    origin: Option<Origin>,
    transport: Option<Arc<dyn Transport>>,
    tokens: Option<Arc<dyn Tokens>>,
    largest: u64,
    protocol: Protocol,
}

/// The token that a request was sent with, among the extensions of its answer.
#[derive(Clone)]
struct SentWith(Token);

impl Client {
    /// A client of the service at `base`, such as `https://graph.microsoft.com/v1.0`.
    ///
    /// An address that is none shows when a request is made.
    pub fn new(base: &str, transport: impl Transport) -> Self {
        Self::make(base, Some(Arc::new(transport)))
    }

    /// A client that sends nothing: requests are values ([`Request::http`](crate::Request::http)), and so are answers
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
            largest: LARGEST,
            protocol: Protocol::new(),
        }))
    }

    /// The same with tokens, which authorise the requests.
    #[must_use]
    pub fn with_tokens(mut self, tokens: impl Tokens) -> Self {
        Arc::make_mut(&mut self.0).tokens = Some(Arc::new(tokens));
        self
    }

    /// The same with another bound of what is read into memory: bytes an answer. Otherwise it is 256 MiB. Streams have no bound.
    #[must_use]
    pub fn with_largest(mut self, bytes: u64) -> Self {
        Arc::make_mut(&mut self.0).largest = bytes;
        self
    }

    /// The same for a service that wants its protocol spoken like this. A generated crate has that of its service.
    #[must_use]
    pub fn with_protocol(mut self, protocol: Protocol) -> Self {
        Arc::make_mut(&mut self.0).protocol = protocol;
        self
    }

    /// How the service wants its protocol spoken.
    pub fn protocol(&self) -> &Protocol {
        &self.0.protocol
    }

    /// The service's address, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.0.base
    }

    /// Sends a request to the service, with a token. The answer may have any status.
    ///
    /// # Errors
    /// When the URL is not one of the service ([`Error::Foreign`]), and when there is no token, no connection or no answer.
    pub async fn send(&self, mut request: Request<Vec<u8>>) -> Result<Response<Content>, Error> {
        let origin = self.check(request.uri())?;
        let place = origin::shown(request.uri());
        let tokens = self.0.tokens.as_ref().filter(|_| !request.headers().contains_key(AUTHORIZATION)); // the caller's own
        let Some(tokens) = tokens else { return self.dispatch(request, place).await };
        if !origin.is_confidential() {
            return Err(Error::invalid(format!("a token does not go over plain http, to {origin}: use https")));
        }
        let token = tokens.token().await.map_err(Error::Token)?;
        request.headers_mut().insert(AUTHORIZATION, token.header().clone());
        let mut response = self.dispatch(request, place).await?;
        response.extensions_mut().insert(SentWith(token));
        Ok(response)
    }

    /// Sends a request to any place, as it is: without a token. For URLs that open a door by themselves, such as those of uploads.
    ///
    /// # Errors
    /// When there is no connection or no answer.
    pub async fn send_anonymous(&self, request: Request<Vec<u8>>) -> Result<Response<Content>, Error> {
        // The path may be what opens the door.
        let place = Origin::of(request.uri()).map_or_else(|| "a URL".to_owned(), |origin| origin.to_string());
        self.dispatch(request, place).await
    }

    async fn dispatch(&self, request: Request<Vec<u8>>, place: String) -> Result<Response<Content>, Error> {
        let transport = self.transport()?;
        let about = format!("{} {place}", request.method());
        match transport.send(request).await {
            Ok(response) => Ok(response.map(|content| content.about(&about))),
            Err(source) => Err(Error::unsent(&about, source)),
        }
    }

    /// Requests that go out together: see [`Batch`].
    pub fn batch(&self) -> Batch {
        Batch::new(self.clone())
    }

    /// Waits, by the transport's timer; not at all without a transport.
    pub fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        match &self.0.transport {
            Some(transport) => transport.sleep(duration),
            None => Box::pin(std::future::ready(())),
        }
    }

    /// Sends a request to the service, follows redirections, and reads the answer.
    pub(crate) async fn exchange(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        let response = redirect::send(self, request).await?;
        self.read(response).await
    }

    /// Reads an answer, of an error its beginning only.
    pub(crate) async fn read(&self, response: Response<Content>) -> Result<Response<Vec<u8>>, Error> {
        let (parts, content) = response.into_parts();
        if parts.status.is_success() {
            let body = content.collect(self.0.largest).await?;
            Ok(Response::from_parts(parts, body))
        } else {
            let body = content.beginning(LARGEST_ERROR).await;
            Ok(scrubbed(Response::from_parts(parts, body)))
        }
    }

    /// The origin of a URL that must be the service's.
    pub(crate) fn check(&self, url: &Uri) -> Result<&Origin, Error> {
        let service = self.origin()?;
        match Origin::of(url) {
            Some(origin) if origin == *service => Ok(service),
            other => {
                Err(Error::foreign(other.map_or_else(|| origin::shown(url), |origin| origin.to_string()), service))
            }
        }
    }

    /// Where the service is.
    pub(crate) fn origin(&self) -> Result<&Origin, Error> {
        self.0.origin.as_ref().ok_or_else(|| {
            Error::invalid(format!(
                "the service's address {:?} is not an http or https URL without a query; give the client one like https://graph.microsoft.com/v1.0",
                origin::without_user(self.base())
            ))
        })
    }

    fn transport(&self) -> Result<&dyn Transport, Error> {
        self.0.transport.as_deref().ok_or(Error::Offline)
    }
}

/// An answer's body without the token that the request was sent with, where the body repeats it.
pub(crate) fn scrub(head: &Parts, body: &[u8]) -> Option<Vec<u8>> {
    let SentWith(token) = head.extensions.get()?;
    token.scrub(body)
}

/// An answer without the token that the request was sent with: for bodies whose parts end in errors.
pub(crate) fn scrubbed(mut response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    let token = response.extensions().get().map(|SentWith(token)| token.clone());
    if let Some(clean) = token.and_then(|token| token.scrub(response.body())) {
        *response.body_mut() = clean;
    }
    response
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

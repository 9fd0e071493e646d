//! The client that sends requests: the address of the service, the transport and the tokens.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use http::response::Parts;
use http::{Request, Response, StatusCode, Uri};

use crate::head::ClientRequestId;
use crate::origin::{self, Origin};
use crate::retry::Attempts;
use crate::secret::{scrub_headers, scrub_token};
use crate::trace::{self, Trace};
use crate::transport::Timeout;
use crate::{Batch, BoxFuture, Content, Error, Protocol, Retry, Token, TokenRequest, Tokens, Transport};
use crate::{deadline, draft, redirect, request_id, tokens};

/// The default limit for a response body that is read into memory: 256 MiB.
const LARGEST: u64 = 256 << 20;

/// The number of bytes that are kept of the body of an error.
const LARGEST_ERROR: usize = 1 << 20;

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

/// The token that a request was sent with. It is an extension of the response.
#[derive(Clone)]
struct SentWith(Token);

/// The options of a request that are not sent to the service. They are an extension of the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manner {
    pub(crate) retry: Option<Retry>,
    /// None means the limit of the client; `Some(None)` means no limit.
    pub(crate) timeout: Option<Option<Duration>>,
    /// True if the request may be sent again although its method is not idempotent.
    pub(crate) repeatable: bool,
    #[cfg(feature = "tracing")]
    pub(crate) template: Box<str>,
}

impl Manner {
    /// The options of a request that is sent once, because its sender decides about retries.
    pub(crate) fn once() -> Self {
        Self { retry: Some(Retry::never()), ..Self::default() }
    }
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

    /// Sends a request to the service, with a token and the client's headers, and returns a
    /// response of any status. If the service is busy, the request is sent again ([`Retry`]). If
    /// the service refuses the token (401), it is sent once more with a new one.
    ///
    /// # Errors
    /// If the URL does not belong to the service ([`Error::Foreign`]), and if there is no token, no
    /// connection or no response.
    pub async fn send(&self, mut request: Request<Vec<u8>>) -> Result<Response<Content>, Error> {
        let origin = self.check(request.uri())?;
        let place = origin::shown(request.uri());
        for (name, value) in &self.0.headers {
            request.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
        let id = self.identify(&mut request);
        let call = Call { client: self, about: format!("{} {place}", request.method()), id };
        let tokens = self.0.tokens.as_ref().filter(|_| !request.headers().contains_key(AUTHORIZATION)); // the caller's own
        let Some(tokens) = tokens else { return call.attempts(request).await };
        if !origin.is_confidential() {
            return Err(Error::invalid(format!("a token does not go over plain http, to {origin}: use https")));
        }
        let wanted = TokenRequest::new(self.scopes(origin));
        let token = tokens.token(&wanted).await.map_err(Error::Token)?;
        let response = call.authorised(&request, &token).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        // The token was revoked or lacks claims, so a cached one must not be used again.
        let wanted = wanted.after(token.clone(), tokens::claims(response.headers()));
        match tokens.token(&wanted).await {
            Ok(new) if new != token => call.authorised(&request, &new).await,
            Ok(_) => Ok(response),
            Err(error) if wanted.claims().is_some() => Err(Error::Token(error)),
            Err(_) => Ok(response),
        }
    }

    /// Sends a request to any address, without a token and without the client's headers. It is for
    /// URLs that grant access by themselves, such as those of upload sessions.
    ///
    /// # Errors
    /// If there is no connection or no response.
    pub async fn send_anonymous(&self, request: Request<Vec<u8>>) -> Result<Response<Content>, Error> {
        // The path may contain the secret that grants access, so it is not shown.
        let place = Origin::of(request.uri()).map_or_else(|| "a URL".to_owned(), |origin| origin.to_string());
        let about = format!("{} {place}", request.method());
        Call { client: self, about, id: None }.attempts(request).await
    }

    /// Sets the client request id of a request that has none, and returns the id.
    fn identify(&self, request: &mut Request<Vec<u8>>) -> Option<Box<str>> {
        let name = HeaderName::from_bytes(self.0.protocol.request_id_header().as_bytes()).ok()?;
        let value = match request.headers().get(&name) {
            Some(value) => value.clone(),
            None => HeaderValue::try_from(request_id::new()).ok()?,
        };
        let id = value.to_str().ok()?.into();
        request.headers_mut().insert(name, value);
        Some(id)
    }

    /// The scopes that a token must have.
    fn scopes(&self, origin: &Origin) -> Vec<String> {
        self.0.scopes.clone().unwrap_or_else(|| vec![format!("{origin}/.default")])
    }

    /// Creates an empty batch: see [`Batch`].
    pub fn batch(&self) -> Batch {
        Batch::new(self.clone())
    }

    /// Waits with the timer of the transport; returns at once without a transport.
    pub fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        match &self.0.transport {
            Some(transport) => transport.sleep(duration),
            None => Box::pin(std::future::ready(())),
        }
    }

    /// Sends a request to the service, follows redirects and reads the response, all within the
    /// time limit.
    pub(crate) async fn exchange(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        self.within(request, async |request| {
            let response = redirect::send(self, request).await?;
            self.read(response).await
        })
        .await
    }

    /// Runs `send` within the time limit of the request or else of the client, and in a tracing
    /// span if that feature is enabled.
    pub(crate) async fn within<T>(
        &self,
        mut request: Request<Vec<u8>>,
        send: impl AsyncFnOnce(Request<Vec<u8>>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let timeout = request.extensions().get().and_then(|manner: &Manner| manner.timeout);
        let limit = timeout.unwrap_or(self.0.timeout);
        if let Some(limit) = limit {
            request.extensions_mut().insert(Timeout::new(limit));
        }
        let about = format!("{} {}", request.method(), origin::shown(request.uri()));
        let trace = Trace::begin(&request);
        trace.around(deadline::within(limit, || about.clone(), send(request))).await
    }

    /// Reads the body of a response; of an error, only the beginning.
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

    fn transport(&self) -> Result<&dyn Transport, Error> {
        self.0.transport.as_deref().ok_or(Error::Offline)
    }
}

/// One call, with all its attempts.
struct Call<'a> {
    client: &'a Client,
    /// The request as errors show it: `GET https://graph.microsoft.com/v1.0/me`.
    about: String,
    /// The client request id.
    id: Option<Box<str>>,
}

impl Call<'_> {
    /// Sends the request with a token.
    async fn authorised(&self, request: &Request<Vec<u8>>, token: &Token) -> Result<Response<Content>, Error> {
        let mut request = request.clone();
        request.headers_mut().insert(token.name().clone(), token.header().clone());
        let mut response = self.attempts(request).await?;
        scrub_headers(response.headers_mut(), token);
        response.extensions_mut().insert(SentWith(token.clone()));
        Ok(response)
    }

    /// Sends the request, and sends it again while the service is busy and the retry limits allow.
    async fn attempts(&self, request: Request<Vec<u8>>) -> Result<Response<Content>, Error> {
        let transport = self.client.transport()?;
        let manner: Manner = request.extensions().get().cloned().unwrap_or_default();
        let retry = manner.retry.unwrap_or_else(|| self.client.0.retry.clone());
        let mut attempts = Attempts::new(retry, request.method(), manner.repeatable);
        loop {
            trace::attempt(attempts.number());
            let mut response = match transport.send(request.clone()).await {
                Ok(response) => response.map(|content| content.about(&self.about)),
                Err(source) => return Err(Error::unsent(&self.about, self.id.as_deref(), source)),
            };
            match attempts.wait(&response) {
                Some(wait) => transport.sleep(wait).await,
                None => {
                    if let Some(id) = &self.id {
                        response.extensions_mut().insert(ClientRequestId(id.clone()));
                    }
                    trace::received(&response);
                    return Ok(response);
                }
            }
        }
    }
}

/// Removes the token that the request was sent with from a body that repeats it. None if there is
/// nothing to remove.
pub(crate) fn scrub(head: &Parts, body: &[u8]) -> Option<Vec<u8>> {
    let SentWith(token) = head.extensions.get()?;
    scrub_token(body, token)
}

/// Removes the token that the request was sent with from a response, because errors show parts of
/// its body.
pub(crate) fn scrubbed(mut response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    let token = response.extensions().get().map(|SentWith(token)| token.clone());
    if let Some(clean) = token.and_then(|token| scrub_token(response.body(), &token)) {
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

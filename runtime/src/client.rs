//! What requests go through: the service's address, the transport, and the tokens.

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

/// How many bytes an answer may have that is read into memory, unless told otherwise: 256 MiB.
const LARGEST: u64 = 256 << 20;

/// How much is kept of an answer that is an error.
const LARGEST_ERROR: usize = 1 << 20;

/// What requests go through: the service's address, a transport, and the tokens. It is cheap to
/// clone.
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
/// - A token goes to the service's own scheme, host and port, and nowhere else; and never over
///   plain http, except to this machine.
/// - An answer that is read into memory is bounded, see [`with_largest`](Self::with_largest).
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
    /// Why no request can be made.
    defect: Option<Box<str>>,
}

/// The token that a request was sent with, among the extensions of its answer.
#[derive(Clone)]
struct SentWith(Token);

/// What a request has beyond what is sent, among its extensions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manner {
    pub(crate) retry: Option<Retry>,
    /// None is the client's; `Some(None)` is no limit.
    pub(crate) timeout: Option<Option<Duration>>,
    /// It may be sent again, whatever its method.
    pub(crate) repeatable: bool,
    #[cfg(feature = "tracing")]
    pub(crate) template: Box<str>,
}

impl Manner {
    /// Of a request that is sent once: whoever sends it knows when to send it again.
    pub(crate) fn once() -> Self {
        Self { retry: Some(Retry::never()), ..Self::default() }
    }
}

impl Client {
    /// A client of the service at `base`, such as `https://graph.microsoft.com/v1.0`.
    ///
    /// An address that is none shows when a request is made.
    pub fn new(base: &str, transport: impl Transport) -> Self {
        Self::make(base, Some(Arc::new(transport)))
    }

    /// A client that sends nothing: requests are values ([`Request::http`](crate::Request::http)),
    /// and so are answers ([`Request::decode`](crate::Request::decode)).
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

    /// The same with tokens, which authorise the requests.
    #[must_use]
    pub fn with_tokens(mut self, tokens: impl Tokens) -> Self {
        Arc::make_mut(&mut self.0).tokens = Some(Arc::new(tokens));
        self
    }

    /// The same with tokens for these scopes. Otherwise it is `/.default` at the service's own
    /// address: all permissions that an application was given.
    #[must_use]
    pub fn with_scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Arc::make_mut(&mut self.0).scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// The same with a header for all requests to the service that do not have one of that name. Of
    /// one that is given twice, the last value counts.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        match draft::header(name, value) {
            Ok((name, value)) => drop(inner.headers.insert(name, value)),
            Err(why) => drop(inner.defect.get_or_insert(why)),
        }
        self
    }

    /// The same, asking a busy service again in another way. Otherwise as [`Retry`] is by default;
    /// [`Request::retry`](crate::Request::retry) is for one.
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        Arc::make_mut(&mut self.0).retry = retry;
        self
    }

    /// The same with another limit to how long a call may take, with all its attempts and until the
    /// last byte of its answer, or none. Otherwise it is 5 minutes;
    /// [`Request::timeout`](crate::Request::timeout) is for one. Content that is streamed has no
    /// limit beyond its head.
    #[must_use]
    pub fn with_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        Arc::make_mut(&mut self.0).timeout = limit.into();
        self
    }

    /// The same with another bound of what is read into memory: bytes an answer. Otherwise it is
    /// 256 MiB. Streams have no bound.
    #[must_use]
    pub fn with_largest(mut self, bytes: u64) -> Self {
        Arc::make_mut(&mut self.0).largest = bytes;
        self
    }

    /// The same for a service that wants its protocol spoken like this. A generated crate has that
    /// of its service; without, it is what Microsoft Graph wants.
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

    /// Sends a request to the service, with a token and the client's headers. The answer may have
    /// any status; a busy service is asked again ([`Retry`]), and so is one that no longer takes
    /// the token (401), once and with a new one.
    ///
    /// # Errors
    /// When the URL is not one of the service ([`Error::Foreign`]), and when there is no token, no
    /// connection or no answer.
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
        // Revoked, or not enough any more: one that is kept does not do.
        let wanted = wanted.after(token.clone(), tokens::claims(response.headers()));
        match tokens.token(&wanted).await {
            Ok(new) if new != token => call.authorised(&request, &new).await,
            Ok(_) => Ok(response),
            Err(error) if wanted.claims().is_some() => Err(Error::Token(error)),
            Err(_) => Ok(response),
        }
    }

    /// Sends a request to any place, as it is: without a token. For URLs that open a door by
    /// themselves, such as those of uploads.
    ///
    /// # Errors
    /// When there is no connection or no answer.
    pub async fn send_anonymous(&self, request: Request<Vec<u8>>) -> Result<Response<Content>, Error> {
        // The path may be what opens the door.
        let place = Origin::of(request.uri()).map_or_else(|| "a URL".to_owned(), |origin| origin.to_string());
        let about = format!("{} {place}", request.method());
        Call { client: self, about, id: None }.attempts(request).await
    }

    /// Gives a request an id, where it has none.
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

    /// What tokens are to be good for.
    fn scopes(&self, origin: &Origin) -> Vec<String> {
        self.0.scopes.clone().unwrap_or_else(|| vec![format!("{origin}/.default")])
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

    /// Sends a request to the service, follows redirections, and reads the answer, all within the
    /// limit of time.
    pub(crate) async fn exchange(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        self.within(request, async |request| {
            let response = redirect::send(self, request).await?;
            self.read(response).await
        })
        .await
    }

    /// Does something with a request within its limit of time, or the client's, and within a span
    /// where there is one.
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

/// One call: its attempts, whatever their number.
struct Call<'a> {
    client: &'a Client,
    /// For errors: `GET https://graph.microsoft.com/v1.0/me`.
    about: String,
    /// The id that the client gave the request.
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

    /// Sends the request, again and again while the service is too busy and patience lasts.
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
                    trace::answered(&response);
                    return Ok(response);
                }
            }
        }
    }
}

/// An answer's body without the token that the request was sent with, where the body repeats it.
pub(crate) fn scrub(head: &Parts, body: &[u8]) -> Option<Vec<u8>> {
    let SentWith(token) = head.extensions.get()?;
    scrub_token(body, token)
}

/// An answer without the token that the request was sent with: for bodies whose parts end in
/// errors.
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

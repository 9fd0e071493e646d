//! Requests as values: they are built without I/O, sent by a client, and their responses are
//! decoded.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::Response;
use http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};
use http::response::Parts;
use serde::Serialize;

use crate::draft::Draft;
use crate::head::Head;
use crate::query::{Changes, Many, One, Text, Total};
use crate::sent::Sent;
use crate::{At, Client, Collection, Delta, Error, Literal, Method, Protocol, Retry, ServiceError};

/// A function that decodes a successful response: one of the functions of
/// [`response`](crate::response).
pub type Decode<R> = fn(&Parts, &[u8]) -> Result<R, Error>;

/// A request that reads one entity of type `R`; `T` has its properties.
pub type ReadRequest<R, T = R> = Request<R, One<T>>;

/// A request that reads a collection of `I`; `T` has the properties of its items.
pub type ListRequest<I, T = I> = Request<Collection<I>, Many<T>>;

/// A request for the number of items of a collection (`$count`; OData URL Conventions 4.01, section
/// 4.8); `T` has the properties of the items.
pub type CountRequest<T> = Request<i64, Total<T>>;

/// A request for the changes of a collection of `I`; `T` has the properties of its items.
pub type DeltaRequest<I, T = I> = Request<Delta<I>, Changes<T>>;

/// A request of a documented operation whose response is decoded as an `R`. `O` determines which
/// query options it offers.
///
/// It is a value: building it sends nothing and cannot fail. Invalid parts cause an error when it
/// is converted ([`http`](Self::http)) or sent.
///
/// ```
/// use edmark_runtime::{At, Client, Json, Method, Request, response};
/// let graph = At::root(Client::offline("https://graph.microsoft.com/v1.0"));
/// let request: Request<Json> = Request::new(Method::Get, graph.segment("me"), response::json).query("$select", "displayName");
///
/// // Without I/O: a complete request, and a response read.
/// let http = request.http()?;
/// assert_eq!(http.uri(), "https://graph.microsoft.com/v1.0/me?$select=displayName");
/// let me = request.decode(http::Response::new(r#"{"displayName": "Ada"}"#))?;
/// assert_eq!(me["displayName"], "Ada");
/// # Ok::<_, edmark_runtime::Error>(())
/// ```
#[must_use = "a request does nothing until it is sent"]
pub struct Request<R, O = ()> {
    pub(crate) draft: Draft,
    decode: Decode<R>,
    options: PhantomData<fn(O)>,
}

impl<R, O> Request<R, O> {
    /// Creates a request without query options, headers and body.
    pub fn new(method: Method, at: At, decode: Decode<R>) -> Self {
        Self { draft: Draft::new(method, at), decode, options: PhantomData }
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        self.draft.method
    }

    /// The location that it addresses.
    pub fn at(&self) -> &At {
        &self.draft.at
    }

    /// The client that sends it.
    pub fn client(&self) -> &Client {
        self.draft.at.client()
    }

    /// The function that decodes its response.
    pub fn decode_fn(&self) -> Decode<R> {
        self.decode
    }

    /// The address, including the query.
    pub fn url(&self) -> String {
        self.draft.url()
    }

    /// The same request for another address of the service, such as a next link, which is used
    /// unchanged. Query options are taken from that address alone.
    pub fn at_url(mut self, url: impl Into<String>) -> Self {
        self.draft.url = Some(url.into().into());
        self
    }

    /// Sets a JSON body.
    pub fn json<B: Serialize + ?Sized>(mut self, body: &B) -> Self {
        self.draft.json(body);
        self
    }

    /// Sets a JSON body with an `@odata.type` such as `#microsoft.graph.user`, unless the body has
    /// one. It is required if the declared type is a base type of the value's type (OData JSON
    /// 4.01, section 4.6.3).
    ///
    /// ```
    /// use edmark_runtime::{At, Client, Json, Method, Request, response};
    /// let policies = At::root(Client::offline("https://x.example")).segment("policies");
    /// let request: Request<()> = Request::new(Method::Post, policies, response::nothing);
    /// let http = request.json_of("#microsoft.graph.windowsPolicy", &serde_json::json!({"passwordRequired": true})).http()?;
    /// assert_eq!(http.body(), br##"{"@odata.type":"#microsoft.graph.windowsPolicy","passwordRequired":true}"##);
    /// # Ok::<_, edmark_runtime::Error>(())
    /// ```
    pub fn json_of<B: Serialize + ?Sized>(mut self, tag: &str, body: &B) -> Self {
        self.draft.json(body);
        self.draft.tag(tag);
        self
    }

    /// Sets a binary body of a media type such as `image/jpeg`.
    pub fn bytes(mut self, body: impl Into<Vec<u8>>, media_type: &str) -> Self {
        self.draft.bytes(body.into(), media_type);
        self
    }

    /// Sets a query option by name: one that has no method, or a custom one of the service. The
    /// value is percent-encoded here. A second value for the same option replaces the first.
    pub fn query(mut self, name: &str, value: impl Into<Text>) -> Self {
        self.draft.query.set(name.to_owned(), value.into());
        self
    }

    /// Sets a query option if there is a value.
    pub fn query_of(self, name: &str, value: Option<impl Into<Text>>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Sets the value of a parameter alias (OData URL Conventions 4.01, section 5.3), which
    /// conditions and arguments refer to as `@name`:
    ///
    /// ```
    /// use edmark_runtime::{At, Client, Json, ListRequest, Literal, Method, Request, response};
    /// let zoo = At::root(Client::offline("https://zoo.example/v4")).segment("Animals");
    /// let request: ListRequest<Json> = Request::new(Method::Get, zoo, response::json);
    /// let request = request.filter("Name eq @name").alias("name", "O'Malley");
    /// assert_eq!(request.url(), "https://zoo.example/v4/Animals?$filter=Name%20eq%20@name&@name='O''Malley'");
    /// ```
    pub fn alias(mut self, name: &str, value: impl Into<Literal>) -> Self {
        match Literal::alias(name).text(&Protocol::new()) {
            Ok(name) => self.draft.query.set(name, Text::from(value.into())),
            Err(invalid) => self.draft.defect(invalid.to_string()),
        }
        self
    }

    /// Sets a header. A second value for the same header replaces the first.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.draft.header(name, value);
        self
    }

    /// Executes the request only if the entity still has this ETag (`@odata.etag`); `*` is any
    /// version. Otherwise the service responds with 412.
    pub fn if_match(mut self, etag: &str) -> Self {
        self.draft.header(IF_MATCH.as_str(), etag);
        self
    }

    /// Executes the request only if the entity no longer has this ETag. Otherwise the service
    /// responds with 304.
    pub fn if_none_match(mut self, etag: &str) -> Self {
        self.draft.header(IF_NONE_MATCH.as_str(), etag);
        self
    }

    /// Adds a preference (`Prefer`, RFC 7240), which the service may ignore. Several calls add up.
    pub fn prefer(mut self, preference: &str) -> Self {
        self.draft.extend_header(HeaderName::from_static("prefer"), preference);
        self
    }

    /// Marks the request as idempotent although its method is not: it may be sent again after an
    /// error that leaves open if it was executed. See [`Retry`].
    pub fn repeatable(mut self) -> Self {
        self.draft.manner.repeatable = true;
        self
    }

    /// Sets how the request is retried if the service is busy, instead of the client's setting.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.draft.manner.retry = Some(retry);
        self
    }

    /// Sets the time limit, including all attempts and the last byte of the response; `None` means
    /// no limit. The default is that of the client ([`Client::with_timeout`]).
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.draft.manner.timeout = Some(limit.into());
        self
    }

    /// Builds the HTTP request, complete except for the token, without I/O.
    ///
    /// # Errors
    /// If the request is not valid: an invalid header or literal, a URL that is too long, an
    /// address of another service.
    pub fn http(&self) -> Result<http::Request<Vec<u8>>, Error> {
        self.draft.http()
    }

    /// Decodes a response, without I/O.
    ///
    /// # Errors
    /// The service's error if the status is not a success, and a decoding error if the body is not
    /// as documented.
    pub fn decode(&self, response: Response<impl AsRef<[u8]>>) -> Result<R, Error> {
        let (head, body) = response.into_parts();
        self.read(&head, body.as_ref())
    }

    /// Sends the request and decodes the response.
    ///
    /// # Errors
    /// Those of [`http`](Self::http) and [`decode`](Self::decode), and if there is no token, no
    /// connection or no complete response.
    pub async fn send(self) -> Result<R, Error> {
        self.response().await.map(|(value, _)| value)
    }

    /// Sends the request and decodes the response, and also returns its head: the status, the ETag,
    /// the address of a created entity, and the request ids.
    ///
    /// ```no_run
    /// # use edmark_runtime::{Json, Request};
    /// # async fn example(update: Request<Option<Json>>) -> Result<(), edmark_runtime::Error> {
    /// let (_, head) = update.prefer_minimal().send_with_head().await?;
    /// println!("{}: {:?}", head.status(), head.etag());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub async fn send_with_head(self) -> Result<(R, Head), Error> {
        self.response().await.map(|(value, parts)| (value, Head::of(&parts)))
    }

    /// Sends the request and decodes the response, which is returned with its head.
    pub(crate) async fn response(self) -> Result<(R, Parts), Error> {
        let (head, body) = self.client().exchange(self.http()?).await?.into_parts();
        let value =
            self.read(&head, &body).or_else(|error| match Sent::of(&head).and_then(|sent| sent.scrub(&body)) {
                Some(clean) => self.read(&head, &clean),
                None => Err(error),
            })?;
        Ok((value, head))
    }

    /// Sends the request, blocks the thread until there is a response, and decodes it: see
    /// [`send`](Self::send).
    ///
    /// This is for clients with the transport [`Ureq`](crate::transport::Ureq); others need to be
    /// called within their own runtime.
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<R, Error> {
        crate::block_on(self.send())
    }

    /// Sends the request through another client, which must be for the same service.
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub async fn send_with(mut self, client: &Client) -> Result<R, Error> {
        self.draft.at = self.draft.at.through(client);
        self.send().await
    }

    /// Replaces the function that decodes the response.
    pub(crate) fn decoded_by<S>(self, change: impl FnOnce(Decode<R>) -> Decode<S>) -> Request<S, O> {
        Request { draft: self.draft, decode: change(self.decode), options: PhantomData }
    }

    /// Replaces the function that decodes the response, and the query options that the request
    /// offers.
    pub(crate) fn with_decode<S, P>(self, decode: Decode<S>) -> Request<S, P> {
        Request { draft: self.draft, decode, options: PhantomData }
    }

    /// The same request without methods for query options.
    pub(crate) fn plain(self) -> Request<R> {
        Request { draft: self.draft, decode: self.decode, options: PhantomData }
    }

    fn read(&self, head: &Parts, body: &[u8]) -> Result<R, Error> {
        let decode = || self.client().protocol().reading(|| (self.decode)(head, body));
        if head.status.is_success() { decode() } else { Err(ServiceError::read(head, body).into()) }
    }
}

impl<R, O> Clone for Request<R, O> {
    fn clone(&self) -> Self {
        Self { draft: self.draft.clone(), decode: self.decode, options: PhantomData }
    }
}

/// Shows the headers, too, except for sensitive values.
impl<R, O> fmt::Debug for Request<R, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.draft.method)
            .field("url", &self.draft.url())
            .field("headers", &self.draft.headers)
            .field("body", &format_args!("{} bytes", self.draft.body.len()))
            .finish()
    }
}

/// Writes method and path: `GET /users/a%20b/messages`.
impl<R, O> fmt::Display for Request<R, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.draft.method, self.draft.at.path())
    }
}

//! Sends requests: with a token, again while the service is busy, and within a time limit.

use http::header::{AUTHORIZATION, CONTENT_ENCODING, HeaderName, HeaderValue};
use http::{Request, Response, StatusCode};

use crate::error::{self, DecodeError};
use crate::manner::Manner;
use crate::retry::Attempts;
use crate::sent::{self, Sent, scrubbed};
use crate::trace::Trace;
use crate::transport::Timeout;
use crate::{Client, Content, Error, Token, TokenRequest, deadline, redirect, request_id, tokens};

/// The number of bytes that are kept of the body of an error.
const LARGEST_ERROR: usize = 1 << 20;

impl Client {
    /// Sends a request to the service, with a token and the client's headers, and returns a
    /// response of any status. If the service is busy, the request is sent again
    /// ([`Retry`](crate::Retry)). If the service refuses the token (401), it is sent once more with
    /// a new one.
    ///
    /// # Errors
    /// If the URL does not belong to the service ([`Error::Foreign`]), and if there is no token, no
    /// connection or no response.
    pub async fn send(&self, mut request: Request<Vec<u8>>) -> Result<Response<Content>, Error> {
        let origin = self.check(request.uri())?;
        for (name, value) in self.headers() {
            request.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
        self.identify(&mut request);
        // A credential that the caller has set replaces the token.
        let Some(tokens) = self.tokens().filter(|_| !request.headers().contains_key(AUTHORIZATION)) else {
            return self.attempts(request, None).await;
        };
        if !origin.is_confidential() {
            return Err(Error::invalid(format!("a token does not go over plain http, to {origin}: use https")));
        }
        let wanted = TokenRequest::new(self.scopes(origin));
        let token = tokens.token(&wanted).await.map_err(Error::Token)?;
        let response = self.authorised(&request, &token).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        // The token was revoked or lacks claims, so a cached one must not be used again.
        let wanted = wanted.after(token.clone(), tokens::claims(response.headers()));
        match tokens.token(&wanted).await {
            Ok(new) if new != token => self.authorised(&request, &new).await,
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
    pub async fn send_anonymous(&self, mut request: Request<Vec<u8>>) -> Result<Response<Content>, Error> {
        request.extensions_mut().get_or_insert_default::<Manner>().hidden = true;
        self.attempts(request, None).await
    }

    /// Sends a request to the service, follows redirects and reads the response, all within the
    /// time limit.
    pub(crate) async fn exchange(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        self.within(request, Timeout::whole, async |request| {
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
        timeout: fn(std::time::Duration) -> Timeout,
        send: impl AsyncFnOnce(Request<Vec<u8>>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        self.identify(&mut request);
        let manner: Manner = request.extensions().get().cloned().unwrap_or_default();
        let limit = manner.timeout.unwrap_or_else(|| self.timeout());
        if let Some(limit) = limit {
            request.extensions_mut().insert(timeout(limit));
        }
        let id = self.client_request_id(&request);
        let name = format!("{}{}", sent::name(&request), error::ids(None, id.as_deref()));
        let trace = Trace::begin(&request);
        request.extensions_mut().insert(trace.clone());
        trace.around(deadline::within(limit, || name.clone(), send(request))).await
    }

    /// Reads the body of a response; of an error, only the beginning.
    pub(crate) async fn read(&self, response: Response<Content>) -> Result<Response<Vec<u8>>, Error> {
        let (parts, content) = response.into_parts();
        if !parts.status.is_success() {
            let body = content.beginning(LARGEST_ERROR).await;
            return Ok(scrubbed(Response::from_parts(parts, body)));
        }
        // A transport that decodes a body removes this header (RFC 9110, section 8.4).
        let coding = parts.headers.get(CONTENT_ENCODING).and_then(|coding| coding.to_str().ok());
        if coding.is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
            return Err(DecodeError::encoded(&parts).into());
        }
        let body = content.collect(self.largest()).await?;
        Ok(Response::from_parts(parts, body))
    }

    /// Sets the client request id of a request that has none. It is not sent to other services.
    fn identify(&self, request: &mut Request<Vec<u8>>) {
        if request.extensions().get().is_some_and(|manner: &Manner| manner.hidden) {
            return;
        }
        let Some(name) = self.id_header() else { return };
        let id = self.headers().get(&name).cloned().or_else(|| HeaderValue::try_from(request_id::new()).ok());
        if let Some(id) = id {
            request.headers_mut().entry(name).or_insert(id);
        }
    }

    fn id_header(&self) -> Option<HeaderName> {
        HeaderName::from_bytes(self.protocol().request_id_header().as_bytes()).ok()
    }

    fn client_request_id(&self, request: &Request<Vec<u8>>) -> Option<String> {
        Some(request.headers().get(self.id_header()?)?.to_str().ok()?.to_owned())
    }

    /// Sends the request with a token.
    async fn authorised(&self, request: &Request<Vec<u8>>, token: &Token) -> Result<Response<Content>, Error> {
        let mut request = request.clone();
        request.headers_mut().insert(token.name().clone(), token.header().clone());
        self.attempts(request, Some(token)).await
    }

    /// Sends the request, and sends it again while the service is busy and the limits of retries
    /// and of time allow.
    async fn attempts(&self, request: Request<Vec<u8>>, token: Option<&Token>) -> Result<Response<Content>, Error> {
        let transport = self.transport()?;
        let sent = Sent::new(&request, token, self.id_header().as_ref());
        let manner: Manner = request.extensions().get().cloned().unwrap_or_default();
        let trace: Trace = request.extensions().get().cloned().unwrap_or_default();
        let timeout: Option<Timeout> = request.extensions().get().copied();
        let retry = manner.retry.unwrap_or_else(|| self.retry().clone());
        let mut attempts = Attempts::new(retry, request.method(), manner.repeatable);
        loop {
            trace.attempt(attempts.number());
            let mut response = transport.send(request.clone()).await.map_err(|source| sent.unsent(source))?;
            let in_time = |wait: &_| timeout.is_none_or(|timeout| *wait < timeout.left());
            if let Some(wait) = attempts.wait(&response).filter(in_time) {
                self.sleep(wait).await;
                continue;
            }
            sent.scrub_headers(response.headers_mut());
            trace.received(&response, &sent);
            let name = sent.response_name(response.status(), response.headers());
            response.extensions_mut().insert(sent);
            return Ok(response.map(|content| content.named(name)));
        }
    }
}

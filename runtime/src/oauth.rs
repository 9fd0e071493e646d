//! Tokens of applications that sign in with their own identity (client credentials).

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

use async_lock::Mutex;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderValue, Request, Uri};

use crate::literal::encode;
use crate::manner::Manner;
use crate::origin::{Origin, without_user};
use crate::response::without_mark;
use crate::secret::Secrets;
use crate::transport::Timeout;
use crate::{BoxError, BoxFuture, Client, Cloud, Json, ServiceError, Token, TokenRequest, Tokens, Transport};

/// A new token is requested this long before the old one expires, but not before nine tenths of its
/// lifetime.
const AHEAD: Duration = Duration::from_secs(300);

/// After a failed request for a new token, the old one is used for this long, if it is still valid.
const PAUSE: Duration = Duration::from_secs(30);

/// The maximum size of a token response, in bytes.
const LARGEST: u64 = 1 << 20;

/// The client-credentials flow of OAuth 2.0 (RFC 6749, section 4.4) with the Microsoft identity
/// platform: an application signs in with its own identity.
///
/// A token is cached until shortly before it expires. Concurrent callers that need a new token
/// share one request, which is sent again while the identity platform is busy
/// ([`Retry`](crate::Retry)). Neither `Debug` nor errors show the secret or a token.
///
/// ```
/// # fn example(transport: impl edmark_runtime::Transport + Clone, secret: &str) {
/// use edmark_runtime::{Client, ClientCredentials};
/// let tokens = ClientCredentials::new("contoso.onmicrosoft.com", "11111111-2222-3333-4444-555555555555", secret, transport.clone());
/// let client = Client::new("https://graph.microsoft.com/v1.0", transport).with_tokens(tokens);
/// # }
/// ```
pub struct ClientCredentials {
    /// Sends the requests for tokens. They go to the identity platform, so it has no tokens itself.
    client: Client,
    authority: String,
    tenant: String,
    client_id: String,
    secret: String,
    /// Replaces the scope that the client asks for.
    scope: Option<String>,
    /// The cached tokens by their scopes.
    current: Mutex<BTreeMap<String, Kept>>,
}

/// A token, the time to renew it and the time it expires.
struct Kept {
    token: Token,
    renew: Instant,
    expires: Instant,
}

impl ClientCredentials {
    /// Creates the flow for an application in a tenant, given by its id or domain. `transport`
    /// sends the token requests.
    pub fn new(tenant: &str, client_id: &str, secret: &str, transport: impl Transport) -> Self {
        Self {
            client: Client::new(Cloud::Global.authority(), transport).with_largest(LARGEST),
            authority: Cloud::Global.authority().to_owned(),
            tenant: tenant.to_owned(),
            client_id: client_id.to_owned(),
            secret: secret.to_owned(),
            scope: None,
            current: Mutex::new(BTreeMap::new()),
        }
    }

    /// Uses another cloud. Its tokens are valid only for the service of that cloud:
    ///
    /// ```
    /// # fn example(transport: impl edmark_runtime::Transport + Clone, secret: &str) {
    /// use edmark_runtime::{Client, ClientCredentials, Cloud};
    /// let cloud = Cloud::UsGovernment;
    /// let tokens = ClientCredentials::new("contoso.onmicrosoft.us", "11111111-2222-3333-4444-555555555555", secret, transport.clone()).cloud(cloud);
    /// let client = Client::new(&cloud.base("v1.0"), transport).with_tokens(tokens);
    /// # }
    /// ```
    #[must_use]
    pub fn cloud(self, cloud: Cloud) -> Self {
        self.authority(cloud.authority())
    }

    /// Sets the address of the identity platform. The default is
    /// `https://login.microsoftonline.com`.
    #[must_use]
    pub fn authority(mut self, url: &str) -> Self {
        self.authority = url.trim_end_matches('/').to_owned();
        self
    }

    /// Sets the scope. The default is the scope that the client asks for: `/.default` at the
    /// service's own address.
    #[must_use]
    pub fn scope(mut self, scope: &str) -> Self {
        self.scope = Some(scope.to_owned());
        self
    }

    /// The scope for a token request.
    fn scope_of(&self, wanted: &TokenRequest) -> Result<String, BoxError> {
        let asked = wanted.scopes().join(" ");
        let scope = self.scope.clone().unwrap_or_else(|| asked.clone());
        let Some(cloud) = Cloud::of(&scope) else { return Ok(scope) };
        if let Some(service) = Cloud::of(&asked).filter(|service| *service != cloud) {
            return Err(format!(
                "the scope {scope} is that of {cloud:?}, and the client asks the service of {service:?}: leave the scope out, or let both be of one cloud"
            )
            .into());
        }
        let known = [Cloud::Global, Cloud::UsGovernment, Cloud::China].map(Cloud::authority);
        if known.contains(&&*self.authority) && self.authority != cloud.authority() {
            return Err(format!(
                "{} gives no tokens for {scope}: they come from {}, use `cloud(Cloud::{cloud:?})`",
                self.authority,
                cloud.authority()
            )
            .into());
        }
        Ok(scope)
    }

    /// Returns the cached token, or requests a new one.
    async fn current(&self, wanted: &TokenRequest) -> Result<Token, BoxError> {
        let scope = self.scope_of(wanted)?;
        // The lock is held while a token is requested, so that concurrent callers wait for it.
        let mut current = self.current.lock().await;
        if let Some(kept) = current.get(&scope)
            && wanted.refused().is_some_and(|refused| *refused == kept.token)
        {
            current.remove(&scope);
        }
        if let Some(kept) = current.get(&scope)
            && Instant::now() < kept.renew
            && wanted.claims().is_none()
        {
            return Ok(kept.token.clone());
        }
        match self.fetch(&scope, wanted.claims()).await {
            Ok(kept) => {
                let token = kept.token.clone();
                current.insert(scope, kept);
                Ok(token)
            }
            Err(error) => {
                match current.get_mut(&scope).filter(|kept| Instant::now() < kept.expires && wanted.claims().is_none())
                {
                    Some(kept) => {
                        kept.renew = Instant::now() + PAUSE;
                        Ok(kept.token.clone())
                    }
                    None => Err(error),
                }
            }
        }
    }

    async fn fetch(&self, scope: &str, claims: Option<&str>) -> Result<Kept, BoxError> {
        let asked = Instant::now();
        let client = &self.client;
        let send = async |request| client.read(client.send_anonymous(request).await?).await;
        let response = client.within(self.request(scope, claims)?, Timeout::whole, send).await?;
        let (head, body) = response.into_parts();
        if !head.status.is_success() {
            return Err(self.refused(head, body).into());
        }
        let response: Json = serde_json::from_slice(without_mark(&body)).unwrap_or_default();
        let token = response
            .get("access_token")
            .and_then(Json::as_str)
            .ok_or("the response to the request for a token has none")?;
        // Some servers write the number as a string; RFC 6749 allows to leave it out.
        let life = response.get("expires_in").and_then(|life| life.as_u64().or_else(|| life.as_str()?.parse().ok()));
        let life = Duration::from_secs(life.unwrap_or(0).min(u32::MAX.into()));
        let token = Token::bearer(token)?;
        Ok(Kept { token, renew: asked + (life - AHEAD.min(life / 10)), expires: asked + life })
    }

    fn request(&self, scope: &str, claims: Option<&str>) -> Result<Request<Vec<u8>>, BoxError> {
        let mut url = format!("{}/", self.authority);
        encode(&self.tenant, &mut url);
        url.push_str("/oauth2/v2.0/token");
        let url = Uri::try_from(url)?;
        if !Origin::of(&url).is_some_and(|origin| origin.is_confidential()) {
            let authority = without_user(&self.authority);
            return Err(
                format!("the secret of an application does not go to {authority:?}: use an https address").into()
            );
        }
        let mut form = String::from("grant_type=client_credentials");
        let fields = [("client_id", &*self.client_id), ("client_secret", &*self.secret), ("scope", scope)];
        for (name, value) in fields.into_iter().chain(claims.map(|claims| ("claims", claims))) {
            form.push('&');
            form.push_str(name);
            form.push('=');
            encode(value, &mut form);
        }
        let mut request = Request::new(form.into_bytes());
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = url;
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        request.extensions_mut().insert(Manner { repeatable: true, ..Manner::default() }.hidden());
        Ok(request)
    }

    /// The error of the server, without the secret if the response repeats it.
    fn refused(&self, mut head: Parts, body: Vec<u8>) -> ServiceError {
        let secrets = Secrets::new(&self.secret);
        secrets.scrub_headers(&mut head.headers);
        ServiceError::read(&head, &secrets.scrub(&body).unwrap_or(body))
    }
}

impl Tokens for ClientCredentials {
    fn token<'a>(&'a self, wanted: &'a TokenRequest) -> BoxFuture<'a, Result<Token, BoxError>> {
        Box::pin(self.current(wanted))
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("authority", &self.authority)
            .field("tenant", &self.tenant)
            .field("client_id", &self.client_id)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Content;

    struct Unreachable;

    impl Transport for Unreachable {
        fn send(&self, _: Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
            Box::pin(std::future::ready(Err("no connection".into())))
        }
    }

    /// The result for a caller when a new token is due but cannot be obtained, and the old one is
    /// valid for `good_for`.
    fn with_old_token(good_for: Duration) -> Result<Token, BoxError> {
        let tokens = ClientCredentials::new("tenant", "id", "secret", Unreachable);
        let old = Kept {
            token: Token::bearer("old").map_err(BoxError::from)?,
            renew: Instant::now(),
            expires: Instant::now() + good_for,
        };
        tokens.current.try_lock().expect("nobody else has it").insert("scope".to_owned(), old);
        pollster::block_on(tokens.token(&TokenRequest::new(["scope"])))
    }

    #[test]
    fn the_old_token_does_for_as_long_as_it_is_good() {
        assert_eq!(with_old_token(Duration::from_secs(100)).expect("it is good").header(), "Bearer old");
        let error = with_old_token(Duration::ZERO).expect_err("it is not");
        assert_eq!(error.to_string(), "POST https://login.microsoftonline.com has no response");
    }
}

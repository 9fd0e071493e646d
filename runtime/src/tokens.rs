//! Tokens and other credentials.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use crate::edm::base64::decode;
use crate::{BoxError, BoxFuture};

/// A source of the tokens that authorize requests.
///
/// A [`Token`] that never changes is a source, too. The feature `oauth` has the flow of
/// applications, and the feature `azure` the credentials of `azure_identity`. Other flows and
/// libraries take a few lines:
///
/// ```
/// use edmark_runtime::{BoxError, BoxFuture, Token, TokenRequest, Tokens};
/// struct CommandLine;
/// impl Tokens for CommandLine {
///     fn token<'a>(&'a self, _: &'a TokenRequest) -> BoxFuture<'a, Result<Token, BoxError>> {
///         Box::pin(async { Ok(Token::bearer(&std::env::var("GRAPH_TOKEN")?)?) })
///     }
/// }
/// ```
pub trait Tokens: Send + Sync + 'static {
    /// Returns a token that is valid for a while. It is called for every request, so an
    /// implementation caches its token until it expires, or until it is called with a request that
    /// [refuses](TokenRequest::refused) the token or has [claims](TokenRequest::claims).
    ///
    /// Errors are shown, so they must not contain a secret.
    fn token<'a>(&'a self, wanted: &'a TokenRequest) -> BoxFuture<'a, Result<Token, BoxError>>;
}

/// The requirements for a token.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct TokenRequest {
    scopes: Vec<String>,
    claims: Option<String>,
    refused: Option<Token>,
}

impl TokenRequest {
    /// Requests a token for these scopes.
    pub fn new(scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { scopes: scopes.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// The same request after the service refused a token (401), with the claims that it requires.
    pub(crate) fn after(mut self, refused: Token, claims: Option<String>) -> Self {
        self.refused = Some(refused);
        self.claims = claims;
        self
    }

    /// The scopes of the token, such as `https://graph.microsoft.com/.default`: see
    /// [`Client::with_scopes`](crate::Client::with_scopes).
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// The claims that a new token must have, as JSON: the decoded claims challenge of a 401
    /// (`WWW-Authenticate: Bearer … claims="…"`). An identity platform accepts it as the parameter
    /// `claims`.
    pub fn claims(&self) -> Option<&str> {
        self.claims.as_deref()
    }

    /// The token that the service refused (401). A source must not return it again from its cache.
    pub fn refused(&self) -> Option<&Token> {
        self.refused.as_ref()
    }
}

/// The credential of a request: a bearer token, a user with a password, or an API key. Neither
/// `Debug` nor errors show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    header: HeaderName,
    value: HeaderValue,
    /// The texts that no error may show.
    secrets: Vec<Box<[u8]>>,
}

impl Token {
    /// A bearer token (RFC 6750), given by the text that follows `Bearer`.
    ///
    /// # Errors
    /// If the text has characters that no token has, such as the line end of the file it was read
    /// from.
    pub fn bearer(text: &str) -> Result<Self, InvalidToken> {
        // More characters than RFC 6750, section 2.1 allows, because servers use them. A quote
        // indicates that the text was taken from JSON with its quotes.
        let usual = |byte: u8| byte.is_ascii_graphic() && byte != b'"';
        if text.is_empty() || !text.bytes().all(usual) {
            return Err(InvalidToken);
        }
        Self::new(AUTHORIZATION, &format!("Bearer {text}"), &[text])
    }

    /// A user with a password (`Basic`, RFC 7617).
    ///
    /// # Errors
    /// If the name of the user contains a colon, which is the separator, or one of them has control
    /// characters.
    pub fn basic(user: &str, password: &str) -> Result<Self, InvalidToken> {
        if user.contains(':') || [user, password].iter().any(|text| text.chars().any(char::is_control)) {
            return Err(InvalidToken);
        }
        let encoded = STANDARD.encode(format!("{user}:{password}"));
        Self::new(AUTHORIZATION, &format!("Basic {encoded}"), &[&encoded, password])
    }

    /// An API key in a header of its own, such as `APIKey`.
    ///
    /// # Errors
    /// If one of them is not valid in a header.
    pub fn api_key(header: &str, key: &str) -> Result<Self, InvalidToken> {
        let header = HeaderName::from_bytes(header.as_bytes()).map_err(|_| InvalidToken)?;
        if key.is_empty() {
            return Err(InvalidToken);
        }
        Self::new(header, key, &[key])
    }

    fn new(header: HeaderName, value: &str, secrets: &[&str]) -> Result<Self, InvalidToken> {
        let mut value = HeaderValue::from_str(value).map_err(|_| InvalidToken)?;
        value.set_sensitive(true);
        let secrets =
            secrets.iter().filter(|secret| !secret.is_empty()).map(|secret| secret.as_bytes().into()).collect();
        Ok(Self { header, value, secrets })
    }

    /// The name of its header.
    pub fn name(&self) -> &HeaderName {
        &self.header
    }

    /// The value of its header, marked as sensitive.
    pub fn header(&self) -> &HeaderValue {
        &self.value
    }

    /// The texts that no error may show.
    pub(crate) fn secrets(&self) -> &[Box<[u8]>] {
        &self.secrets
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Tokens for Token {
    fn token<'a>(&'a self, _: &'a TokenRequest) -> BoxFuture<'a, Result<Token, BoxError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// The text is not a valid token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidToken;

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the text is no token: it is empty or has spaces, line ends or other characters that tokens do not have",
        )
    }
}

impl std::error::Error for InvalidToken {}

/// The claims challenge of a 401 (Microsoft identity platform): the parameter `claims` of
/// `WWW-Authenticate`, decoded from base64.
pub(crate) fn claims(headers: &http::HeaderMap) -> Option<String> {
    headers.get_all(http::header::WWW_AUTHENTICATE).iter().find_map(|challenge| {
        let challenge = challenge.to_str().ok()?;
        let at = challenge.to_ascii_lowercase().find("claims=")?;
        let value = challenge[at + "claims=".len()..].trim_start().strip_prefix('"')?;
        let text = String::from_utf8(decode(value.split('"').next()?)?).ok()?;
        Some(text).filter(|text| text.trim_start().starts_with('{'))
    })
}

//! Who may ask: tokens and other credentials.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use crate::edm::base64::decode;
use crate::{BoxError, BoxFuture};

/// Gives the tokens that requests are authorised by.
///
/// [`Token`] is one that never changes; the feature `oauth` has the flow of applications, the
/// feature `azure` the credentials of `azure_identity`, and other flows and libraries take a few
/// lines:
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
    /// A token that is still good for a while. It is asked for every request: an implementation
    /// keeps what it has until it expires, or until a request comes that
    /// [refuses](TokenRequest::refused) it or has [claims](TokenRequest::claims).
    ///
    /// Its errors must not contain a secret, as they are shown.
    fn token<'a>(&'a self, wanted: &'a TokenRequest) -> BoxFuture<'a, Result<Token, BoxError>>;
}

/// What token is wanted.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct TokenRequest {
    scopes: Vec<String>,
    claims: Option<String>,
    refused: Option<Token>,
}

impl TokenRequest {
    /// A token for these scopes.
    pub fn new(scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { scopes: scopes.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// The same after the service refused a token (401), with the claims that it wants instead.
    pub(crate) fn after(mut self, refused: Token, claims: Option<String>) -> Self {
        self.refused = Some(refused);
        self.claims = claims;
        self
    }

    /// What it is to be good for, such as `https://graph.microsoft.com/.default`: see
    /// [`Client::with_scopes`](crate::Client::with_scopes).
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// What the service wants a new token to say, as JSON: the claims challenge of a 401
    /// (`WWW-Authenticate: Bearer … claims="…"`), decoded. An identity platform takes it as the
    /// parameter `claims`.
    pub fn claims(&self) -> Option<&str> {
        self.claims.as_deref()
    }

    /// The token that the service no longer takes (401): one that is kept must not be given again.
    pub fn refused(&self) -> Option<&Token> {
        self.refused.as_ref()
    }
}

/// What authorises a request: a bearer token, a user with a password, or an API key. `Debug` does
/// not show it, nor do errors.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    header: HeaderName,
    value: HeaderValue,
    /// What no error may show.
    secrets: Vec<Box<[u8]>>,
}

impl Token {
    /// A bearer token (RFC 6750) by its text, as it stands behind `Bearer`.
    ///
    /// # Errors
    /// When the text has characters that no token has, such as the end of the line that it was read
    /// from.
    pub fn bearer(text: &str) -> Result<Self, InvalidToken> {
        // Wider than RFC 6750, section 2.1, as servers are; quotes come from a text in JSON.
        let usual = |byte: u8| byte.is_ascii_graphic() && byte != b'"';
        if text.is_empty() || !text.bytes().all(usual) {
            return Err(InvalidToken);
        }
        Self::new(AUTHORIZATION, &format!("Bearer {text}"), &[text])
    }

    /// A user with a password (`Basic`, RFC 7617).
    ///
    /// # Errors
    /// When the user's name has a colon, which ends it, or one of them has control characters.
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
    /// When one of the two cannot stand in a header.
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

    /// The header that it stands in.
    pub fn name(&self) -> &HeaderName {
        &self.header
    }

    /// The value of its header, marked as sensitive.
    pub fn header(&self) -> &HeaderValue {
        &self.value
    }

    /// What no error may show.
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

/// A text that cannot authorise a request.
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

/// The claims that a 401 asks for (Microsoft identity platform, claims challenge): the parameter
/// `claims` of `WWW-Authenticate`, in base64.
pub(crate) fn claims(headers: &http::HeaderMap) -> Option<String> {
    headers.get_all(http::header::WWW_AUTHENTICATE).iter().find_map(|challenge| {
        let challenge = challenge.to_str().ok()?;
        let at = challenge.to_ascii_lowercase().find("claims=")?;
        let value = challenge[at + "claims=".len()..].trim_start().strip_prefix('"')?;
        let text = String::from_utf8(decode(value.split('"').next()?)?).ok()?;
        Some(text).filter(|text| text.trim_start().starts_with('{'))
    })
}

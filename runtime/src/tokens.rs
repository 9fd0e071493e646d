//! Who may ask: bearer tokens.

use std::fmt;

use http::HeaderValue;

use crate::secret::scrub;
use crate::{BoxError, BoxFuture};

/// Gives the tokens that requests are authorised by.
///
/// [`Token`] is one that never changes; the feature `oauth` has the flow of applications, and other flows and libraries take a few lines:
///
/// ```
/// use edmark_runtime::{BoxError, BoxFuture, Token, Tokens};
/// struct CommandLine;
/// impl Tokens for CommandLine {
///     fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
///         Box::pin(async { Ok(Token::bearer(&std::env::var("GRAPH_TOKEN")?)?) })
///     }
/// }
/// ```
pub trait Tokens: Send + Sync + 'static {
    /// A token that is still good for a while. It is asked for every request: an implementation keeps what it has until it expires.
    ///
    /// Its errors must not contain a secret, as they are shown.
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>>;
}

/// A bearer token (RFC 6750). `Debug` does not show it, nor do errors.
#[derive(Clone)]
pub struct Token(HeaderValue);

impl Token {
    /// A token by its text, as it stands behind `Bearer`.
    ///
    /// # Errors
    /// When the text has characters that no token has, such as the end of the line that it was read from.
    pub fn bearer(text: &str) -> Result<Self, InvalidToken> {
        // RFC 6750, section 2.1.
        let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
        if text.is_empty() || !text.bytes().all(usual) {
            return Err(InvalidToken);
        }
        let mut value = HeaderValue::from_str(&format!("Bearer {text}")).map_err(|_| InvalidToken)?;
        value.set_sensitive(true);
        Ok(Self(value))
    }

    /// The value of the `Authorization` header, marked as sensitive.
    pub fn header(&self) -> &HeaderValue {
        &self.0
    }

    /// The body without the token, where a server or a proxy sent it back.
    pub(crate) fn scrub(&self, body: &[u8]) -> Option<Vec<u8>> {
        scrub(body, self.0.as_bytes().strip_prefix(b"Bearer ")?)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Tokens for Token {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// A text that cannot be a bearer token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidToken;

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is no bearer token: it is empty or has spaces, line ends or other characters that tokens do not have")
    }
}

impl std::error::Error for InvalidToken {}

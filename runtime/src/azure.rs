//! Access tokens from the credentials of `azure_identity`: certificates, managed identities,
//! workload identities, developer tools.

use std::fmt;
use std::sync::Arc;

use azure_core::credentials::TokenCredential;

use crate::{BoxError, BoxFuture, Token, TokenRequest, Tokens};

/// Tokens from a credential of `azure_core`, such as those of `azure_identity`.
///
/// ```
/// # fn example(credential: std::sync::Arc<dyn azure_core::credentials::TokenCredential>, transport: impl edmark_runtime::Transport) {
/// use edmark_runtime::{AzureTokens, Client};
/// // For one, `azure_identity::ManagedIdentityCredential::new(None)?`.
/// let client = Client::new("https://graph.microsoft.com/v1.0", transport).with_tokens(AzureTokens::new(credential));
/// # }
/// ```
///
/// A credential caches its tokens by itself. Its interface has no way to say that the service
/// refused a token or which claims it requires, so a claims challenge is returned as an error.
#[derive(Clone)]
pub struct AzureTokens(Arc<dyn TokenCredential>);

impl AzureTokens {
    /// Uses a credential as the source of tokens.
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self(credential)
    }
}

impl Tokens for AzureTokens {
    fn token<'a>(&'a self, wanted: &'a TokenRequest) -> BoxFuture<'a, Result<Token, BoxError>> {
        Box::pin(async move {
            if wanted.claims().is_some() {
                return Err("the service wants a token with other claims (a claims challenge), which a credential of azure_core cannot be asked for: sign in again".into());
            }
            let scopes: Vec<&str> = wanted.scopes().iter().map(String::as_str).collect();
            let token = self.0.get_token(&scopes, None).await?;
            Ok(Token::bearer(token.token.secret())?)
        })
    }
}

impl fmt::Debug for AzureTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AzureTokens(..)")
    }
}

//! The credentials of `azure_identity` as tokens: certificates, managed identities, workload
//! identities, developer tools.

use std::fmt;
use std::sync::Arc;

use azure_core::credentials::TokenCredential;

use crate::{BoxError, BoxFuture, Token, TokenRequest, Tokens};

/// Tokens by a credential of `azure_core`, such as those of `azure_identity`.
///
/// ```
/// # fn example(credential: std::sync::Arc<dyn azure_core::credentials::TokenCredential>, transport: impl edmark_runtime::Transport) {
/// use edmark_runtime::{AzureTokens, Client};
/// // For one, `azure_identity::ManagedIdentityCredential::new(None)?`.
/// let client = Client::new("https://graph.microsoft.com/v1.0", transport).with_tokens(AzureTokens::new(credential));
/// # }
/// ```
///
/// A credential keeps its tokens by itself. It cannot be told that the service refuses one, nor
/// which claims it wants: a claims challenge is an error that says so.
#[derive(Clone)]
pub struct AzureTokens(Arc<dyn TokenCredential>);

impl AzureTokens {
    /// The tokens of a credential.
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

//! What a source of tokens is told, and what becomes of its tokens.

use std::sync::{Arc, Mutex};

use edmark_runtime::{
    At, BoxError, BoxFuture, Client, Content, Error, Method, Token, TokenRequest, Tokens, Transport, response,
};

const CHALLENGE: &str = r#"Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ==""#;

const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true}}}"#;

/// A service that accepts only the token `good`, and keeps the tokens of the requests. Each
/// response has the challenge.
#[derive(Clone)]
struct Service {
    challenge: &'static str,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn new(challenge: &'static str) -> Self {
        Self { challenge, seen: Arc::default() }
    }

    /// Sends a request, and returns its result with the tokens that the service has received.
    fn asked(&self, tokens: impl Tokens, scopes: Option<&str>) -> (Result<String, Error>, Vec<String>) {
        let mut client = Client::new("https://graph.microsoft.us/v1.0", self.clone()).with_tokens(tokens);
        if let Some(scopes) = scopes {
            client = client.with_scopes(scopes.split(' '));
        }
        let request = At::root(client).segment("me").request(Method::Patch, response::text);
        let result = pollster::block_on(request.bytes("body", "text/plain").send());
        (result, std::mem::take(&mut self.seen.lock().unwrap()))
    }
}

impl Transport for Service {
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        let token = request.headers()["authorization"].to_str().unwrap().to_owned();
        let status = if token == "Bearer good" { 200 } else { 401 };
        assert_eq!(request.body(), b"body", "the request is repeated as it was");
        self.seen.lock().unwrap().push(token);
        let response = http::Response::builder().status(status).header("www-authenticate", self.challenge);
        Box::pin(async { Ok(response.body("done".into())?) })
    }
}

/// A source that keeps what it is told, and returns these tokens one after the other.
#[derive(Clone)]
struct Source {
    told: Arc<Mutex<Vec<TokenRequest>>>,
    tokens: &'static [&'static str],
}

impl Source {
    fn new(tokens: &'static [&'static str]) -> Self {
        Self { told: Arc::default(), tokens }
    }
}

impl Tokens for Source {
    fn token<'a>(&'a self, wanted: &'a TokenRequest) -> BoxFuture<'a, Result<Token, BoxError>> {
        let mut told = self.told.lock().unwrap();
        told.push(wanted.clone());
        let token = self.tokens.get(told.len() - 1).copied();
        Box::pin(async move { Ok(Token::bearer(token.ok_or("nobody is signed in")?)?) })
    }
}

#[test]
fn a_source_is_told_scopes_refusal_and_claims() {
    let source = Source::new(&["old", "good"]);
    let (result, seen) = Service::new(CHALLENGE).asked(source.clone(), None);
    assert_eq!((result.unwrap().as_str(), seen), ("done", vec!["Bearer old".to_owned(), "Bearer good".to_owned()]));
    let told = source.told.lock().unwrap();
    let [first, second] = &told[..] else { panic!("{told:?}") };
    assert_eq!(first.scopes(), ["https://graph.microsoft.us/.default"]);
    assert!(first.refused().is_none() && first.claims().is_none());
    assert_eq!(second.scopes(), first.scopes());
    assert_eq!(second.refused(), Some(&Token::bearer("old").unwrap()));
    assert_eq!(second.claims(), Some(CLAIMS));

    let source = Source::new(&["good"]);
    Service::new("Bearer").asked(source.clone(), Some("User.Read Mail.Send")).0.unwrap();
    assert_eq!(source.told.lock().unwrap()[0].scopes(), ["User.Read", "Mail.Send"]);
}

#[test]
fn a_request_is_repeated_once() {
    let (result, seen) = Service::new("Bearer").asked(Source::new(&["one", "two", "good"]), None);
    assert_eq!((result.unwrap_err().status().unwrap().as_u16(), seen.len()), (401, 2));
    // The same token again, or none, makes no second request.
    let (result, seen) = Service::new("Bearer").asked(Source::new(&["one", "one"]), None);
    assert_eq!((result.unwrap_err().status().unwrap().as_u16(), seen.len()), (401, 1));
    let (result, seen) = Service::new("Bearer").asked(Source::new(&["one"]), None);
    assert_eq!((result.unwrap_err().status().unwrap().as_u16(), seen.len()), (401, 1));
    // A claims challenge that the source cannot satisfy is its error.
    let (result, _) = Service::new(CHALLENGE).asked(Source::new(&["one"]), None);
    let error = result.unwrap_err();
    assert!(matches!(&error, Error::Token(source) if source.to_string() == "nobody is signed in"), "{error:?}");
}

#[test]
fn a_challenge_that_is_none_is_not_told() {
    for challenge in ["Bearer claims=", "Bearer claims=\"%%%\"", "Bearer claims=\"bm8=\"", "Bearer claims=\"eyJ"] {
        let source = Source::new(&["old", "good"]);
        Service::new(challenge).asked(source.clone(), None).0.unwrap();
        let told = source.told.lock().unwrap();
        // A missing quote at the end does not matter: there is no JSON either way.
        assert!(told[1].claims().is_none_or(|claims| claims.starts_with('{')), "{challenge}: {told:?}");
        assert!(told[1].refused().is_some());
    }
}

#[cfg(feature = "azure")]
mod azure {
    use std::pin::Pin;

    use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
    use azure_core::time::OffsetDateTime;
    use edmark_runtime::AzureTokens;

    use super::*;

    #[derive(Debug, Default)]
    struct Credential(Mutex<Vec<String>>);

    /// As the macro of the crate async-trait would write it.
    impl TokenCredential for Credential {
        fn get_token<'this, 'list, 'scope, 'options, 'all>(
            &'this self,
            scopes: &'list [&'scope str],
            _: Option<TokenRequestOptions<'options>>,
        ) -> Pin<Box<dyn Future<Output = azure_core::Result<AccessToken>> + Send + 'all>>
        where
            'this: 'all,
            'list: 'all,
            'scope: 'all,
            'options: 'all,
            Self: 'all,
        {
            self.0.lock().unwrap().push(scopes.join(" "));
            let token = if scopes.contains(&"good") { "good" } else { "hush-hush" };
            Box::pin(async move { Ok(AccessToken::new(token, OffsetDateTime::now_utc())) })
        }
    }

    #[test]
    fn a_credential_is_asked_for_the_scopes() {
        let credential = Arc::new(Credential::default());
        let tokens = AzureTokens::new(credential.clone());
        assert_eq!(Service::new("Bearer").asked(tokens.clone(), Some("good other")).0.unwrap(), "done");
        assert_eq!(*credential.0.lock().unwrap(), ["good other"]);
        // It caches its tokens by itself, so a refused one that comes again is the service's error.
        let (result, seen) = Service::new("Bearer").asked(tokens.clone(), None);
        assert_eq!((result.unwrap_err().status().unwrap().as_u16(), seen.len()), (401, 1));
        assert_eq!(credential.0.lock().unwrap()[1], "https://graph.microsoft.us/.default");
        // It cannot be told claims.
        let error = Service::new(CHALLENGE).asked(tokens.clone(), None).0.unwrap_err();
        assert!(matches!(&error, Error::Token(source) if source.to_string().contains("claims challenge")), "{error:?}");
        assert!(!format!("{tokens:?} {error:?}").contains("hush"));
    }
}

//! Tokens of applications, from a mock server.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use edmark_runtime::{
    At, BoxError, BoxFuture, Client, ClientCredentials, Cloud, Content, Error, Method, Request, Token, TokenRequest,
    Tokens, Transport, response,
};

/// A mock server that counts the requests, keeps the last one, and responds while it is open.
#[derive(Clone, Default)]
struct Server(Arc<State>);

#[derive(Default)]
struct State {
    requests: AtomicUsize,
    last: Mutex<Option<http::Request<Vec<u8>>>>,
    closed: AtomicBool,
    answer: Mutex<Option<(u16, String)>>,
}

impl Server {
    fn answering(status: u16, body: &str) -> Self {
        let server = Self::default();
        server.answer(status, body);
        server
    }

    fn answer(&self, status: u16, body: &str) {
        *self.0.answer.lock().unwrap() = Some((status, body.to_owned()));
    }

    fn requests(&self) -> usize {
        self.0.requests.load(Ordering::SeqCst)
    }

    fn tokens(&self) -> ClientCredentials {
        ClientCredentials::new("contoso/?", "my app", "s3cr&t=", self.clone())
    }
}

impl Transport for Server {
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        self.0.requests.fetch_add(1, Ordering::SeqCst);
        *self.0.last.lock().unwrap() = Some(request);
        Box::pin(async {
            std::future::poll_fn(
                |_| if self.0.closed.load(Ordering::SeqCst) { Poll::Pending } else { Poll::Ready(()) },
            )
            .await;
            let (status, body) = self.0.answer.lock().unwrap().clone().ok_or("no connection")?;
            Ok(http::Response::builder().status(status).body(body.into())?)
        })
    }
}

/// The scope that a client of Graph asks for.
fn wanted() -> TokenRequest {
    TokenRequest::new(["https://graph.microsoft.com/.default"])
}

fn get(tokens: &impl Tokens) -> Result<Token, BoxError> {
    pollster::block_on(tokens.token(&wanted()))
}

/// Everything that an error shows.
fn shown(error: &dyn std::error::Error) -> String {
    let mut text = format!("{error:?}");
    let mut next = Some(error);
    while let Some(error) = next {
        text += &format!("\n{error}");
        next = error.source();
    }
    text
}

#[test]
fn a_token_is_asked_for_as_the_standard_says_and_kept() {
    let server = Server::answering(200, r#"{"token_type": "Bearer", "access_token": "abc.def", "expires_in": 3599}"#);
    let tokens = server.tokens().authority("https://login.example/").scope("https://graph.example/.default");
    assert_eq!(get(&tokens).unwrap().header(), "Bearer abc.def");
    get(&tokens).unwrap();
    assert_eq!(server.requests(), 1);
    let request = server.0.last.lock().unwrap().take().unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://login.example/contoso%2F%3F/oauth2/v2.0/token");
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    let form: Vec<_> = url::form_urlencoded::parse(request.body()).into_owned().collect();
    let expected = [
        ("grant_type", "client_credentials"),
        ("client_id", "my app"),
        ("client_secret", "s3cr&t="),
        ("scope", "https://graph.example/.default"),
    ];
    assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert!(!format!("{tokens:?}{:?}", get(&tokens).unwrap()).contains("abc"));
    assert!(!format!("{tokens:?}").contains("s3cr"));
}

#[test]
fn a_token_that_does_not_last_is_renewed() {
    for life in ["0", "\"0\"", "null", "-5"] {
        let server = Server::answering(200, &format!(r#"{{"access_token": "abc", "expires_in": {life}}}"#));
        let tokens = server.tokens();
        get(&tokens).unwrap();
        get(&tokens).unwrap();
        assert_eq!(server.requests(), 2, "{life}");
    }
    let server = Server::answering(200, r#"{"access_token": "abc", "expires_in": "3599"}"#);
    let tokens = server.tokens();
    get(&tokens).unwrap();
    get(&tokens).unwrap();
    assert_eq!(server.requests(), 1);
}

#[test]
fn callers_at_the_same_time_wait_for_one_request() {
    let server = Server::answering(200, r#"{"access_token": "abc", "expires_in": 3599}"#);
    server.0.closed.store(true, Ordering::SeqCst);
    let tokens = server.tokens();
    let wanted = wanted();
    let mut callers: Vec<_> = (0..5).map(|_| tokens.token(&wanted)).collect();
    let mut context = Context::from_waker(Waker::noop());
    for caller in &mut callers {
        assert!(caller.as_mut().poll(&mut context).is_pending());
    }
    // When the caller whose request is running is dropped, the next caller sends a request instead.
    drop(callers.remove(0));
    assert!(callers[0].as_mut().poll(&mut context).is_pending());
    server.0.closed.store(false, Ordering::SeqCst);
    for caller in &mut callers {
        let Poll::Ready(token) = pin!(caller).poll(&mut context) else { panic!("still waiting") };
        assert_eq!(token.unwrap().header(), "Bearer abc");
    }
    assert_eq!(server.requests(), 2);
}

#[test]
fn a_refusal_says_why_without_the_secret() {
    let refusal =
        r#"{"error": "invalid_client", "error_description": "The secret s3cr&t= (s3cr%26t%3D) has expired."}"#;
    let server = Server::answering(401, refusal);
    let client = Client::new("https://graph.example", server.clone()).with_tokens(server.tokens());
    let request: Request<()> = Request::new(Method::Get, At::root(client), response::nothing);
    let error = pollster::block_on(request.send()).unwrap_err();
    assert!(matches!(&error, Error::Token(_)), "{error:?}");
    let shown = shown(&error);
    assert!(
        shown.contains("there is no token")
            && shown.contains(
                "401 Unauthorized to POST https://login.microsoftonline.com: invalid_client: The secret (secret)"
            ),
        "{shown}"
    );
    assert!(!shown.contains("s3cr"), "{shown}");
    assert_eq!(server.requests(), 1, "the request itself was not sent");
}

#[test]
fn answers_that_are_no_token() {
    let answers = [
        "",
        "<html>",
        "{}",
        r#"{"access_token": 5}"#,
        r#"{"access_token": ""}"#,
        r#"{"access_token": "hush\r\nx: y", "expires_in": 5}"#,
    ];
    for body in answers {
        let error = get(&Server::answering(200, body).tokens()).unwrap_err();
        assert!(shown(&*error).contains("token") && !shown(&*error).contains("hush"), "{body}: {error}");
    }
    let error = get(&Server::default().tokens()).unwrap_err();
    assert_eq!(error.to_string(), "POST https://login.microsoftonline.com has no response");
    assert_eq!(error.source().unwrap().to_string(), "no connection");
}

#[test]
fn the_secret_does_not_go_over_plain_http() {
    for authority in ["http://login.example", "login.example", "https://a:s3cr@login.example", "file:///"] {
        let server = Server::default();
        let error = get(&server.tokens().authority(authority)).unwrap_err();
        assert!(!shown(&*error).contains("s3cr"), "{error}");
        assert_eq!(server.requests(), 0, "{authority}");
    }
    let server = Server::answering(200, r#"{"access_token": "abc"}"#);
    get(&server.tokens().authority("http://127.0.0.1:8080")).unwrap();
}

#[test]
fn a_token_is_of_the_clients_cloud() {
    let server = Server::answering(200, r#"{"access_token": "abc", "expires_in": 3599}"#);
    let scope = || {
        let request = server.0.last.lock().unwrap().take().unwrap();
        let form: Vec<_> = url::form_urlencoded::parse(request.body()).into_owned().collect();
        let scope = form.iter().find(|(name, _)| name == "scope").unwrap().1.clone();
        (request.uri().host().unwrap().to_owned(), scope)
    };
    let ask = |tokens: &dyn Tokens, scope: &str| pollster::block_on(tokens.token(&TokenRequest::new([scope])));
    let government = server.tokens().cloud(Cloud::UsGovernment);
    ask(&government, "https://graph.microsoft.us/.default").unwrap();
    assert_eq!(scope(), ("login.microsoftonline.us".to_owned(), "https://graph.microsoft.us/.default".to_owned()));
    let error = ask(&server.tokens(), "https://graph.microsoft.us/.default").unwrap_err().to_string();
    assert_eq!(
        error,
        "https://login.microsoftonline.com gives no tokens for https://graph.microsoft.us/.default: they come from https://login.microsoftonline.us, use `cloud(Cloud::UsGovernment)`"
    );
    let fixed = server.tokens().scope("https://graph.microsoft.com/.default");
    let error = ask(&fixed, "https://microsoftgraph.chinacloudapi.cn/.default").unwrap_err().to_string();
    assert!(
        error.contains("the scope https://graph.microsoft.com/.default is that of Global") && error.contains("China"),
        "{error}"
    );
    ask(&server.tokens().authority("https://login.example").scope("api://x"), "https://graph.microsoft.com/.default")
        .unwrap();
    assert_eq!(scope(), ("login.example".to_owned(), "api://x".to_owned()));
}

#[test]
fn a_token_that_is_refused_is_not_given_again() {
    let server = Server::answering(200, r#"{"access_token": "first", "expires_in": 3599}"#);
    let tokens = server.tokens();
    let client = Client::new("https://graph.microsoft.com", Refusing).with_tokens(tokens);
    let request = || At::root(client.clone()).segment("me").request(Method::Get, response::text);
    assert_eq!(pollster::block_on(request().send()).unwrap(), "Bearer first");
    server.answer(200, r#"{"access_token": "second", "expires_in": 3599}"#);
    // The service refuses the first token from now on, and sends a claims challenge.
    assert_eq!(pollster::block_on(request().header("x-refuse", "Bearer first").send()).unwrap(), "Bearer second");
    let form = server.0.last.lock().unwrap().take().unwrap().into_body();
    let form: Vec<_> = url::form_urlencoded::parse(&form).into_owned().collect();
    assert_eq!(
        form.last().unwrap(),
        &("claims".to_owned(), r#"{"access_token":{"nbf":{"essential":true}}}"#.to_owned())
    );
    // If the new token is the same, the request is not sent again.
    let error = pollster::block_on(request().header("x-refuse", "Bearer second").send()).unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
}

/// A service that refuses the token named by a request, and otherwise responds with the token.
struct Refusing;

impl Transport for Refusing {
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        Box::pin(async move {
            let token = request.headers()["authorization"].to_str()?.to_owned();
            let refused = request.headers().get("x-refuse").is_some_and(|refused| *refused == *token);
            let challenge = r#"Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ==""#;
            let answer = http::Response::builder().status(if refused { 401 } else { 200 });
            Ok(answer.header("www-authenticate", challenge).body(token.into())?)
        })
    }
}

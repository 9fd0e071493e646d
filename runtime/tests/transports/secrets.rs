//! Tokens are sent only to the service, and never shown.

use edmark_runtime::transport::{Reqwest, Ureq};
use edmark_runtime::{
    At, BoxError, BoxFuture, Client, Content, Error, Json, Method, Request, Token, Transport, block_on, response,
};

use crate::failures::shown;
use crate::kinds::tokio;
use crate::server::{self, Server};

const SECRET: &str = "eyJ0eXAi.hush-hush.c2ln";

fn token() -> Token {
    Token::bearer(SECRET).unwrap()
}

fn get(url: &str, transport: impl Transport) -> Request<Json> {
    Request::new(Method::Get, At::root(Client::new(url, transport).with_tokens(token())).segment("me"), response::json)
}

#[test]
fn the_service_gets_the_token() {
    let server = Server::saying(server::answer("200 OK", "", "{}"));
    tokio(get(&server.url, Reqwest::new().unwrap()).send()).unwrap();
    get(&server.url, Ureq::new()).send_blocking().unwrap();
    for request in server.received() {
        assert_eq!(request.header("authorization"), Some(&*format!("Bearer {SECRET}")));
    }
    // A header set by the caller replaces the token.
    let own = get(&server.url, Ureq::new()).header("authorization", "Bearer other");
    own.send_blocking().unwrap();
    assert_eq!(server.received().pop().unwrap().header("authorization"), Some("Bearer other"));
}

#[test]
fn no_other_place_gets_the_token() {
    let other = Server::saying(server::answer("200 OK", "", "{}"));
    let service = Server::saying(server::answer("302 Found", &format!("location: {}/file\r\n", other.url), ""));
    // A redirect of the service.
    tokio(get(&service.url, Reqwest::new().unwrap()).send()).unwrap();
    get(&service.url, Ureq::new()).send_blocking().unwrap();
    let requests = other.received();
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|request| request.header("authorization").is_none()), "{requests:?}");
    // A link to another server.
    let link = format!("{}/me?$skiptoken=x", other.url);
    let error = get(&service.url, Ureq::new()).at_url(&link).send_blocking().unwrap_err();
    assert!(matches!(error, Error::Foreign { .. }), "{error:?}");
    assert_eq!(other.received().len(), 2);
    // A request that changes something does not follow redirects.
    let post = get(&service.url, Ureq::new()).at().request(Method::Post, response::json::<Json>);
    assert_eq!(post.send_blocking().unwrap_err().status().unwrap(), 302);
    assert_eq!(other.received().len(), 2);
}

#[test]
fn the_token_does_not_go_over_plain_http() {
    struct Never;
    impl Transport for Never {
        fn send(&self, _: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
            panic!("sent")
        }
    }
    for url in
        ["http://graph.example/v1.0", "http://127.0.0.1.evil.example", "http://10.0.0.1", "http://localhost.example"]
    {
        let error = block_on(get(url, Never).send()).unwrap_err();
        assert!(error.to_string().contains("plain http") && error.to_string().contains("use https"), "{error}");
    }
}

#[test]
fn nothing_shows_the_token() {
    assert!(!format!("{:?}", token()).contains("hush"));
    assert!(!format!("{:?}", get("https://x.example", Ureq::new())).contains("hush"));
    assert!(!format!("{:?}", get("https://x.example", Ureq::new()).client()).contains("hush"));
    for text in ["hush\n", "", "hush hush", "hush\u{e9}", "\"hush\""] {
        let error = Token::bearer(text).unwrap_err();
        assert!(!format!("{error:?} {error}").contains("hush"));
    }
    // A proxy that repeats the request in responses of all kinds.
    for (status, kind) in
        [("500 -", "text/html"), ("200 OK", "text/html"), ("404 -", "application/json"), ("401 -", "text/plain")]
    {
        let server = Server::start(move |request, stream| {
            let echo = if kind == "application/json" {
                format!(r#"{{"error": {{"code": "x", "message": "{0}", "innerError": {{"y": "{0}"}}}}}}"#, SECRET)
            } else {
                format!("<html>{:?}", request.header("authorization"))
            };
            let token = request.header("authorization").unwrap_or_default();
            let headers = format!("content-type: {kind}\r\nrequest-id: {token}\r\nlocation: http://[{token}\r\n");
            let answer = server::answer(status, &headers, &echo);
            std::io::Write::write_all(stream, answer.as_bytes()).unwrap();
        });
        for error in [
            tokio(get(&server.url, Reqwest::new().unwrap()).send()).unwrap_err(),
            get(&server.url, Ureq::new()).send_blocking().unwrap_err(),
        ] {
            let shown = shown(&error);
            assert!(!shown.contains("hush") && shown.contains("(secret)"), "{shown}");
            let body = error.service().map(|error| String::from_utf8_lossy(error.body()).into_owned());
            assert!(!body.unwrap_or_default().contains("hush"));
        }
    }
    // Errors of the transport itself.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for error in [
        tokio(get(&url, Reqwest::new().unwrap()).send()).unwrap_err(),
        get(&url, Ureq::new()).send_blocking().unwrap_err(),
    ] {
        assert!(!shown(&error).contains("hush"));
    }
}

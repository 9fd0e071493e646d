//! The same requests through each kind of transport.

use edmark_runtime::transport::{Reqwest, Tower, Ureq};
use edmark_runtime::{At, Collection, Json, Method, Request, block_on, response};
use serde_json::json;

use crate::server::{Server, answer};

/// Runs a future in a tokio runtime.
pub(crate) fn tokio<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Sends a request with a body and one without, and checks what the server received.
fn exchange(server: &Server, send: impl Fn(Request<Json>) -> Json, place: At) {
    let at = place.segment("users").key("a/b c?");
    let created = Request::new(Method::Post, at.clone(), response::json::<Json>)
        .json(&json!({"é": 1}))
        .query("$select", "a,b & c")
        .header("x-test", "y");
    assert_eq!(send(created), json!({"value": ["ü"]}));
    assert_eq!(send(Request::new(Method::Post, at.clone(), response::json)), json!({"value": ["ü"]}));
    assert_eq!(send(Request::new(Method::Get, at, response::json)), json!({"value": ["ü"]}));
    let [with_body, without, read] = &server.received()[..] else { panic!("{:?}", server.received()) };
    assert_eq!(with_body.line, "POST /v1.0/users/a%2Fb%20c%3F?$select=a,b%20%26%20c HTTP/1.1");
    assert_eq!(with_body.header("content-type"), Some("application/json"));
    assert_eq!((with_body.header("x-test"), &*with_body.body), (Some("y"), "{\"é\":1}".as_bytes()));
    assert!(with_body.header("user-agent").is_some_and(|agent| agent.starts_with("edmark-runtime/")));
    assert_eq!(without.header("content-length"), Some("0"));
    assert_eq!(read.line, "GET /v1.0/users/a%2Fb%20c%3F HTTP/1.1");
    assert_eq!((read.header("content-length"), read.header("authorization")), (None, None));
}

fn good() -> Server {
    Server::saying(answer("200 OK", "content-type: application/json\r\n", r#"{"value": ["ü"]}"#))
}

#[test]
fn reqwest_sends() {
    let server = good();
    exchange(&server, |request| tokio(request.send()).unwrap(), server.service(Reqwest::new().unwrap()));
}

#[test]
fn ureq_sends() {
    let server = good();
    exchange(&server, |request| request.send_blocking().unwrap(), server.service(Ureq::new()));
}

#[test]
fn reqwest_needs_tokio_and_says_so() {
    let request = good().service(Reqwest::new().unwrap()).request(Method::Get, response::json::<Json>);
    let error = request.send_blocking().unwrap_err();
    let reason = std::error::Error::source(&error).unwrap().to_string();
    assert!(reason.contains("needs the runtime of tokio") && reason.contains("use the transport `Ureq`"), "{reason}");
}

#[test]
fn a_tower_service_sends() {
    let service = tower::service_fn(|request: http::Request<Vec<u8>>| async move {
        let body = json!({"value": [format!("{} {}", request.method(), request.uri())]});
        Ok::<_, std::io::Error>(http::Response::new(body.to_string()))
    });
    let at = At::root(edmark_runtime::Client::new("https://x.example", Tower::new(service)));
    let request = at.segment("me").request(Method::Get, response::json::<Collection<String>>);
    assert_eq!(block_on(request.send()).unwrap().value, ["GET https://x.example/me"]);
}

#[test]
fn a_content_arrives_in_chunks() {
    let body =
        "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n";
    let request = |at: At| at.request(Method::Get, response::bytes);
    let server = Server::saying(body);
    assert_eq!(tokio(request(server.service(Reqwest::new().unwrap())).send()).unwrap(), b"abcde");
    assert_eq!(request(server.service(Ureq::new())).send_blocking().unwrap(), b"abcde");
}

/// The process has no default of its own, so that programs are free to choose one.
#[test]
fn a_transport_brings_its_own_cryptography() {
    drop((Reqwest::new().unwrap(), Ureq::new()));
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}

/// What is part of the interface can be named without a dependency on these crates.
#[test]
fn clients_of_ones_own_are_transports() {
    let server = good();
    let own: edmark_runtime::reqwest::Client = Reqwest::builder().unwrap().user_agent("mine").build().unwrap();
    tokio(server.service(Reqwest::from_client(own)).request(Method::Get, response::json::<Json>).send()).unwrap();
    let own: edmark_runtime::ureq::Agent =
        edmark_runtime::ureq::Agent::config_builder().user_agent("mine").build().into();
    block_on(server.service(Ureq::from_agent(own)).request(Method::Get, response::json::<Json>).send()).unwrap();
    assert!(server.received().iter().all(|request| request.header("user-agent") == Some("mine")));
}

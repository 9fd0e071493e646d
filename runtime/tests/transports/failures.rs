//! Servers that stall, close the connection, or send invalid responses: each causes one clear error
//! within a time limit.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Mutex;
use std::sync::mpsc;
use std::time::Duration;

use edmark_runtime::transport::{Reqwest, Ureq};
use edmark_runtime::{At, Client, Error, Json, Method, Request, Transport, response};

use crate::kinds::tokio;
use crate::server::{self, Server};

/// Both transports, with short time limits.
fn transports() -> (Reqwest, Ureq) {
    let short = Duration::from_millis(300);
    let reqwest = Reqwest::builder().unwrap().read_timeout(short).build().unwrap();
    let agent = ureq::Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_recv_response(Some(short))
        .timeout_per_read(Some(short))
        .build();
    (Reqwest::from_client(reqwest), Ureq::from_agent(agent.into()))
}

/// The errors of a request through both transports, with their causes.
fn errors(base: &str) -> [(Error, String); 2] {
    let (reqwest, ureq) = transports();
    let request = |transport: Box<dyn Fn() -> Client>| {
        At::root(transport()).segment("me").request(Method::Get, response::json::<Json>).query("$filter", "hidden")
    };
    let (first, second) = (base.to_owned(), base.to_owned());
    let errors = [
        tokio(request(Box::new(move || Client::new(&first, reqwest.clone()))).send()).unwrap_err(),
        request(Box::new(move || Client::new(&second, ureq.clone()))).send_blocking().unwrap_err(),
    ];
    errors.map(|error| {
        let shown = shown(&error);
        assert!(shown.len() < 3000, "too long: {shown}");
        assert!(!shown.contains("hidden"), "shows the query: {shown}");
        (error, shown)
    })
}

/// Everything that an error shows.
pub(crate) fn shown(error: &Error) -> String {
    let mut text = format!("{error:?}");
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = next {
        text += &format!("\n{error}");
        next = error.source();
    }
    text
}

#[test]
fn nobody_is_there() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1.0", listener.local_addr().unwrap());
    drop(listener);
    for (error, shown) in errors(&url) {
        assert!(matches!(error, Error::Transport { .. }), "{shown}");
        assert!(shown.contains(&format!("GET {url}/me has no response")), "{shown}");
    }
}

#[test]
fn the_connection_is_reset() {
    let server = Server::start(|_, _| ());
    for (error, shown) in errors(&server.url) {
        assert!(matches!(error, Error::Transport { .. }), "{shown}");
        assert!(shown.contains("has no response"), "{shown}");
    }
}

/// A server that sends the beginning of a response and then nothing until the test is over.
fn stalling(first: &'static str) -> (Server, mpsc::Sender<()>) {
    let (over, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let server = Server::start(move |_, stream| {
        stream.write_all(first.as_bytes()).unwrap();
        let _stream = stream.try_clone(); // stays open until the test drops its end of the channel
        let _ = wait.lock().unwrap().recv();
    });
    (server, over)
}

#[test]
fn the_server_stalls() {
    let (server, _over) = stalling("");
    for (error, shown) in errors(&server.url) {
        assert!(matches!(error, Error::Transport { .. }), "{shown}");
        assert!(shown.contains("has no response"), "{shown}");
    }
    let (server, _over) = stalling("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"a\":");
    for (error, shown) in errors(&server.url) {
        assert!(matches!(error, Error::Transport { .. }), "{shown}");
        assert!(shown.contains(&format!("to GET {}/me breaks off", server.url)), "{shown}");
        assert!(shown.contains("the response (200 OK, client request "), "{shown}");
    }
    // For an error response, the beginning of the body is enough.
    let (server, _over) = stalling("HTTP/1.1 500 -\r\ncontent-length: 100\r\n\r\n<html>");
    for (error, shown) in errors(&server.url) {
        assert_eq!(error.service().unwrap().body(), b"<html>", "{shown}");
    }
}

#[test]
fn the_answer_breaks_off() {
    for broken in [
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"a\":",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n",
        // Within a chunk, within its size, with a size that is none, and before the last chunk.
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n50\r\n{\"a\":",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n1",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n{}\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ] {
        for (error, shown) in errors(&Server::saying(broken).url) {
            assert!(matches!(error, Error::Transport { .. }), "{shown}");
            assert!(shown.contains("breaks off"), "{shown}");
        }
    }
    // Without a length, the body ends with the connection.
    for (error, shown) in errors(&Server::saying("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"a\":").url) {
        assert!(matches!(error, Error::Decode(_)), "{shown}");
        assert!(shown.contains("EOF while parsing"), "{shown}");
    }
}

#[test]
fn what_is_no_answer() {
    for nonsense in [
        "SSH-2.0-OpenSSH_9.6\r\n",
        "\0\0\0\0",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
        // Cut within the status line, within a header, and before the empty line.
        "HTTP/1.1 20",
        "HTTP/1.1 200 OK\r\ncontent-le",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n",
        // Lengths that are none.
        "HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: two\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 7\r\n\r\n{}",
    ] {
        for (error, shown) in errors(&Server::saying(nonsense).url) {
            assert!(matches!(error, Error::Transport { .. }), "{shown}");
        }
    }
    for (error, shown) in
        errors(&Server::saying(server::answer("500 -", "content-type: text/html\r\n", "<html>Oh!")).url)
    {
        assert_eq!(error.status().unwrap(), 500);
        assert!(shown.contains("text/html") && shown.contains("<html>Oh!"), "{shown}");
    }
    for (error, shown) in
        errors(&Server::saying(server::answer("200 OK", "content-type: text/html\r\n", "<html>Sign in")).url)
    {
        assert!(matches!(error, Error::Decode(_)), "{shown}");
        assert!(shown.contains("text/html") && shown.contains("<html>Sign in"), "{shown}");
    }
}

/// A length that is shorter than the body ends it: the rest is no part of this response.
#[test]
fn a_length_that_is_too_short_ends_the_body() {
    let short = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 3\r\n\r\n{\"a\": 1}";
    for (error, shown) in errors(&Server::saying(short).url) {
        assert!(matches!(error, Error::Decode(_)) && shown.contains("EOF while parsing"), "{shown}");
    }
    // A response that has no body by its status (RFC 9110, section 15.3.5), whatever follows.
    let empty = "HTTP/1.1 204 No Content\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
    for (error, shown) in errors(&Server::saying(empty).url) {
        assert!(matches!(&error, Error::Decode(error) if error.is_empty()), "{shown}");
    }
}

/// The bundled transports do not ask for compressed bodies, and say so when one comes.
#[test]
fn a_compressed_body_is_an_error() {
    let mut zipped = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-encoding: gzip\r\n\r\n".to_vec();
    zipped.extend([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0]);
    let server = Server::saying(zipped);
    for (error, shown) in errors(&server.url) {
        assert!(matches!(error, Error::Decode(_)) && shown.contains("is encoded as \"gzip\""), "{shown}");
    }
    assert!(
        server
            .received()
            .iter()
            .all(|request| request.header("accept-encoding").is_none_or(|coding| coding == "identity"))
    );
}

#[test]
fn an_answer_without_end_is_bounded() {
    fn endless(status: &'static str) -> Server {
        Server::start(move |_, stream| {
            let head = format!("HTTP/1.1 {status} -\r\n\r\n");
            let mut good = stream.write_all(head.as_bytes());
            while good.is_ok() {
                good = stream.write_all(&[b'x'; 1 << 16]);
            }
        })
    }
    fn send(server: &Server, transport: impl Transport) -> Request<Vec<u8>> {
        let client = Client::new(&server.url, transport).with_largest(3 << 20);
        Request::new(Method::Get, At::root(client), response::bytes)
    }
    let (good, bad) = (endless("200"), endless("500"));
    let (reqwest, ureq) = transports();
    for error in [
        tokio(send(&good, reqwest.clone()).send()).unwrap_err(),
        send(&good, ureq.clone()).send_blocking().unwrap_err(),
    ] {
        assert!(matches!(error, Error::TooLarge { largest: 3_145_728, .. }), "{error:?}");
    }
    for error in [tokio(send(&bad, reqwest).send()).unwrap_err(), send(&bad, ureq).send_blocking().unwrap_err()] {
        assert_eq!(error.service().unwrap().body().len(), 1 << 20);
    }
}

//! The same over a network: the bundled transport, and servers on 127.0.0.1 that close connections,
//! stall, or redirect to another server.

use std::io::Write;
use std::sync::Mutex;
use std::sync::mpsc;
use std::time::Duration;

use edmark_runtime::transport::Reqwest;
use edmark_runtime::{
    At, BoxError, BoxFuture, Client, Content, Error, Json, LinkError, ListRequest, Method, Monitor, Request, Retry,
    Token, Transport, Untyped, Upload, response,
};

use super::server::{self, Server};
use super::service::{id, users};

const TOKEN: &str = "very-secret-token";

/// The bundled transport with short time limits, and a timer that does not wait.
struct Hasty(Reqwest);

impl Transport for Hasty {
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        self.0.send(request)
    }
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

fn client(server: &Server) -> Client {
    let reqwest = Reqwest::builder().unwrap().read_timeout(Duration::from_millis(300)).build().unwrap();
    let transport = Hasty(Reqwest::from_client(reqwest));
    Client::new(&server.url, transport).with_tokens(Token::bearer(TOKEN).unwrap()).with_retry(Retry::never())
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// The ids of all items, and the error that ended the stream.
fn all(request: ListRequest<Untyped>) -> (Vec<String>, Option<Error>) {
    run(async {
        let (mut items, mut ids) = (request.items(), Vec::new());
        loop {
            match items.try_next().await {
                Ok(Some(item)) => ids.push(id(&item)),
                Ok(None) => return (ids, None),
                Err(error) => return (ids, Some(error)),
            }
        }
    })
}

/// The response with the first page; the server decides the response to `next`.
fn first_page(server: &str) -> String {
    let body = serde_json::json!({"value": [{"id": "1"}], "@odata.nextLink": format!("{server}/users?next")});
    server::answer("200 OK", "content-type: application/json\r\n", &body.to_string())
}

/// A server that sends this response for the second page.
fn second_page(second: &'static str) -> Server {
    Server::start(move |request, stream| {
        let answer = match request.line.contains("?next") {
            true => second.to_owned(),
            false => first_page(&format!("http://{}/v1.0", request.header("host").unwrap())),
        };
        stream.write_all(answer.as_bytes()).unwrap();
    })
}

#[test]
fn pages_that_break_off() {
    for second in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"value\": [{\"id\"",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"val\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n",
    ] {
        let server = second_page(second);
        let (ids, error) = all(users(&client(&server)));
        assert_eq!(ids, ["1"]);
        assert!(matches!(error, Some(Error::Transport { .. })), "{error:?}");
    }
    let server = second_page("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/html\r\n\r\n<html>Sign in");
    let (ids, error) = all(users(&client(&server)));
    assert_eq!(ids, ["1"]);
    let error = error.unwrap();
    assert!(matches!(error, Error::Decode(_)) && error.to_string().contains("<html>Sign in"), "{error}");
}

#[test]
fn a_next_link_to_another_server_is_not_followed() {
    let other = Server::saying(server::answer("200 OK", "", r#"{"value": []}"#));
    let page = first_page(&other.url);
    let server = Server::saying(page);
    let (ids, error) = all(users(&client(&server)));
    assert_eq!(ids, ["1"]);
    assert!(matches!(error, Some(Error::Foreign { .. })), "{error:?}");
    assert!(other.received().is_empty());
    assert_eq!(server.received()[0].header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
}

#[test]
fn next_links_in_a_circle_end() {
    let server = Server::start(|request, stream| {
        let page = first_page(&format!("http://{}/v1.0", request.header("host").unwrap()));
        stream.write_all(page.as_bytes()).unwrap();
    });
    let (ids, error) = all(users(&client(&server)));
    assert_eq!(ids, ["1", "1"]);
    assert!(matches!(error, Some(Error::Link(LinkError::Repeated { .. }))), "{error:?}");
}

fn content(client: &Client) -> Request<Vec<u8>> {
    At::root(client.clone()).segment("content").request(Method::Get, response::bytes)
}

/// The bytes of a download that arrive, and the error that ended it.
fn download(request: Request<Vec<u8>>) -> (Vec<u8>, Option<Error>) {
    run(async {
        let mut body = Vec::new();
        let mut content = match request.download().await {
            Ok(response) => response.into_body(),
            Err(error) => return (body, Some(error)),
        };
        while let Some(chunk) = content.chunk().await {
            match chunk {
                Ok(chunk) => body.extend_from_slice(&chunk),
                Err(error) => return (body, Some(error)),
            }
        }
        (body, None)
    })
}

#[test]
fn downloads_come_from_where_they_are_stored() {
    let store = Server::saying(server::answer("200 OK", "content-type: video/mp4\r\n", "the content"));
    let redirection = format!("location: {}/file?key=door\r\n", store.url);
    let server = Server::saying(server::answer("302 Found", &redirection, ""));
    let (body, error) = download(content(&client(&server)).range(4..));
    assert!(error.is_none(), "{error:?}");
    assert_eq!(body, b"the content");
    let asked = &store.received()[0];
    assert_eq!((asked.header("range"), asked.header("authorization")), (Some("bytes=4-"), None));
    assert!(server.received()[0].header("authorization").is_some());
}

#[test]
fn downloads_that_break_off_or_stall() {
    let server = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthe beginning");
    let (body, error) = download(content(&client(&server)));
    assert_eq!(body, b"the beginning");
    assert!(matches!(error, Some(Error::Transport { .. })), "{error:?}");

    let (_over, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let server = Server::start(move |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthe beginning").unwrap();
        let _ = wait.lock().unwrap().recv(); // until the test is over
    });
    let (body, error) = download(content(&client(&server)));
    assert_eq!(body, b"the beginning");
    assert!(matches!(error, Some(Error::Transport { .. })), "{error:?}");
}

#[test]
fn redirections_in_a_circle_end() {
    let server = Server::saying(server::answer("302 Found", "location: /v1.0/content\r\n", ""));
    let (_, error) = download(content(&client(&server)));
    assert!(matches!(error, Some(Error::Link(LinkError::TooMany { .. }))), "{error:?}");
    assert_eq!(server.received().len(), 6);
}

#[test]
fn uploads_go_on_after_a_lost_connection() {
    let lost = Mutex::new(2);
    let server = Server::start(move |request, stream| {
        let mut lost = lost.lock().unwrap();
        let answer = match request.header("content-range") {
            None => server::answer("200 OK", "", r#"{"nextExpectedRanges": ["0-"]}"#),
            Some(_) if *lost > 0 => {
                *lost -= 1;
                return; // closes the connection
            }
            Some(_) => server::answer("201 Created", "", r#"{"id": "01M"}"#),
        };
        stream.write_all(answer.as_bytes()).unwrap();
    });
    let url = format!("{}/upload?key=door", server.url);
    let mut upload = Upload::<Json>::resume(&client(&server), &url, b"content".to_vec()).unwrap();
    assert_eq!(run(upload.send()).unwrap().item.unwrap()["id"], "01M");
    let lines: Vec<_> = server.received().iter().map(|request| request.line[..3].to_owned()).collect();
    assert_eq!(lines, ["GET", "PUT", "GET", "PUT", "GET", "PUT"]);
    assert!(server.received().iter().all(|request| request.header("authorization").is_none()));

    let server = Server::start(|_, _| ());
    let mut upload = Upload::<Json>::resume(&client(&server), &server.url, b"content".to_vec()).unwrap();
    assert!(matches!(run(upload.send()), Err(Error::Transport { .. })));
    assert_eq!(server.received().len(), 5);
}

#[test]
fn busy_servers_are_not_asked_for_ever() {
    let server = Server::saying(server::answer("429 -", "retry-after: 0\r\n", ""));
    let client = client(&server);
    let (_, error) = all(users(&client));
    assert_eq!(error.unwrap().status().unwrap(), 429);

    let mut monitor = Monitor::new(&client, "/v1.0/operations/1").unwrap().for_at_most(Duration::from_secs(2));
    assert!(matches!(run(monitor.wait()), Err(Error::Unfinished)));

    let mut batch = client.batch();
    let step = batch.add(&content(&client)).unwrap();
    run(batch.send()).unwrap();
    assert_eq!(batch.response(step).unwrap_err().status().unwrap(), 429);
    assert!(server.received().len() < 40, "{}", server.received().len());
}

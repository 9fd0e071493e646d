//! Retries of requests to a busy service.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use edmark_runtime::transport::{Reqwest, Ureq};
use edmark_runtime::{Error, Method, Request, Retry, block_on, response};

use crate::kinds::tokio;
use crate::server::{self, Server};

/// The number of requests that arrive if a service always sends this response, and the error.
fn attempts(
    method: Method,
    status: &str,
    headers: &str,
    retry: Retry,
    change: fn(Request<()>) -> Request<()>,
) -> (usize, Error) {
    let server = Server::saying(server::answer(status, headers, ""));
    let asynchronous = server.patient(Reqwest::new().unwrap(), retry.clone());
    let error = tokio(change(Request::new(method, asynchronous, response::nothing)).send()).unwrap_err();
    let count = server.received().len();
    let blocking = server.patient(Ureq::new(), retry);
    let other = change(Request::new(method, blocking, response::nothing)).send_blocking().unwrap_err();
    let said = |error: &Error| error.to_string().split(" (client request").next().map(str::to_owned);
    assert_eq!((server.received().len(), said(&other)), (2 * count, said(&error)), "ureq differs");
    let ids: std::collections::HashSet<_> =
        server.received().iter().map(|request| request.header("client-request-id").map(str::to_owned)).collect();
    assert_eq!(ids.len(), 2, "one id for each request, whatever its attempts");
    (count, error)
}

fn same(request: Request<()>) -> Request<()> {
    request
}

const NOW: &str = "retry-after: 0\r\n";

#[test]
fn a_busy_service_is_asked_again_but_not_for_ever() {
    for status in ["429 Too Many Requests", "503 Service Unavailable", "504 Gateway Timeout"] {
        let (count, error) = attempts(Method::Get, status, NOW, Retry::default(), same);
        assert_eq!(count, 5, "{status}");
        assert!(error.to_string().contains(status) && error.retry_after() == Some(Duration::ZERO), "{error}");
    }
    assert_eq!(attempts(Method::Get, "429 -", NOW, Retry::default().attempts(3), same).0, 3);
    assert_eq!(attempts(Method::Get, "429 -", NOW, Retry::never(), same).0, 1);
    assert_eq!(attempts(Method::Get, "500 -", NOW, Retry::default(), same).0, 1);
}

#[test]
fn what_was_not_carried_out_may_be_repeated() {
    for (status, headers) in [("429 -", NOW), ("503 -", NOW)] {
        for method in [Method::Get, Method::Post, Method::Patch, Method::Put, Method::Delete] {
            assert_eq!(attempts(method, status, headers, Retry::default(), same).0, 5, "{method} {status}");
        }
    }
}

#[test]
fn what_may_have_been_carried_out_is_not_repeated() {
    let count = |method, retry, change| attempts(method, "504 -", NOW, retry, change).0;
    for method in [Method::Post, Method::Patch] {
        assert_eq!(attempts(method, "503 -", "", Retry::default(), same).0, 1, "{method}");
        assert_eq!(count(method, Retry::default(), same), 1, "{method}");
        assert_eq!(count(method, Retry::default().any_method(), same), 5, "{method}");
        assert_eq!(count(method, Retry::default(), Request::repeatable), 5, "{method}");
    }
    for method in [Method::Put, Method::Delete] {
        assert_eq!(count(method, Retry::default(), same), 5, "{method}");
    }
}

#[test]
fn a_request_has_patience_of_its_own() {
    let never: fn(Request<()>) -> Request<()> = |request| request.retry(Retry::never());
    assert_eq!(attempts(Method::Get, "429 -", NOW, Retry::default(), never).0, 1);
}

/// A server that sends one byte at a time cannot exceed the time limit of a call.
#[test]
fn a_call_has_a_limit_of_time() {
    let server = Server::start(|_, stream| {
        let _ = std::io::Write::write_all(stream, b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
        while std::io::Write::write_all(stream, b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let limit = Duration::from_millis(200);
    let text = |at: edmark_runtime::At| at.request(Method::Get, response::text).timeout(limit);
    for error in [
        tokio(text(server.service(Reqwest::new().unwrap())).send()).unwrap_err(),
        block_on(text(server.service(Ureq::new())).send()).unwrap_err(),
    ] {
        assert!(matches!(error, Error::Timeout { limit: said, .. } if said == limit), "{error:?}");
        assert!(error.to_string().contains("takes longer than 0.2 s"), "{error}");
    }
}

/// A stream may take longer than the limit of the call, which ends with the headers of the
/// response.
#[test]
fn a_stream_has_no_limit_of_time() {
    let server = Server::start(|_, stream| {
        let _ = std::io::Write::write_all(stream, b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\na");
        std::thread::sleep(Duration::from_millis(1500));
        let _ = std::io::Write::write_all(stream, b"b");
    });
    async fn content(at: edmark_runtime::At) -> Vec<u8> {
        let request = at.request(Method::Get, response::bytes).timeout(Duration::from_secs(1));
        request.download().await.unwrap().into_body().collect(10).await.unwrap()
    }
    assert_eq!(tokio(content(server.service(Reqwest::new().unwrap()))), b"ab");
    assert_eq!(block_on(content(server.service(Ureq::new()))), b"ab");
}

/// A server that takes the connection and never responds: for a stream, too, the limit is that of
/// the call.
#[test]
fn the_head_of_a_stream_has_a_limit_of_time() {
    let (over, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let server = Server::start(move |_, _| {
        let _ = wait.lock().unwrap().recv();
    });
    let request = |at: edmark_runtime::At| {
        at.request(Method::Get, response::bytes).timeout(Duration::from_millis(200)).download()
    };
    for error in [
        tokio(async { request(server.service(Reqwest::new().unwrap())).await.unwrap_err() }),
        block_on(request(server.service(Ureq::new()))).unwrap_err(),
    ] {
        assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
    }
    drop(over);
}

#[test]
fn a_wait_that_is_too_long_is_the_callers() {
    let (count, error) = attempts(Method::Get, "429 -", "retry-after: 3600\r\n", Retry::default(), same);
    assert_eq!((count, error.retry_after()), (1, Some(Duration::from_secs(3600))));
    let (count, _) = attempts(Method::Get, "429 -", "retry-after: 18446744073709551615\r\n", Retry::default(), same);
    assert_eq!(count, 1);
    // Without a `Retry-After`, the client chooses the wait, which also counts towards the limit.
    assert_eq!(attempts(Method::Get, "503 -", "", Retry::default().total_wait(Duration::ZERO), same).0, 1);
    let past = "retry-after: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
    assert_eq!(attempts(Method::Get, "503 -", past, Retry::default(), same).0, 5);
}

#[test]
fn patience_is_rewarded() {
    let tries = AtomicUsize::new(0);
    let server = Server::start(move |_, stream| {
        let busy = tries.fetch_add(1, Ordering::SeqCst) % 3 < 2;
        let answer = if busy { server::answer("429 -", NOW, "") } else { server::answer("200 OK", "", "12") };
        std::io::Write::write_all(stream, answer.as_bytes()).unwrap();
    });
    let request = |at: edmark_runtime::At| at.request(Method::Get, response::count);
    assert_eq!(tokio(request(server.service(Reqwest::new().unwrap())).send()).unwrap(), 12);
    assert_eq!(block_on(request(server.service(Ureq::new())).send()).unwrap(), 12);
    assert_eq!(server.received().len(), 6);
}

//! Asking a busy service again.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use edmark_runtime::transport::{Reqwest, Ureq};
use edmark_runtime::{Error, Method, Request, Retry, answer, block_on};

use crate::kinds::tokio;
use crate::server::{self, Server};

/// How many requests arrive when a service always answers so, and the error.
fn attempts(
    method: Method,
    status: &str,
    headers: &str,
    retry: Retry,
    change: fn(Request<()>) -> Request<()>,
) -> (usize, Error) {
    let server = Server::saying(server::answer(status, headers, ""));
    let asynchronous = server.service(Reqwest::new().unwrap().with_retry(retry.clone()));
    let error = tokio(change(Request::new(method, asynchronous, answer::nothing)).send()).unwrap_err();
    let count = server.received().len();
    let blocking = server.service(Ureq::new().with_retry(retry));
    let other = change(Request::new(method, blocking, answer::nothing)).send_blocking().unwrap_err();
    assert_eq!((server.received().len(), other.to_string()), (2 * count, error.to_string()), "ureq differs");
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
fn only_what_may_be_repeated_is() {
    let count = |method, retry, change| attempts(method, "503 -", NOW, retry, change).0;
    for method in [Method::Post, Method::Patch] {
        assert_eq!(count(method, Retry::default(), same), 1, "{method}");
        assert_eq!(count(method, Retry::default().any_method(), same), 5, "{method}");
        assert_eq!(count(method, Retry::default(), Request::repeatable), 5, "{method}");
    }
    for method in [Method::Put, Method::Delete] {
        assert_eq!(count(method, Retry::default(), same), 5, "{method}");
    }
}

#[test]
fn a_wait_that_is_too_long_is_the_callers() {
    let (count, error) = attempts(Method::Get, "429 -", "retry-after: 3600\r\n", Retry::default(), same);
    assert_eq!((count, error.retry_after()), (1, Some(Duration::from_secs(3600))));
    let (count, _) = attempts(Method::Get, "429 -", "retry-after: 18446744073709551615\r\n", Retry::default(), same);
    assert_eq!(count, 1);
    // Without a word of the service's, the wait is ours, and counts as well.
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
    let request = |at: edmark_runtime::At| at.request(Method::Get, answer::count);
    assert_eq!(tokio(request(server.service(Reqwest::new().unwrap())).send()).unwrap(), 12);
    assert_eq!(block_on(request(server.service(Ureq::new())).send()).unwrap(), 12);
    assert_eq!(server.received().len(), 6);
}

#[test]
fn waits_without_a_word_grow() {
    let busy = http::Response::builder().status(503).body(()).unwrap();
    let mut retry = Retry::default().attempts(6).total_wait(Duration::from_secs(600));
    let waits: Vec<_> = std::iter::from_fn(|| retry.wait(&busy)).collect();
    assert_eq!(waits.len(), 5);
    for (index, wait) in waits.iter().enumerate() {
        let longest = Duration::from_secs(1 << index);
        assert!(*wait <= longest && *wait >= longest / 2, "{waits:?}");
    }
}

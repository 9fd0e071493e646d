//! Items that are read while their page arrives.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use edmark_runtime::{BoxError, Content, Error, LinkError};
use futures_core::Stream;

use super::pages::{all, page};
use super::service::{Service, id, json, run, users, with};

/// A body that arrives in these chunks, and then breaks off if `is_broken`.
struct Chunks {
    chunks: VecDeque<Vec<u8>>,
    is_broken: bool,
}

impl Stream for Chunks {
    type Item = Result<bytes::Bytes, BoxError>;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let broken = || Err(BoxError::from("the connection broke"));
        let chunk = self.chunks.pop_front().map(|chunk| Ok(chunk.into()));
        Poll::Ready(chunk.or_else(|| std::mem::take(&mut self.is_broken).then(broken)))
    }
}

/// A response that arrives in chunks of a size.
fn chunked(body: &str, size: usize, is_broken: bool) -> http::Response<Content> {
    let chunks = body.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
    http::Response::new(Content::stream(Chunks { chunks, is_broken }))
}

#[test]
fn items_are_those_of_whole_pages() {
    for size in [1, 2, 7, 1000] {
        let service = Service::new(move |number, _| match number {
            0 => chunked(&page(&["1", "2", "3"], Some("users?a")), size, false),
            1 => chunked(&page(&[], Some("users?b")), size, false),
            _ => chunked("\u{feff}{\"value\": [ {\"id\": \"],\\\"4\"} ] , \"@odata.count\": 1}", size, false),
        });
        let (ids, error) = all(users(&service.client()).items_unbuffered());
        assert!(error.is_none(), "{error:?}");
        assert_eq!(ids, ["1", "2", "3", "],\"4"]);
        assert_eq!(service.asked(), ["GET /users", "GET /users?a", "GET /users?b"]);
    }
}

#[test]
fn items_come_before_the_page_has_arrived() {
    let service = Service::new(|_, _| chunked(r#"{"value":[{"id":"1"},{"id":"2"},{"id":"#, 4, true));
    let mut items = users(&service.client()).items_unbuffered();
    for expected in ["1", "2"] {
        assert_eq!(run(items.try_next()).unwrap().map(|item| id(&item)).as_deref(), Some(expected));
    }
    let error = run(items.try_next()).unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error:?}");
}

#[test]
fn errors_are_those_of_whole_pages() {
    type Check = fn(&Error) -> bool;
    let is_decode: Check = |error| matches!(error, Error::Decode(_));
    let cases: [(u16, &str, &str, Check); 6] = [
        (200, r#"{"value":[{"id":"2"},{"i"#, r#"["1", "2"]"#, is_decode),
        (200, r#"{"value":[{"id":"2"},]}"#, r#"["1"]"#, is_decode),
        (200, r#"{"values":[{"id":"2"}]}"#, r#"["1"]"#, is_decode),
        (200, "<html><h1>Sign in</h1>", r#"["1"]"#, is_decode),
        (200, "", r#"["1"]"#, is_decode),
        (429, r#"{"error": {"code": "TooManyRequests", "message": "Slow down."}}"#, r#"["1"]"#, |error| {
            error.service().is_some_and(|error| error.code() == Some("TooManyRequests"))
        }),
    ];
    for (status, body, expected, check) in cases {
        let service = Service::new(move |number, _| match (number, status) {
            (0, _) => json(200, &page(&["1"], Some("users?a"))),
            (_, 200) => chunked(body, if body.ends_with("]}") { 1000 } else { 1 }, false),
            _ => with(status, &[], body),
        });
        let (ids, error) = all(users(&service.client()).items_unbuffered());
        assert_eq!(format!("{ids:?}"), expected, "{body}");
        let error = error.unwrap_or_else(|| panic!("{body}"));
        assert!(check(&error), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("very-secret"), "{error:?}");
    }
}

#[test]
fn endless_pages_end() {
    let service = Service::new(|number, _| json(200, &page(&[], Some(&format!("/v1.0/users?{number}")))));
    let (_, error) = all(users(&service.client()).items_unbuffered());
    assert_eq!(error.unwrap().to_string(), "more than 1000 empty pages in a row: the service leads nowhere");
    assert_eq!(service.asked().len(), 1001);

    let service = Service::new(|_, _| json(200, &page(&["1"], Some("/v1.0/users"))));
    let (ids, error) = all(users(&service.client()).items_unbuffered());
    assert!(matches!(error, Some(Error::Link(LinkError::Repeated { .. }))), "{error:?}");
    assert_eq!(ids, ["1"]);
}

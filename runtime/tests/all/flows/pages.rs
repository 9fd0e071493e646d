//! Streams over next links.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use edmark_runtime::{Error, Items, LinkError, Property, Untyped};
use futures_core::Stream;

use super::service::{BASE, Service, id, json, run, users, with};

/// The ids of all items, and the error if there is one.
fn all(mut items: Items<Untyped>) -> (Vec<String>, Option<Error>) {
    let mut ids = Vec::new();
    let error = run(async {
        loop {
            match items.try_next().await {
                Ok(Some(item)) => ids.push(id(&item)),
                Ok(None) => return None,
                Err(error) => return Some(error),
            }
        }
    });
    // After the end there are no more items.
    assert!(matches!(run(items.try_next()), Ok(None)));
    (ids, error)
}

fn page(ids: &[&str], next: Option<&str>) -> String {
    let items: Vec<_> = ids.iter().map(|id| serde_json::json!({ "id": id })).collect();
    let mut page = serde_json::json!({ "value": items });
    if let Some(next) = next {
        page["@odata.nextLink"] = next.into();
    }
    page.to_string()
}

#[test]
fn an_expanded_collection_is_paged_on() {
    let service = Service::new(|_, _| json(200, r#"{"value": [{"id": "3"}]}"#));
    let children: Property<Folder, Vec<Untyped>> = Property::new("children");
    let folder: Folder = serde_json::from_str(
        r#"{"value": true, "children@odata.count": 3, "children@odata.nextLink": "/v1.0/folders/1/children?$skip=2"}"#,
    )
    .unwrap();
    assert_eq!(children.count_in(&folder), Some(3));
    let mut rest = children.rest_of(&folder, &service.client()).unwrap();
    assert_eq!(run(rest.try_next()).unwrap().map(|item| id(&item)), Some("3".to_owned()));
    assert_eq!(service.asked(), ["GET /folders/1/children?$skip=2"]);
    assert!(children.rest_of(&Folder::default(), &service.client()).is_none());
}

/// Any structured type can be used here.
type Folder = edmark_runtime::Single<bool>;

#[test]
fn items_come_from_all_pages_with_the_same_headers() {
    let service = Service::new(|number, _| {
        json(
            200,
            &match number {
                0 => page(&["1", "2"], Some(&format!("{BASE}/users?$skiptoken=a"))),
                1 => page(&[], Some("/v1.0/users?$skiptoken=b")),
                _ => page(&["3"], None),
            },
        )
    });
    let request = users(&service.client()).top(2).search("displayName:a").prefer("odata.maxpagesize=2");
    let (ids, error) = all(request.items());
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, ["1", "2", "3"]);
    assert_eq!(
        service.asked(),
        ["GET /users?$top=2&$search=\"displayName:a\"", "GET /users?$skiptoken=a", "GET /users?$skiptoken=b"]
            .map(|asked| asked.replace('"', "%22"))
    );
    for number in 0..3 {
        let headers = service.request(number).headers().clone();
        assert_eq!(
            (&headers["consistencylevel"], &headers["prefer"]),
            (&"eventual".parse().unwrap(), &"odata.maxpagesize=2".parse().unwrap())
        );
    }
}

#[test]
fn nothing_is_fetched_before_it_is_asked_for() {
    let service = Service::new(|_, request| {
        json(200, &page(&["1"], Some(&format!("/v1.0/users?from={}", request.uri().query().unwrap_or_default().len()))))
    });
    let mut items = users(&service.client()).items();
    assert!(service.asked().is_empty());
    run(items.try_next()).unwrap();
    assert_eq!(service.asked().len(), 1);
}

#[test]
fn pages_keep_what_else_they_say() {
    let service = Service::new(|_, _| json(200, r#"{"@odata.count": 7, "value": []}"#));
    let mut pages = users(&service.client()).count().pages();
    let first = run(pages.try_next()).unwrap().unwrap();
    assert_eq!(first.count, Some(7));
    assert!(run(pages.try_next()).unwrap().is_none());
}

#[test]
fn an_interrupted_wait_loses_nothing() {
    let service = Service::new(|_, _| json(200, &page(&["1"], None)));
    let mut items = users(&service.client()).items();
    {
        let mut first = Box::pin(items.try_next());
        let polled = first.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(polled.is_pending());
    }
    assert_eq!(run(items.try_next()).unwrap().map(|item| id(&item)).as_deref(), Some("1"));
    assert_eq!(service.asked().len(), 1);
}

#[test]
fn it_is_a_stream_that_can_be_sent_to_another_thread() {
    fn check<S: Stream<Item = Result<Untyped, Error>> + Send + Unpin + 'static>(mut stream: S) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        assert!(Pin::new(&mut stream).poll_next(&mut context).is_pending());
        matches!(Pin::new(&mut stream).poll_next(&mut context), Poll::Ready(Some(Ok(_))))
    }
    let service = Service::new(|_, _| json(200, &page(&["1"], None)));
    assert!(check(users(&service.client()).items()));
}

#[cfg(feature = "blocking")]
#[test]
fn they_are_iterators_too() {
    let service = Service::new(|number, _| json(200, &page(&["1"], (number == 0).then_some("users?a"))));
    let ids: Result<Vec<_>, _> =
        users(&service.client()).items().blocking().map(|item| Ok::<_, Error>(id(&item?))).collect();
    assert_eq!(ids.unwrap(), ["1", "1"]);
    assert_eq!(users(&service.client()).pages().blocking().count(), 1);
}

#[test]
fn a_link_to_another_host_is_an_error_and_no_request() {
    for foreign in [
        "https://evil.example/v1.0/users",
        "https://graph.microsoft.com.evil.example/v1.0/users",
        "https://graph.microsoft.com:444/",
        "//evil.example/users",
    ] {
        let service = Service::new(move |_, _| json(200, &page(&["1"], Some(foreign))));
        let (ids, error) = all(users(&service.client()).items());
        assert_eq!(ids, ["1"]);
        let error = error.unwrap();
        assert!(matches!(error, Error::Foreign { .. }), "{error:?}");
        assert_eq!(service.asked(), ["GET /users"]);
    }
}

#[test]
fn links_that_cannot_be_followed_are_errors() {
    for (link, expected) in [
        (
            "http://graph.microsoft.com/v1.0/users",
            " leads to http://graph.microsoft.com, from https to http: it was not followed",
        ),
        ("ftp://graph.microsoft.com/a?token=b", " is no address: \"ftp://graph.microsoft.com/a\""),
        ("https://a@graph.microsoft.com/", " is no address: \"https://a@graph.microsoft.com/\""),
        ("", " is missing"),
    ] {
        let service = Service::new(move |_, _| json(200, &page(&[], Some(link))));
        let (_, error) = all(users(&service.client()).items());
        let (error, place) = (error.unwrap().to_string(), format!(") to GET {BASE}/users"));
        let (response, reason) = error.split_once(&place).unwrap_or_default();
        assert!(response.starts_with("the next link of the response (200 OK, client request "), "{error}");
        assert_eq!(reason, expected);
    }
}

#[test]
fn circles_end() {
    // A link to itself, two links to each other, and a link back to the first page.
    for (circle, requests) in
        [(&["/v1.0/users?a"][..], 2), (&["/v1.0/users?a", "/v1.0/users?b"], 3), (&["/v1.0/users"], 1)]
    {
        let service = Service::new(move |number, _| json(200, &page(&["1"], Some(circle[number % circle.len()]))));
        let (ids, error) = all(users(&service.client()).items());
        assert!(matches!(error, Some(Error::Link(LinkError::Repeated { .. }))), "{error:?}");
        assert_eq!((ids.len(), service.asked().len()), (requests, requests));
    }
}

#[test]
fn endless_empty_pages_end() {
    let service = Service::new(|number, _| json(200, &page(&[], Some(&format!("/v1.0/users?{number}")))));
    let (_, error) = all(users(&service.client()).items());
    assert_eq!(error.unwrap().to_string(), "more than 1000 empty pages in a row: the service leads nowhere");
    assert_eq!(service.asked().len(), 1001);
}

#[test]
fn what_is_no_page_ends_the_stream() {
    type Check = fn(&Error) -> bool;
    let cases: [(u16, &str, &str, Check); 4] = [
        (200, "application/json", r#"{"value": [{"id": "2"}, {"i"#, |error| matches!(error, Error::Decode(_))),
        (200, "text/html", "<html><h1>Sign in</h1>", |error| matches!(error, Error::Decode(_))),
        (429, "application/json", r#"{"error": {"code": "TooManyRequests", "message": "Slow down."}}"#, |error| {
            error.service().is_some_and(|error| error.code() == Some("TooManyRequests"))
        }),
        (500, "text/html", "<html>oops", |error| error.status().is_some_and(|status| status == 500)),
    ];
    for (status, media_type, body, check) in cases {
        let service = Service::new(move |number, _| match number {
            0 => json(200, &page(&["1"], Some("users?a"))),
            _ => with(status, &[("content-type", media_type)], body),
        });
        let (ids, error) = all(users(&service.client()).items());
        let error = error.unwrap();
        assert_eq!(ids, ["1"]);
        assert!(check(&error), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("very-secret"), "{error:?}");
    }
}

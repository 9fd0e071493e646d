//! Requests and responses as values, without I/O.

use edmark_runtime::graph::GraphHeaders as _;
use edmark_runtime::{
    At, Client, Collection, DecodeError, Error, Json, Literal, Method, ReadRequest, Reference, Request, ServiceError,
    Single, Update, response,
};
use http::header::{AUTHORIZATION, CONTENT_TYPE, IF_MATCH};
use http::{HeaderMap, Response, StatusCode};
use proptest::prelude::*;
use serde_json::json;
use url::Url;

fn graph() -> At {
    At::root(Client::offline("https://graph.microsoft.com/v1.0/"))
}

fn get<R>(at: At, decode: edmark_runtime::Decode<R>) -> Request<R> {
    Request::new(Method::Get, at, decode)
}

fn read<R>(decode: edmark_runtime::Decode<R>, status: u16, body: &[u8]) -> Result<R, Error> {
    let response = Response::builder().status(status).header("request-id", "r-1").body(body.to_vec()).unwrap();
    get(graph(), decode).decode(response)
}

#[test]
fn a_request_is_complete() {
    let request = graph()
        .segment("groups")
        .key("1")
        .request(Method::Patch, response::optional::<Json>)
        .json(&Update::<Json>::new().member("displayName", "Sales"))
        .query("$select", "id")
        .if_match("W/\"1\"")
        .prefer_representation()
        .prefer_time_zone("W. Europe \"Standard\" Time")
        .header("client-request-id", "17");
    let http = request.http().unwrap();
    assert_eq!(http.method(), "PATCH");
    assert_eq!(http.uri(), "https://graph.microsoft.com/v1.0/groups/1?$select=id");
    assert_eq!(http.body(), br#"{"displayName":"Sales"}"#);
    assert_eq!(http.headers()[CONTENT_TYPE], "application/json");
    assert_eq!(http.headers()[IF_MATCH], "W/\"1\"");
    assert_eq!(http.headers()["prefer"], r#"return=representation, outlook.timezone="W. Europe \"Standard\" Time""#);
    assert_eq!(http.headers()["client-request-id"], "17");
    assert_eq!(request.to_string(), "PATCH /groups/1");
    let content = graph().segment("content").request(Method::Put, response::nothing).bytes(*b"\0\x01", "image/png");
    assert_eq!(content.http().unwrap().headers()[CONTENT_TYPE], "image/png");
    assert_eq!(content.http().unwrap().body(), b"\0\x01");
    let reference = json!(Reference::to(&graph().segment("users").key("a b")));
    assert_eq!(reference, json!({"@odata.id": "https://graph.microsoft.com/v1.0/users/a%20b"}));
}

#[test]
fn what_cannot_be_is_said_when_the_request_is_made() {
    let message = |request: Request<()>| request.http().map(|_| ()).unwrap_err().to_string();
    let base = || get(graph().segment("me"), response::nothing);
    has(&message(base().header("a b", "c")), &["GET /me", "\"a b\" is no name of a header"]);
    has(&message(base().header("x", "a\r\nb: c")), &["GET /me", "the header x", "line ends"]);
    has(&message(base().if_match("\n")), &["the header if-match"]);
    has(&message(base().query("q", "x".repeat(70_000))), &["GET /me", "its URL cannot be", "shorten the query"]);
    let key = |_: &()| std::collections::HashMap::from([((1, 2), 3)]);
    has(&message(base().json(&key(&()))), &["cannot be written as JSON", "key must be a string"]);
    for base in [
        "graph.microsoft.com",
        "ftp://graph.microsoft.com",
        "https://",
        "https://user:pa55@b/v1.0",
        "https://x/?a=b",
        "",
        "https://a b",
    ] {
        let request: Request<()> = get(At::root(Client::offline(base)).segment("me"), response::nothing);
        let message = message(request);
        has(&message, &["the service's address", "https://graph.microsoft.com/v1.0"]);
        assert!(!message.contains("pa55"), "{message}");
    }
}

/// Checks that the message contains these parts.
fn has(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{message:?} has no {part:?}");
    }
    assert!(message.len() < 500, "too long: {message:?}");
}

#[test]
fn a_request_stays_at_its_service() {
    let elsewhere = [
        "https://evil.example/v1.0/me",
        "http://graph.microsoft.com/v1.0/me",
        "https://graph.microsoft.com:444/v1.0/me",
        "https://graph.microsoft.com@evil.example/me",
        "https://graph.microsoft.com.evil.example/me",
        "https://user:pa55@graph.microsoft.com/me",
        "https://evil.example\\@graph.microsoft.com/me",
        "https://graph.microsoft.com\\.evil.example/",
        "//evil.example/me",
        "/me",
        "",
    ];
    for url in elsewhere {
        let request = get(graph(), response::nothing).at_url(url);
        let error = request.http().map(|made| made.uri().to_string()).unwrap_err();
        assert!(matches!(error, Error::Foreign { .. } | Error::Request(_)), "{url}: {error:?}");
        assert!(!error.to_string().contains("pa55"), "{error}");
    }
    for url in ["https://graph.microsoft.com/v1.0/me?$skiptoken=x", "HTTPS://GRAPH.microsoft.com:443/beta"] {
        assert!(get(graph(), response::nothing).at_url(url).http().is_ok(), "{url}");
    }
}

#[test]
fn secrets_do_not_show() {
    let request = get(graph(), response::nothing).header("authorization", "Bearer hush").header("cookie", "hush");
    assert!(!format!("{request:?} {request}").contains("hush"));
    let http = request.http().unwrap();
    assert!(!format!("{http:?}").contains("hush"));
    assert_eq!(http.headers()[AUTHORIZATION], "Bearer hush");
}

#[test]
fn answers_are_values() {
    assert_eq!(read(response::json::<Json>, 200, b"\xef\xbb\xbf{\"a\": 1}").unwrap(), json!({"a": 1}));
    assert_eq!(read(response::json::<Collection<String>>, 200, br#"{"value": ["a"]}"#).unwrap().value, ["a"]);
    assert_eq!(
        read(response::single::<i32>, 200, br#"{"value": 12}"#).unwrap(),
        Single { value: Some(12), ..Single::default() }
    );
    assert_eq!(read(response::optional::<Json>, 204, b"").unwrap(), None);
    assert_eq!(read(response::optional::<Json>, 200, b"").unwrap(), None);
    assert_eq!(read(response::optional::<Json>, 200, b"{}").unwrap(), Some(json!({})));
    read(response::nothing, 202, b"<p>fine</p>").unwrap();
    assert_eq!(read(response::bytes, 200, b"\0").unwrap(), b"\0");
    assert_eq!(read(response::text, 200, "\u{feff}é".as_bytes()).unwrap(), "é");
    assert_eq!(read(response::count, 200, b"\xef\xbb\xbf 12\r\n").unwrap(), 12);
}

#[test]
fn answers_that_are_not_what_is_promised() {
    let decode = |error: Error| match error {
        Error::Decode(error) => *error,
        other => panic!("{other:?}"),
    };
    let empty: DecodeError = decode(read(response::json::<Json>, 200, b"").unwrap_err());
    assert!(empty.is_empty());
    has(&empty.to_string(), &["200 OK", "no body", "r-1"]);

    let truncated = decode(read(response::json::<Collection<String>>, 200, br#"{"value": ["a", "b"#).unwrap_err());
    assert!(truncated.json_error().is_some_and(serde_json::Error::is_eof));
    has(&truncated.to_string(), &["EOF", "line 1 column 18", r#"[\"a\", \"b"#]);

    let wrong = decode(read(response::json::<Collection<String>>, 200, b"{\"value\":\n [\"a\", 5]}").unwrap_err());
    has(&wrong.to_string(), &["value[1]", "integer `5`, expected a string", "line 2", "[\\\"a\\\", 5]"]);

    let html = "<html>\u{1b}[31m\r\n<body>".to_owned() + &"x".repeat(1 << 20);
    let html = decode(read(response::json::<Json>, 200, html.as_bytes()).unwrap_err());
    has(&html.to_string(), &["<html>\\u{1b}[31m <body>xxx", "…"]);

    let long = format!("{{\"value\": [{}5]}}", "\"a\", ".repeat(100_000));
    has(
        &read(response::json::<Collection<String>>, 200, long.as_bytes()).unwrap_err().to_string(),
        &["value[100000]", "…"],
    );
    has(&read(response::count, 200, b"many").unwrap_err().to_string(), &["is not a number", "\"many\""]);
    has(&read(response::text, 200, b"ab\xff").unwrap_err().to_string(), &["UTF-8"]);
    // Nesting that would overflow the stack.
    let deep = "[".repeat(100_000);
    has(&read(response::json::<Json>, 200, deep.as_bytes()).unwrap_err().to_string(), &["recursion limit"]);
}

#[test]
fn errors_of_the_service_are_typed() {
    let body = json!({"error": {
        "code": "Request_BadRequest", "message": "No.", "target": "mail",
        "details": [{"code": "InvalidValue", "message": "Too long.", "target": "mail"}, 5],
        "innerError": {"code": "general", "innererror": {"code": "particular"}, "date": "2025-01-31T12:00:00",
            "request-id": "inner", "client-request-id": "mine"},
    }});
    let response = Response::builder().status(429).header("retry-after", "17").body(body.to_string()).unwrap();
    let error = get(graph(), response::nothing).decode(response).unwrap_err();
    assert_eq!(
        (error.status(), error.retry_after().map(|wait| wait.as_secs())),
        (Some(StatusCode::TOO_MANY_REQUESTS), Some(17))
    );
    let error = error.service().unwrap();
    assert_eq!(
        (error.code(), error.message(), error.target()),
        (Some("Request_BadRequest"), Some("No."), Some("mail"))
    );
    assert_eq!(error.details()[0].message.as_deref(), Some("Too long."));
    assert_eq!(error.codes().collect::<Vec<_>>(), ["Request_BadRequest", "general", "particular"]);
    assert_eq!((error.request_id(), error.client_request_id()), (Some("inner"), Some("mine")));
    assert_eq!(error.body(), body.to_string().as_bytes());
    assert_eq!(
        error.to_string(),
        "the service answered 429 Too Many Requests: Request_BadRequest: No. (request inner)"
    );

    let said = |status, body: &str| read(response::nothing, status, body.as_bytes()).unwrap_err().to_string();
    assert_eq!(said(404, ""), "the service answered 404 Not Found (request r-1)");
    has(
        &said(500, &("<html>".to_owned() + &"y".repeat(1 << 20))),
        &["500 Internal Server Error", "without an error document", "<html>yyy"],
    );
    has(&said(502, r#"{"error": {"code": "x", "mess"#), &["502 Bad Gateway", "without an error document", "mess"]);
    has(&said(401, r#"{"error": "invalid_grant", "error_description": "Gone."}"#), &["invalid_grant: Gone."]);
    has(
        &said(400, r#"{"error": {"code": 5, "message": null, "innerError": [], "details": {}}}"#),
        &["400 Bad Request"],
    );
    has(&said(304, ""), &["304 Not Modified"]);
    let endless = json!({"error": {"code": "x", "message": "z".repeat(1 << 20)}}).to_string();
    let error = read(response::nothing, 400, endless.as_bytes()).unwrap_err();
    assert!(error.to_string().len() < 1200 && format!("{error:?}").len() < 3000);
}

#[test]
fn waits_are_read_in_seconds_and_as_dates() {
    let wait = |headers: &[(&'static str, &str)]| {
        let mut response = Response::builder().status(503).body(()).unwrap();
        *response.headers_mut() =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>();
        ServiceError::read(&response.into_parts().0, b"").retry_after().map(|wait| wait.as_secs())
    };
    let date = ("date", "Fri, 31 Jan 2025 12:00:00 GMT");
    assert_eq!(wait(&[("retry-after", " 5 ")]), Some(5));
    assert_eq!(wait(&[("retry-after", "Fri, 31 Jan 2025 12:00:30 GMT"), date]), Some(30));
    assert_eq!(wait(&[("retry-after", "Fri, 31 Jan 2025 11:00:00 GMT"), date]), Some(0));
    assert_eq!(wait(&[("retry-after", "Thu, 01 Jan 1970 00:00:00 GMT")]), Some(0));
    for nonsense in ["", "-1", "1.5", "soon"] {
        assert_eq!(wait(&[("retry-after", nonsense)]), None, "{nonsense}");
    }
    assert_eq!(wait(&[]), None);
    assert_eq!(wait(&[("retry-after", "99999999999999999999999")]), Some(u64::MAX));
}

/// The decoded segments of a path, as a URL parser reads it.
fn segments(at: &At) -> Vec<String> {
    let http = get(at.clone(), response::nothing).http().unwrap();
    let url = Url::parse(&http.uri().to_string()).unwrap();
    assert_eq!((url.host_str(), url.query(), url.fragment()), (Some("graph.microsoft.com"), None, None));
    assert_eq!(url.as_str(), http.uri().to_string(), "the parser sees another path");
    url.path_segments().unwrap().skip(1).map(decoded).collect()
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

/// Texts with characters that have a meaning in URLs.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        r"(\PC|[/?#%'&+=;:@$,()\\. ]|\.\.|%2[fF]|😀|é|\n|\t){0,12}",
        Just("..".to_owned()),
        Just(".".to_owned()),
        Just("%2e%2e".to_owned()),
        Just("$count".to_owned()),
        Just(String::new()),
    ]
}

proptest! {
    #[test]
    fn a_key_is_one_segment(key in text()) {
        let path = segments(&graph().segment("users").key(&key).segment("messages"));
        if matches!(&*key, "" | "." | "..") || key.starts_with('$') {
            prop_assert_eq!(path, [format!("users('{}')", key.replace('\'', "''")), "messages".into()]);
        } else {
            prop_assert_eq!(path, ["users".to_owned(), key, "messages".into()]);
        }
    }

    #[test]
    fn an_argument_stays_in_its_quotes(a in text(), b in text()) {
        let at = graph().function("f", &[("a", Literal::string(&a)), ("b", Literal::string(&b))]).segment("x");
        let expected = format!("f(a='{}',b='{}')", a.replace('\'', "''"), b.replace('\'', "''"));
        prop_assert_eq!(segments(&at), [expected, "x".to_owned()]);
    }

    #[test]
    fn a_path_of_items_stays_below_its_root(path in prop::collection::vec(text(), 0..5)) {
        let path = path.join("/");
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let found = segments(&graph().segment("root").by_path(&path).segment("children"));
        if parts.is_empty() {
            prop_assert_eq!(found, ["root", "children"]);
        } else {
            let last = parts.len() - 1;
            let mut expected = vec!["root:".to_owned()];
            expected.extend(parts.iter().enumerate().map(|(index, part)| format!("{part}{}", if index == last { ":" } else { "" })));
            expected.push("children".to_owned());
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn query_options_arrive_as_they_were_given(name in "[a-zA-Z$@ =&%+é]{1,8}", value in text()) {
        let request = get(graph().segment("me"), response::nothing).query(&name, &value).query("last", Literal::string(&value));
        let http = request.http().unwrap();
        let url = Url::parse(&http.uri().to_string()).unwrap();
        let query: Vec<_> = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        prop_assert_eq!(query, [(name, value.clone()), ("last".to_owned(), format!("'{}'", value.replace('\'', "''")))]);
        prop_assert_eq!(url.fragment(), None);
    }

    #[test]
    fn any_body_is_an_answer_or_an_error(body in prop::collection::vec(any::<u8>(), 0..200), status in 200u16..600) {
        let short = |error: Error| prop_assert_ok(error.to_string().len() < 2000 && !format!("{error:?}").is_empty());
        let decoders: [edmark_runtime::Decode<Json>; 3] = [
            response::json,
            |head, body| response::text(head, body).map(Json::from),
            |head, body| response::count(head, body).map(Json::from),
        ];
        for decode in decoders {
            if let Err(error) = read(decode, status, &body) {
                short(error)?;
            }
        }
    }
}

fn prop_assert_ok(good: bool) -> Result<(), TestCaseError> {
    prop_assert!(good);
    Ok(())
}

#[test]
fn requests_can_be_sent_from_any_thread() {
    fn shared<T: Send + Sync + Clone + 'static>(value: T) -> T {
        value
    }
    fn spawnable(_: impl Future + Send + 'static) {}
    let request: ReadRequest<Json> = shared(Request::new(Method::Get, shared(graph()), response::json));
    spawnable(request.send());
}

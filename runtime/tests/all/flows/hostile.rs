//! Responses that are valid HTTP and wrong in every other way: each causes one error that names the
//! request, the status and the request id, and nothing is repeated without end.

use std::time::Duration;

use edmark_runtime::{
    At, BatchError, Client, Content, Error, Json, Method, Monitor, Request, Retry, Untyped, Upload, UploadError,
    response,
};
use http::StatusCode;
use serde_json::json;

use super::service::{BASE, Service, json as answered, run, users, with};

/// A client whose requests all have the same id.
fn client(service: &std::sync::Arc<Service>) -> Client {
    service.client().with_header("client-request-id", "c-1")
}

fn me(client: &Client) -> Request<Json> {
    At::root(client.clone()).segment("me").request(Method::Get, response::json).query("$filter", "hidden")
}

/// The message of the error of `GET /me` for this response.
fn message(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> String {
    let (mut head, _) = with(status, headers, "").into_parts();
    head.extensions.clear();
    let body: Vec<u8> = body.into();
    let service = Service::new(move |_, _| {
        let mut response = http::Response::new(Content::from(body.clone()));
        (*response.status_mut(), *response.headers_mut()) = (head.status, head.headers.clone());
        response
    });
    let error = run(me(&client(&service)).send()).unwrap_err();
    assert_eq!(error.status(), StatusCode::from_u16(status).ok(), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("hidden"), "{error:?}");
    assert_eq!(service.asked().len(), 1);
    error.to_string()
}

#[test]
fn errors_name_the_request_the_status_and_the_id() {
    let html = [("content-type", "text/html"), ("x-request-id", "r-1")];
    let json = [("content-type", "application/json"), ("request-id", "r-1")];
    for (status, headers, body, expected) in [
        (404, &json, r#"{"error": {"code": "notFound", "message": "None."}}"#, ": notFound: None. (request r-1)"),
        // The message of OData 3 has a language, and a byte order mark is no part of the document.
        (
            400,
            &json,
            "\u{feff}{\"error\": {\"code\": \"x\", \"message\": {\"lang\": \"en\", \"value\": \"No.\"}}}",
            ": x: No. (request r-1)",
        ),
        (
            400,
            &json,
            r#"{"error": "invalid_client", "error_description": "No."}"#,
            ": invalid_client: No. (request r-1)",
        ),
        (
            400,
            &json,
            r#"{"title": "Bad"}"#,
            r#" without an error document (application/json): "{\"title\": \"Bad\"}" (request r-1)"#,
        ),
        (502, &html, "<html>\n<h1>Oh!", r#" without an error document (text/html): "<html> <h1>Oh!" (request r-1)"#),
        (500, &html, "", " (request r-1)"),
        (500, &[("x", "y"), ("a", "b")], "", " (client request c-1)"),
    ] {
        let name = StatusCode::from_u16(status).unwrap();
        assert_eq!(message(status, headers, body), format!("the service answered {name} to GET {BASE}/me{expected}"));
    }
    for (status, headers, body, expected) in [
        (200, &json, "", " has no body, where one is documented (request r-1)"),
        (204, &json, "", " has no body, where one is documented (request r-1)"),
        (
            200,
            &json,
            r#"{"a": "#,
            r#" is not of its type: EOF while parsing a value at line 1 column 6, in "{\"a\":" (request r-1)"#,
        ),
        (200, &html, "<html>", r#" is not of its type: expected value at line 1 column 1, in "<html>" (request r-1)"#),
    ] {
        let (status, kind) = (StatusCode::from_u16(status).unwrap(), headers[0].1);
        let expected = format!("the response ({status}, {kind}) to GET {BASE}/me{expected}");
        assert_eq!(message(status.as_u16(), headers, body), expected);
    }
}

#[test]
fn a_body_that_is_compressed_says_so() {
    // The beginning of a document that gzip has compressed.
    let body = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0];
    let said = message(200, &[("content-encoding", "gzip")], body);
    assert_eq!(
        said,
        format!(
            "the response (200 OK) to GET {BASE}/me is encoded as \"gzip\", which was not asked for: enable that feature of the transport's HTTP client (client request c-1)"
        )
    );
    let said = message(200, &[], body);
    assert!(said.contains("looks compressed (gzip), although no header says so"), "{said}");
    // This is the name of no coding.
    let service = Service::new(|_, _| with(200, &[("content-encoding", "identity")], "{}"));
    assert_eq!(run(me(&client(&service)).send()).unwrap(), json!({}));
}

#[test]
fn what_is_too_large_is_not_read() {
    let service = Service::new(|_, _| with(200, &[("request-id", "r-1")], "{\"a\": \"0123456789\"}"));
    let error = run(me(&client(&service).with_largest(10)).send()).unwrap_err();
    let expected = format!("the response (200 OK, request r-1) to GET {BASE}/me has more than 10 bytes: ");
    assert!(error.to_string().starts_with(&expected), "{error}");
}

#[test]
fn deep_nesting_ends() {
    let deep = |prefix: &str| format!("{prefix}{}", "[".repeat(100_000));
    assert!(message(200, &[], deep("")).contains("recursion limit exceeded"));
    assert!(message(400, &[], deep(r#"{"error": {"innerError": "#)).contains("without an error document"));
    // One step of a batch does not cost the others.
    let body = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let service = Service::new(move |_, _| {
        answered(
            200,
            &format!(
                r#"{{"responses": [{{"id": "0", "status": 200, "body": {body}}}, {{"id": "1", "status": 200, "body": {{}}}}]}}"#
            ),
        )
    });
    let client = client(&service);
    let mut batch = client.batch();
    let (deep, good) = (batch.add(&me(&client)).unwrap(), batch.add(&me(&client)).unwrap());
    run(batch.send()).unwrap();
    let error = batch.response(deep).unwrap_err().to_string();
    assert!(error.contains("recursion limit exceeded"), "{error}");
    assert_eq!(batch.response(good).unwrap(), json!({}));
}

#[test]
fn waits_that_make_no_sense_do_not_count() {
    let attempts = |value: &'static str| {
        let service = Service::new(move |_, _| with(429, &[("retry-after", value)], ""));
        let error = run(me(&client(&service)).send()).unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
        (service.asked().len(), service.waits())
    };
    for too_long in ["99999999", "99999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        assert_eq!(attempts(too_long), (1, vec![]), "{too_long}");
    }
    for ignored in ["-5", "soon", "1.5", ""] {
        let (count, waits) = attempts(ignored);
        assert_eq!(count, 5, "{ignored}");
        assert!(waits.iter().zip([1.0, 2.0, 4.0, 8.0]).all(|(wait, most)| *wait <= most), "{waits:?}");
    }
    // Limits that are no limits: no clock can add them up.
    let service = Service::new(|number, _| match number {
        0 => with(429, &[("retry-after", "18446744073709551615")], ""),
        _ => answered(200, "{}"),
    });
    let endless = client(&service).with_timeout(None).with_retry(Retry::default().total_wait(Duration::MAX));
    run(me(&endless).send()).unwrap();
    assert!(service.waits()[0] <= 366.0 * 86_400.0);
    run(me(&endless.with_timeout(Duration::MAX)).send()).unwrap();
}

#[test]
fn a_wait_beyond_the_time_limit_is_the_callers() {
    let service = Service::new(|_, _| with(429, &[("retry-after", "60")], ""));
    let error = run(me(&client(&service)).timeout(Duration::from_secs(30)).send()).unwrap_err();
    assert_eq!((error.status(), service.waits()), (Some(StatusCode::TOO_MANY_REQUESTS), vec![]));
    let error = run(me(&client(&service)).timeout(None).send()).unwrap_err();
    assert_eq!((error.status(), service.waits()), (Some(StatusCode::TOO_MANY_REQUESTS), vec![60.0, 60.0]));
}

#[test]
fn a_batch_that_is_answered_otherwise() {
    let batch = |response: &'static str, media_type: &'static str| {
        let service =
            Service::new(move |_, _| with(200, &[("content-type", media_type), ("request-id", "r-1")], response));
        let client = client(&service);
        let mut batch = client.batch();
        let (first, second) = (batch.add(&me(&client)).unwrap(), batch.add(&me(&client)).unwrap());
        run(batch.send()).map(|()| [batch.response(first), batch.response(second)])
    };
    let error =
        batch("--batch_1\r\nContent-Type: application/http\r\n\r\n", "multipart/mixed; boundary=batch_1").unwrap_err();
    let start =
        format!("the response (200 OK, multipart/mixed; boundary=batch_1) to POST {BASE}/$batch is not of its type: ");
    assert!(error.to_string().starts_with(&start) && error.to_string().ends_with("(request r-1)"), "{error}");
    // A byte order mark, another order, and responses that nobody asked for.
    let other = "\u{feff}{\"responses\": [{\"id\": \"7\", \"status\": 200}, {\"id\": \"1\", \"status\": 200, \"body\": {}}, {\"id\": \"0\", \"status\": 404}]}";
    let [first, second] = batch(other, "application/json").unwrap();
    assert_eq!(
        first.unwrap_err().to_string(),
        format!("the service answered 404 Not Found to GET {BASE}/me in a batch (client request c-1)")
    );
    assert_eq!(second.unwrap(), json!({}));
    // Two responses to one step contradict each other, and the other step has none.
    let twice = r#"{"responses": [{"id": "0", "status": 200, "body": {}}, {"id": "0", "status": 404}]}"#;
    let [first, second] = batch(twice, "application/json").unwrap();
    assert!(matches!(first, Err(Error::Batch(BatchError::SeveralResponses))), "{first:?}");
    assert!(matches!(second, Err(Error::Batch(BatchError::NoResponse))), "{second:?}");
}

#[test]
fn steps_of_a_batch_are_retried_by_the_rules_of_the_client() {
    let sent = |retry: Retry, own: Option<Retry>| {
        let service = Service::new(|_, request| {
            let document: Json = serde_json::from_slice(request.body()).unwrap();
            let busy = |step: &Json| json!({"id": step["id"], "status": 503, "headers": {"Retry-After": "0"}});
            let responses: Vec<Json> = document["requests"].as_array().unwrap().iter().map(busy).collect();
            answered(200, &json!({"responses": responses}).to_string())
        });
        let client = client(&service).with_retry(retry);
        let mut batch = client.batch();
        let mut request = me(&client).at().request(Method::Post, response::json::<Json>);
        request = match own {
            Some(own) => request.retry(own),
            None => request,
        };
        let step = batch.add(&request).unwrap();
        run(batch.send()).unwrap();
        assert_eq!(batch.response(step).unwrap_err().status(), Some(StatusCode::SERVICE_UNAVAILABLE));
        service.asked().len()
    };
    assert_eq!(sent(Retry::default(), None), 5);
    assert_eq!(sent(Retry::never(), None), 1);
    assert_eq!(sent(Retry::default(), Some(Retry::default().attempts(2))), 2);
}

const SESSION: &str = "https://contoso.sharepoint.com/upload/door";

/// The number of requests and the result of an upload of five bytes.
fn upload(
    script: impl Fn(usize, &http::Request<Vec<u8>>) -> http::Response<Content> + Send + Sync + 'static,
) -> (usize, Result<Option<Json>, Error>) {
    let service = Service::new(script);
    let mut upload = Upload::<Json>::resume(&client(&service), SESSION, vec![0; 5]).unwrap();
    let result = run(upload.send()).map(|uploaded| uploaded.item);
    assert!(service.asked().len() < 20, "{:?}", service.asked());
    (service.asked().len(), result)
}

#[test]
fn the_state_of_an_upload_has_to_be_one() {
    // It says nothing of ranges, so nothing says that the bytes have arrived.
    for state in
        ["{}", r#"{"expirationDateTime": "2025-01-31T12:00:00Z"}"#, "", "<html>", r#"{"nextExpectedRanges": null}"#]
    {
        let (count, result) = upload(move |_, _| with(200, &[("request-id", "r-1")], state));
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Upload(UploadError::NoRanges(_))), "{state}: {error:?}");
        assert_eq!(
            error.to_string(),
            "the response (200 OK, request r-1) to GET https://contoso.sharepoint.com does not say which bytes of the upload are missing: it has no `nextExpectedRanges`"
        );
        assert_eq!(count, 1);
    }
    for ranges in ["[5]", "[\"0-1\", 7]", "{}", "[\"-1\"]", "[\"3-1\"]", "[\"6-\"]", "[\"0-1-2\"]"] {
        let (_, result) = upload(move |_, _| answered(200, &format!(r#"{{"nextExpectedRanges": {ranges}}}"#)));
        assert!(matches!(result, Err(Error::Upload(UploadError::Ranges { .. }))), "{ranges}: {result:?}");
    }
    // One text instead of a list, ranges that overlap and end late, and one that is empty.
    for ranges in ["\"0-\"", "[\"2-9\", \"0-3\", \"1-1\"]", "[\"5-\", \"0-99\"]"] {
        let (count, result) = upload(move |number, request| match number {
            0 => answered(200, &format!(r#"{{"nextExpectedRanges": {ranges}}}"#)),
            _ => {
                assert_eq!(request.headers()["content-range"], "bytes 0-4/5");
                answered(201, r#"{"id": "01M"}"#)
            }
        });
        assert_eq!((count, result.unwrap().unwrap()["id"].as_str()), (2, Some("01M")), "{ranges}");
    }
}

#[test]
fn an_upload_is_not_complete_before_its_last_byte() {
    // The service accepts a piece with 200 and no word about the rest.
    let (count, result) = upload(|number, request| match (number, request.headers().get("content-range")) {
        (0, _) => answered(200, r#"{"nextExpectedRanges": ["0-1"]}"#),
        (_, Some(range)) if range == "bytes 0-1/5" => answered(200, "{}"),
        _ => answered(201, r#"{"id": "01M"}"#),
    });
    assert_eq!((count, result.unwrap().unwrap()["id"].as_str()), (3, Some("01M")));
}

#[test]
fn a_session_that_is_gone_says_so() {
    for status in [404, 410] {
        let (count, result) = upload(move |_, _| with(status, &[("request-id", "r-1")], ""));
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Upload(UploadError::Gone(_))), "{error:?}");
        let message = error.to_string();
        assert!(
            message.contains("to GET https://contoso.sharepoint.com (request r-1)") && !message.contains("door"),
            "{message}"
        );
        assert_eq!(count, 1);
    }
}

#[test]
fn a_monitor_that_redirects_nowhere_has_not_finished() {
    let service = Service::new(|_, _| with(304, &[], ""));
    let error = run(Monitor::new(&client(&service), "/operations/1").unwrap().wait()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the service answered 304 Not Modified to GET {BASE}/operations/1 (client request c-1)")
    );
}

/// A transport that never responds.
struct Silent;

impl edmark_runtime::Transport for Silent {
    fn send(
        &self,
        _: http::Request<Vec<u8>>,
    ) -> edmark_runtime::BoxFuture<'_, Result<http::Response<Content>, edmark_runtime::BoxError>> {
        Box::pin(std::future::pending())
    }
    fn sleep(&self, _: Duration) -> edmark_runtime::BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn a_timeout_names_the_request_but_no_address_that_grants_access() {
    let client =
        Client::new(BASE, Silent).with_timeout(Duration::from_millis(5)).with_header("client-request-id", "c-1");
    let error = run(users(&client).items().try_next()).unwrap_err();
    assert!(
        error.to_string().starts_with(&format!("GET {BASE}/users (client request c-1) takes longer than 0.005 s")),
        "{error}"
    );
    let error = run(me(&client).header("client-request-id", "c-2").send()).unwrap_err();
    assert!(error.to_string().starts_with(&format!("GET {BASE}/me (client request c-2) takes longer")), "{error}");
    let mut upload = Upload::<Json>::resume(&client, SESSION, vec![0; 5]).unwrap();
    let mut monitor = Monitor::new(&client, "https://contoso.sharepoint.com/monitor/door?key=door").unwrap();
    for error in [run(upload.send()).unwrap_err(), run(monitor.wait()).unwrap_err()] {
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("https://contoso.sharepoint.com takes longer") && !shown.contains("door"), "{shown}");
    }
}

#[test]
fn a_delta_link_of_another_host_gets_no_token() {
    let service =
        Service::new(|_, _| answered(200, r#"{"value": [], "@odata.deltaLink": "https://evil.example/delta?x"}"#));
    let delta = || At::root(client(&service)).segment("users").segment("delta");
    let delta = || -> edmark_runtime::DeltaRequest<Untyped> { Request::new(Method::Get, delta(), response::json) };
    let mut changes = delta().changes();
    assert!(run(changes.try_next()).unwrap().is_none());
    let link = changes.link().unwrap().clone();
    let error = run(delta().changes_since(&link).try_next()).unwrap_err();
    assert!(matches!(error, Error::Foreign { .. }), "{error:?}");
    assert_eq!(service.asked(), ["GET /users/delta"]);
}

//! The replays that generated tests use, with documented requests and calls written by hand.
#![cfg(feature = "testing")]

use std::fs;
use std::path::Path;

use edmark_runtime::testing::{Call, Replay, ReplayReport, Sending, replays};
use edmark_runtime::{Accepted, At, Collection, Method, Request, response};

use crate::sample::Thing;

fn things(call: &Call<'_>) -> At {
    At::root(call.client()).segment("things")
}

fn get(call: &Call<'_>) -> Result<Sending, serde_json::Error> {
    Ok(call.send(Request::<Thing>::new(Method::Get, things(call).key("a b"), response::json)))
}

fn list(call: &Call<'_>) -> Result<Sending, serde_json::Error> {
    Ok(call.send(Request::<Collection<Thing>>::new(Method::Get, things(call), response::json)))
}

fn create(call: &Call<'_>) -> Result<Sending, serde_json::Error> {
    let request: Request<Thing> = Request::new(Method::Post, things(call), response::json);
    Ok(call.send(request.json(&call.body::<Thing>()?)))
}

fn change(call: &Call<'_>) -> Result<Sending, serde_json::Error> {
    let request: Request<Option<Thing>> = Request::new(Method::Patch, things(call).key("1"), response::optional);
    Ok(call.send(request.json(&call.update::<Thing>()?)))
}

fn refer(call: &Call<'_>) -> Result<Sending, serde_json::Error> {
    let request: Request<()> = Request::new(Method::Post, things(call).segment("$ref"), response::nothing);
    Ok(call.send(request.json(&call.reference()?)))
}

fn upload(call: &Call<'_>) -> Result<Sending, serde_json::Error> {
    let request: Request<Accepted> = Request::new(Method::Put, things(call).segment("$value"), response::accepted);
    Ok(call.send(request.bytes(call.bytes(), call.media_type())))
}

/// Replays one documented request at line 1, with an example at line 5.
fn replay(
    name: &str,
    make: fn(&Call<'_>) -> Result<Sending, serde_json::Error>,
    request: &str,
    example: &str,
) -> ReplayReport {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replays").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let text = format!(
        r#"{{"//": "@generated", "page": "Thing.md", "examples": [{{"line": 5, {example}}}], "requests": [{{"line": 1, {request}}}]}}"#
    );
    fs::write(folder.join("thing.json"), text).expect("a file");
    replays(&folder, &[Replay::new("thing:1", make)]).expect("a report")
}

/// An example without a type, for tests of requests alone.
const NO_EXAMPLE: &str = r#""of": "response", "apart": "not valid JSON""#;

#[track_caller]
fn fails(report: ReplayReport, how: &str) {
    let [(place, reason)] = &report.failures[..] else { panic!("it came as documented:\n{report}") };
    assert!(place == "thing:1" && reason.contains(how), "{reason}");
    assert!(!report.is_good());
}

#[test]
fn requests_come_as_documented() {
    let answer = r#""response": {"status": 200, "headers": [["Content-type", "application/json"]], "body": 5}"#;
    let thing = r#""of": "response", "type": "sample.thing", "body": {"id": "1", "new": [null]}"#;
    for (name, make, request, example) in [
        ("get", get as fn(&Call<'_>) -> _, r#""method": "GET", "path": ["things", "a b"], "#, thing),
        (
            "list",
            list,
            r#""method": "GET", "path": ["things()"], "query": [["$top", "1"], ["$filter", "a eq 'é&'"]],
               "headers": [["Prefer", "x=\"1\""], ["Authorization", "Bearer {token}"], ["Host", "service.example"]], "#,
            r#""of": "response", "type": "Collection(sample.thing)", "body": {"value": [{"id": "1"}]}"#,
        ),
        (
            "create",
            create,
            r#""method": "POST", "path": ["things"], "body": 5, "headers": [["content-type", "application/json; x=y"]], "#,
            thing,
        ),
        ("change", change, r#""method": "PATCH", "path": ["things", "1"], "body": 5, "#, thing),
    ] {
        let report = replay(name, make, &format!("{request}{answer}"), example);
        assert!(report.is_good() && (report.reproduced, report.read) == (1, 1), "{name}: {report}");
    }
    let reference =
        r#""of": "request", "apart": "a reference", "body": {"@odata.id": "https://service.example/things/1"}"#;
    let report = replay("refer", refer, r#""method": "POST", "path": ["things", "$ref"], "body": 5"#, reference);
    assert_eq!((report.reproduced, report.read, report.unread.len()), (1, 0, 1), "{report}");
}

#[test]
fn what_is_elsewhere_is_at_the_server() {
    let request = r#""method": "PUT", "path": ["things", "$value"], "body": "plain", "headers": [["Content-Type", "text/plain"]],
        "response": {"status": 202, "headers": [["Location", "https://service.example/monitor/1"]]}"#;
    let report = replay("accepted", upload, request, NO_EXAMPLE);
    assert_eq!((report.reproduced, report.read), (1, 1), "{report}");
}

#[test]
fn every_difference_fails() {
    let thing = r#""of": "request", "type": "sample.thing", "body": {"id": "1"}"#;
    for (name, make, request, how) in [
        (
            "method",
            get as fn(&Call<'_>) -> _,
            r#""method": "POST", "path": ["things", "a b"]"#,
            "the method is GET, not POST",
        ),
        ("path", get, r#""method": "GET", "path": ["things", "a", "b"]"#, "the path is /things/a b, not /things/a/b"),
        (
            "query",
            get,
            r#""method": "GET", "path": ["things", "a b"], "query": [["x", "1"]], "options": []"#,
            "the query is ``, not `x=1`",
        ),
        (
            "header",
            list,
            r#""method": "GET", "path": ["things"], "headers": [["A", "1"], ["a", "2"]]"#,
            "the header `A` is documented twice",
        ),
        ("body", get, r#""method": "GET", "path": ["things", "a b"], "body": 5"#, "the body is not valid JSON"),
        (
            "more",
            create,
            r#""method": "POST", "path": ["things"], "body": "text""#,
            "no body that is JSON is documented",
        ),
        (
            "media",
            change,
            r#""method": "PATCH", "path": ["things", "1"], "body": 5, "headers": [["Content-Type", "text/x"]]"#,
            "the media type of the body is",
        ),
    ] {
        fails(replay(name, make, request, thing), how);
    }
}

#[test]
fn answers_have_to_be_read() {
    let request = |answer: &str| format!(r#""method": "GET", "path": ["things"], "response": {answer}"#);
    let wrong = r#""of": "response", "type": "sample.thing", "body": {"value": {"id": "1"}}"#;
    fails(replay("wrong", list, &request(r#"{"status": 200, "body": 5}"#), wrong), "expected an array");
    let report = replay("defect", list, &request(r#"{"status": 200, "body": 5, "defect": "it is one thing"}"#), wrong);
    assert!(report.is_good() && report.response_defects.len() == 1, "{report}");
    let report = replay("empty", list, &request(r#"{"status": 200}"#), NO_EXAMPLE);
    assert!(report.is_good() && (report.reproduced, report.read) == (1, 0), "{report}");
    let report = replay("error", list, &request(r#"{"status": 404, "body": "gone"}"#), NO_EXAMPLE);
    assert!(report.is_good() && (report.reproduced, report.read) == (1, 0), "{report}");
}

#[test]
fn what_contradicts_the_page_has_to_fail() {
    let request = r#""method": "GET", "path": ["Things", "a b"], "deviation": "`Things` for `things`""#;
    let report = replay("deviation", get, request, NO_EXAMPLE);
    assert!(report.is_good() && report.defects.len() == 1, "{report}");
    let request = r#""method": "GET", "path": ["things", "a b"], "deviation": "none""#;
    fails(replay("no deviation", get, request, NO_EXAMPLE), "though the page is wrong");
}

#[test]
fn a_request_without_a_call_says_why() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replays/apart");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let page = r#"{"page": "a.md", "requests": [{"line": 1, "method": "GET", "path": [], "apart": "sent elsewhere"}, {"line": 2, "method": "GET"}]}"#;
    fs::write(folder.join("a.json"), page).expect("a file");
    let report = replays(&folder, &[]).expect("a report");
    assert_eq!(report.apart, [("a:1".to_owned(), "sent elsewhere".to_owned())]);
    assert_eq!(report.failures, [("a:2".to_owned(), "no call makes it".to_owned())]);
    assert_eq!(report.documented(), 2);

    fs::write(folder.join("b.json"), r#"{"requests": [{"line": 1, "method": "GET", "body": 7}]}"#).expect("a file");
    let error = replays(&folder, &[]).expect_err("there is no example at that line").to_string();
    assert!(error.contains("b.json") && error.contains("no example at line 7"), "{error}");
}

/// A test that holds no call tests nothing.
#[test]
fn examples_without_any_call_are_a_failure() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replays/none");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let page = r#"{"page": "a.md", "requests": [{"line": 1, "method": "GET", "path": [], "apart": "sent elsewhere"}]}"#;
    fs::write(folder.join("a.json"), page).expect("a file");
    let report = replays(&folder, &[]).expect("a report");
    assert!(!report.is_good() && report.failures.is_empty(), "{report}");
    assert!(report.to_string().contains("no documented request has a call"), "{report}");
}

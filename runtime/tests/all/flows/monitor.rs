//! Long-running operations.

use std::time::Duration;

use edmark_runtime::{Accepted, At, Client, Error, LinkError, Method, Monitor, Request, response};

use super::service::{Service, json, run, with};

const ELSEWHERE: &str = "https://contoso.sharepoint.com/monitor/1?key=door";

fn copy(client: &Client) -> Request<Accepted> {
    Request::new(Method::Post, At::root(client.clone()).segment("copy"), response::accepted)
}

#[test]
fn a_copy_is_asked_for_without_the_token() {
    let service = Service::new(|number, _| match number {
        0 => with(202, &[("location", ELSEWHERE), ("retry-after", "3")], ""),
        1 => json(202, r#"{"status": "inProgress", "percentageComplete": 27.8}"#),
        2 => with(202, &[("retry-after", "5")], r#"{"status": "inProgress"}"#),
        3 => with(503, &[("retry-after", "6")], ""),
        _ => json(200, r#"{"status": "completed", "resourceId": "01M"}"#),
    });
    let client = service.client();
    let finished = run(async { copy(&client).send().await?.monitor(&client)?.wait().await }).unwrap();
    assert_eq!(finished.resource_id.as_deref(), Some("01M"));
    let asked = format!("GET {ELSEWHERE} anonymous");
    assert_eq!(service.asked(), ["POST /copy", &asked, &asked, &asked, &asked]);
    assert_eq!(service.waits(), [3.0, 1.0, 5.0, 6.0]);
}

#[test]
fn an_operation_of_the_service_is_asked_for_with_the_token() {
    let service = Service::new(|number, _| match number {
        0 => with(202, &[("location", "/teams('a')/operations('b')")], ""),
        _ => json(200, r#"{"status": "succeeded", "targetResourceLocation": "/teams('t')"}"#),
    });
    let client = service.client();
    let finished = run(async { copy(&client).send().await?.monitor(&client)?.wait().await }).unwrap();
    assert_eq!(finished.resource_location.as_deref(), Some("/teams('t')"));
    assert_eq!(service.asked(), ["POST /copy", "GET /teams('a')/operations('b')"]);
}

#[test]
fn a_location_is_relative_to_the_host_or_to_the_services_root() {
    let client = Service::new(|_, _| json(200, "{}")).client();
    let asks = |location| Monitor::new(&client, location).unwrap().location();
    let there = "https://graph.microsoft.com/v1.0/teams('a')/operations('b')";
    for location in
        ["/teams('a')/operations('b')", "teams('a')/operations('b')", "/v1.0/teams('a')/operations('b')", there]
    {
        assert_eq!(asks(location), there, "{location}");
    }
    assert_eq!(asks("/v1.0x/y"), "https://graph.microsoft.com/v1.0/v1.0x/y");
    assert_eq!(asks("//other.example/x"), "https://other.example/x");
}

#[test]
fn a_redirection_is_the_result() {
    let service = Service::new(|_, _| with(303, &[("location", "https://contoso.sharepoint.com/items/1")], ""));
    let mut monitor = Monitor::new(&service.client(), ELSEWHERE).unwrap();
    let finished = run(monitor.wait()).unwrap();
    assert_eq!(finished.resource_location.as_deref(), Some("https://contoso.sharepoint.com/items/1"));
    assert_eq!(service.asked().len(), 1);
}

#[test]
fn a_failure_says_why() {
    let service = Service::new(|_, _| {
        json(200, r#"{"status": "failed", "error": {"code": "nameAlreadyExists", "message": "There is one."}}"#)
    });
    let error = run(Monitor::new(&service.client(), ELSEWHERE).unwrap().wait()).unwrap_err();
    assert!(matches!(error, Error::Operation(_)));
    assert_eq!(error.to_string(), "the operation ended as `failed`: nameAlreadyExists: There is one.");
}

#[test]
fn patience_has_an_end() {
    let service = Service::new(|_, _| json(202, r#"{"status": "running"}"#));
    let mut monitor = Monitor::new(&service.client(), ELSEWHERE).unwrap().for_at_most(Duration::from_secs(600));
    let error = run(monitor.wait()).unwrap_err();
    assert!(matches!(error, Error::Unfinished), "{error:?}");
    let waited: f64 = service.waits().iter().sum();
    assert!(waited <= 600.0 && service.waits().iter().all(|wait| *wait <= 30.0), "{:?}", service.waits());
    // `wait` can be called again.
    let asked = service.asked().len();
    assert!(matches!(run(monitor.wait()), Err(Error::Unfinished)));
    assert!(service.asked().len() > asked + 10);

    // A service that asks for no wait and never finishes.
    for status in [202, 429] {
        let service = Service::new(move |_, _| with(status, &[("retry-after", "0")], ""));
        let mut monitor = Monitor::new(&service.client(), ELSEWHERE).unwrap().for_at_most(Duration::from_secs(10));
        assert!(matches!(run(monitor.wait()), Err(Error::Unfinished)));
        assert!(service.asked().len() <= 101);
    }
}

#[test]
fn what_is_no_answer_ends_the_wait() {
    for (status, body) in [(200, "<html>"), (200, r#"{"status": "inPro"#), (404, ""), (500, "<html>")] {
        let service = Service::new(move |_, _| json(status, body));
        let error = run(Monitor::new(&service.client(), ELSEWHERE).unwrap().wait()).unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert!(!format!("{error} {error:?}").contains("door"));
    }
}

#[test]
fn a_monitor_needs_an_address_and_hides_it() {
    let service = Service::new(|_, _| with(202, &[], ""));
    let client = service.client();
    let accepted = run(copy(&client).send()).unwrap();
    assert!(matches!(accepted.monitor(&client), Err(Error::Link(LinkError::Missing { .. }))));
    assert!(matches!(
        Monitor::new(&client, "http://contoso.sharepoint.com/"),
        Err(Error::Link(LinkError::Insecure { .. }))
    ));
    let monitor = Monitor::new(&client, ELSEWHERE).unwrap();
    assert_eq!(monitor.location(), ELSEWHERE);
    assert!(!format!("{monitor:?}").contains("door"));
}

//! Secrets that a service or a proxy repeats in its response show in no error.

use edmark_runtime::{At, Client, Content, Error, Json, Method, Request, Token, Untyped, response};
use http::Response;

use crate::flows::service::{BASE, Service, run, users};

const SECRET: &str = "eyJ0eXAi/hush+hush.c2lnbmF0dXJl";

/// Everything that an error shows.
fn shown(error: &Error) -> String {
    let mut text = format!("{error:?} {error:#?}");
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = next {
        text += &format!("\n{error}");
        next = error.source();
    }
    if let Some(error) = error.service() {
        text += &String::from_utf8_lossy(error.body());
        text += &format!("{:?} {:?} {:?}", error.details(), error.inner_error(), error.location());
        text += &format!("{:?} {:?} {:?}", error.target(), error.request_id(), error.codes().collect::<Vec<_>>());
    }
    text
}

/// The spellings of the secret.
fn spellings() -> Vec<String> {
    let all = |escape: fn(u8) -> String| SECRET.bytes().map(escape).collect::<String>();
    vec![
        SECRET.to_owned(),
        SECRET.replace('/', "\\/"),
        SECRET.replace('/', "\\u002f").replace('+', "\\u002B"),
        SECRET.replace('/', "%2F").replace('+', "%2b"),
        all(|byte| format!("\\u{byte:04x}")),
        all(|byte| format!("%{byte:02X}")),
    ]
}

/// A client that sends the secret as its token, or in a header that the caller has set.
fn request(service: &std::sync::Arc<Service>, own_header: bool) -> Request<Json> {
    let mut client = Client::new(BASE, std::sync::Arc::clone(service));
    if !own_header {
        client = client.with_tokens(Token::bearer(SECRET).unwrap());
    }
    let request = At::root(client).segment("me").request(Method::Get, response::json);
    if own_header { request.header("authorization", &format!("Bearer {SECRET}")) } else { request }
}

fn respond(status: u16, headers: &[(&str, String)], body: String) -> Response<Content> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, value);
    }
    response.body(body.into()).unwrap()
}

#[test]
fn a_secret_in_a_body_or_a_header_does_not_show() {
    for own_header in [false, true] {
        for spelling in spellings() {
            let error = format!(
                r#"{{"error": {{"code": "c {spelling}", "message": "m {spelling}", "target": "{spelling}", "details": [{{"message": "{spelling}"}}], "innerError": {{"code": "{spelling}", "request-id": "{spelling}"}}}}}}"#
            );
            // The end of a body that was truncated within the secret.
            let cut = &spelling[..spelling.len() * 3 / 4];
            for (status, body) in [
                (401, error.clone()),
                (500, format!("<p>{spelling}")),
                (500, format!("<p>{cut}")),
                (200, format!("<p>{spelling}")),
                (200, format!(r#"{{"a": "{cut}"#)),
                (200, format!(r#"["{spelling}"]"#)),
            ] {
                let headers = [
                    ("request-id", format!("r {spelling}")),
                    ("location", format!("https://[{spelling}")),
                    ("content-type", format!("text/html; x={spelling}")),
                ];
                let service = Service::new(move |_, _| respond(status, &headers, body.clone()));
                let wanted = request(&service, own_header);
                // A list is wanted where there is a text.
                let wanted: Request<Vec<i32>> = wanted.at().request(Method::Get, response::json);
                let wanted = match own_header {
                    true => wanted.header("authorization", &format!("Bearer {SECRET}")),
                    false => wanted,
                };
                let shown = shown(&run(wanted.send()).unwrap_err());
                for hidden in ["hush", &spelling[..8], "\\u0068\\u0075\\u0073", "%68%75%73"] {
                    assert!(!shown.contains(hidden), "{spelling} {status}: {hidden} in {shown}");
                }
                assert!(shown.contains("(secret)"), "{spelling} {status}: {shown}");
            }
        }
    }
}

#[test]
fn a_secret_in_an_address_does_not_show() {
    for spelling in spellings().into_iter().filter(|spelling| !spelling.contains('\\')) {
        // A redirect, a next link, and the location of an operation: none can be followed.
        let location = format!("ftp://x.example/{spelling}");
        let headers = [("location", location.clone())];
        let service = Service::new(move |_, _| respond(302, &headers, String::new()));
        let error = run(request(&service, false).send()).unwrap_err();
        assert!(matches!(error, Error::Link(_)) && !shown(&error).contains(&spelling[..8]), "{error:?}");

        let page = format!(r#"{{"value": [], "@odata.nextLink": "{location}"}}"#);
        let service = Service::new(move |_, _| respond(200, &[], page.clone()));
        let client = Client::new(BASE, std::sync::Arc::clone(&service)).with_tokens(Token::bearer(SECRET).unwrap());
        let error = run(users(&client).items().try_next()).unwrap_err();
        assert!(matches!(error, Error::Link(_)) && !shown(&error).contains(&spelling[..8]), "{error:?}");

        let headers = [("location", location)];
        let service = Service::new(move |_, _| respond(202, &headers, String::new()));
        let client = Client::new(BASE, std::sync::Arc::clone(&service)).with_tokens(Token::bearer(SECRET).unwrap());
        let copy = At::root(client.clone()).segment("copy").request(Method::Post, response::accepted);
        let error = run(copy.send()).unwrap().monitor(&client).unwrap_err();
        assert!(matches!(error, Error::Link(_)) && !shown(&error).contains(&spelling[..8]), "{error:?}");
    }
}

#[test]
fn a_response_that_can_be_read_is_not_changed() {
    let service = Service::new(|_, _| respond(200, &[], format!(r#"{{"id": "{SECRET}"}}"#)));
    let client = Client::new(BASE, service).with_tokens(Token::bearer(SECRET).unwrap());
    let me = At::root(client).segment("me").request(Method::Get, response::json::<Untyped>);
    assert_eq!(serde_json::to_value(run(me.send()).unwrap()).unwrap()["id"], SECRET);
}

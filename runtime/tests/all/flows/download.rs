//! Downloads and redirects.

use edmark_runtime::{At, Client, Error, LinkError, Method, Request, response};

use super::service::{Service, run, with};

fn content(client: &Client) -> Request<Vec<u8>> {
    Request::new(Method::Get, At::root(client.clone()).segment("content"), response::bytes)
}

fn download(request: Request<Vec<u8>>) -> Result<Vec<u8>, Error> {
    run(async {
        let mut body = Vec::new();
        let mut content = request.download().await?.into_body();
        while let Some(chunk) = content.chunk().await {
            body.extend_from_slice(&chunk?);
        }
        Ok(body)
    })
}

#[test]
fn a_redirection_elsewhere_has_neither_token_nor_preferences() {
    let service = Service::new(|number, _| match number {
        0 => with(302, &[("location", "https://contoso.sharepoint.com/file?key=door")], ""),
        1 => with(307, &[("location", "/moved?key=door")], ""),
        _ => with(206, &[("content-type", "video/mp4"), ("content-range", "bytes 10-14/15")], "bytes"),
    });
    let request = content(&service.client()).range(10..).prefer("a").header("x-custom", "b").if_none_match("\"c\"");
    assert_eq!(download(request).unwrap(), b"bytes");
    assert_eq!(
        service.asked(),
        [
            "GET /content",
            "GET https://contoso.sharepoint.com/file?key=door anonymous",
            "GET https://contoso.sharepoint.com/moved?key=door anonymous"
        ]
    );
    assert!(service.request(0).headers().contains_key("x-custom"));
    for number in 1..3 {
        let request = service.request(number);
        let mut names: Vec<_> = request.headers().keys().map(|name| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "if-none-match", "range"]);
    }
}

#[test]
fn sending_follows_redirections_too() {
    let service = Service::new(|number, _| match number {
        0 => with(302, &[("location", "https://contoso.sharepoint.com/file")], ""),
        _ => with(200, &[], "bytes"),
    });
    assert_eq!(run(content(&service.client()).send()).unwrap(), b"bytes");
    assert_eq!(service.asked(), ["GET /content", "GET https://contoso.sharepoint.com/file anonymous"]);
}

#[test]
fn a_redirection_within_the_service_keeps_the_token() {
    let service = Service::new(|number, _| match number {
        0 => with(301, &[("location", "https://graph.microsoft.com/v1.0/moved")], ""),
        _ => with(200, &[], "bytes"),
    });
    assert_eq!(download(content(&service.client()).prefer("a")).unwrap(), b"bytes");
    assert_eq!(service.asked(), ["GET /content", "GET /moved"]);
    assert_eq!(service.request(1).headers()["prefer"], "a");
}

#[test]
fn who_was_sent_away_comes_back_without_the_token() {
    let service = Service::new(|number, _| match number {
        0 => with(302, &[("location", "https://evil.example/")], ""),
        1 => with(302, &[("location", "https://graph.microsoft.com/v1.0/me")], ""),
        _ => with(200, &[], ""),
    });
    download(content(&service.client())).unwrap();
    assert_eq!(service.asked(), ["GET /content", "GET https://evil.example/ anonymous", "GET /me anonymous"]);
}

#[test]
fn redirections_that_lead_nowhere_are_errors() {
    type Check = fn(&LinkError) -> bool;
    type Headers = &'static [(&'static str, &'static str)];
    let cases: [(Headers, usize, Check); 4] = [
        (&[("location", "/v1.0/content")], 6, |error| matches!(error, LinkError::TooMany { .. })),
        (&[("location", "http://contoso.sharepoint.com/file")], 1, |error| matches!(error, LinkError::Insecure { .. })),
        (&[("location", "ftp://contoso.sharepoint.com/file")], 1, |error| matches!(error, LinkError::Malformed { .. })),
        (&[], 1, |error| matches!(error, LinkError::Missing { .. })),
    ];
    for (headers, requests, check) in cases {
        let service = Service::new(move |_, _| with(302, headers, ""));
        let error = download(content(&service.client())).unwrap_err();
        assert!(matches!(&error, Error::Link(error) if check(error)), "{error:?}");
        assert_eq!(service.asked().len(), requests);
    }
}

#[test]
fn what_changes_something_is_not_redirected() {
    let service = Service::new(|_, _| with(307, &[("location", "/v1.0/moved")], ""));
    let request: Request<Vec<u8>> =
        Request::new(Method::Post, At::root(service.client()).segment("send"), response::bytes);
    assert_eq!(run(request.send()).unwrap_err().status().unwrap(), 307);
    assert_eq!(service.asked(), ["POST /send"]);
}

#[test]
fn errors_are_the_services() {
    let service = Service::new(|_, _| with(404, &[], r#"{"error": {"code": "itemNotFound", "message": "None."}}"#));
    let error = download(content(&service.client())).unwrap_err();
    assert_eq!(error.service().and_then(|error| error.code()), Some("itemNotFound"));
}

#[test]
fn ranges_are_said_as_http_says_them() {
    let range = |request: Request<Vec<u8>>| {
        request.http().unwrap().headers().get("range").map(|value| value.to_str().unwrap().to_owned())
    };
    let content = content(&Client::offline("https://graph.microsoft.com/v1.0"));
    assert_eq!(range(content.clone().range(..)), None);
    assert_eq!(range(content.clone().range(5..)).as_deref(), Some("bytes=5-"));
    assert_eq!(range(content.clone().range(5..9)).as_deref(), Some("bytes=5-8"));
    assert_eq!(range(content.clone().range(..=9)).as_deref(), Some("bytes=0-9"));
    assert_eq!(range(content.range(5..5)).as_deref(), Some("bytes=5-5"));
}

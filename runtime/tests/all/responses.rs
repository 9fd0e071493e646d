//! Responses that are empty, are not of the expected type, or use the short forms of OData 4.01.

use edmark_runtime::{At, BoxError, BoxFuture, Client, Content, Token, Transport};
use edmark_runtime::{Change, Collection, Delta, Error, Head, Json, Method, Request, Single, derived, response};

use crate::sample::{Being, Node, Robot, Thing};

fn request<R>(decode: edmark_runtime::Decode<R>) -> Request<R> {
    Request::new(Method::Get, At::root(Client::offline("https://x.example")).segment("things"), decode)
}

fn read<R>(decode: edmark_runtime::Decode<R>, status: u16, body: &str) -> Result<R, Error> {
    request(decode).decode(http::Response::builder().status(status).body(body).unwrap())
}

#[test]
fn one_is_not_taken_for_many_nor_many_for_one() {
    let page = r#"{"@odata.context": "x", "value": [{"id": "1"}]}"#;
    for error in [
        read(response::json::<Thing>, 200, page).unwrap_err(),
        read(response::optional::<Node>, 200, r#"{"value": []}"#).map(drop).unwrap_err(),
        read(response::json::<Being>, 200, page).map(drop).unwrap_err(),
    ] {
        assert!(
            error.to_string().contains("the response is a collection (an array `value`), where a single"),
            "{error}"
        );
    }
    for error in [
        read(response::json::<Collection<Thing>>, 200, r#"{"id": "1"}"#).map(drop).unwrap_err(),
        read(response::json::<Delta<Thing>>, 200, r#"{"@odata.deltaLink": "x"}"#).map(drop).unwrap_err(),
    ] {
        assert!(error.to_string().contains("no array `value`, where a collection is expected"), "{error}");
    }
    // An undocumented member that happens to be called `value`.
    let thing = read(response::json::<Thing>, 200, r#"{"id": "1", "value": [1]}"#).unwrap();
    assert_eq!(thing.additional.get("value"), Some(Json::from(vec![1])));
    assert!(read(response::json::<Collection<Thing>>, 200, r#"{"value": []}"#).unwrap().value.is_empty());
}

#[test]
fn nothing_is_no_error_where_it_may_be() {
    for (status, body) in [(204, ""), (200, ""), (200, " null ")] {
        assert_eq!(read(response::optional::<Thing>, status, body).unwrap(), None);
        assert_eq!(read(response::single::<i32>, status, body).unwrap(), Single::default());
        let made = request(response::json::<Thing>).prefer_minimal();
        let answer = http::Response::builder().status(status).body(body).unwrap();
        assert_eq!(made.decode(answer).unwrap(), None);
    }
    assert_eq!(read(response::bytes, 204, "").unwrap(), b"");
    let minimal: Request<Option<Thing>> = request(response::optional::<Thing>).prefer_minimal();
    assert_eq!(minimal.http().unwrap().headers()["prefer"], "return=minimal");
    let nothing: Request<()> = request(response::nothing).prefer_minimal();
    nothing.decode(http::Response::new("")).unwrap();
}

#[test]
fn control_information_goes_by_its_short_names_too() {
    let page = r#"{"@context": "x", "@count": 3, "value": [{"@id": "a", "id": "1"}], "@nextLink": "y"}"#;
    let page: Collection<Thing> = serde_json::from_str(page).unwrap();
    assert_eq!((page.count, page.next_link.as_deref()), (Some(3), Some("y")));
    assert_eq!(page.value[0].additional.odata_id(), Some("a"));
    let robot: Being = serde_json::from_str(r##"{"@type": "#sample.robot", "arms": 2}"##).unwrap();
    assert_eq!(derived::to::<Robot>(&robot).and_then(|robot| robot.arms), Some(2));
    let late: Being = serde_json::from_str(r##"{"arms": 2, "@type": "#sample.robot"}"##).unwrap();
    assert_eq!(derived::to::<Robot>(&late).and_then(|robot| robot.arms), Some(2));
    let changes = r#"{"value": [
        {"id": "1", "@removed": {"reason": "deleted"}},
        {"@odata.context": "https://x/$metadata#Things/$deletedEntity", "id": "2", "reason": "changed"},
        {"@context": "https://x/$metadata#Things/$entity", "id": "3"}
    ], "@deltaLink": "z"}"#;
    let changes: Delta<Thing> = serde_json::from_str(changes).unwrap();
    let gone: Vec<_> = changes.value.iter().map(Change::is_removed).collect();
    assert_eq!((gone, changes.delta_link.as_deref()), (vec![true, true, false], Some("z")));
    assert!(matches!(&changes.value[1], Change::Removed(gone) if gone.reason() == Some("changed")));
}

/// Responds with the headers of the request.
struct Echo;

impl Transport for Echo {
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<http::Response<Content>, BoxError>> {
        let names = ["authorization", "x-key", "x-all", "accept", "odata-maxversion", "client-request-id"];
        let sent =
            |name: &&str| request.headers().get(*name).map(|value| format!("{name}={}", value.to_str().unwrap()));
        let body = names.iter().filter_map(sent).collect::<Vec<_>>().join("\n");
        let answer = http::Response::builder()
            .status(201)
            .header("etag", "W/\"1\"")
            .header("location", "https://x.example/things(1)")
            .header("odata-entityid", "https://x.example/things(1)")
            .header("request-id", "r-1")
            .body(body.into());
        Box::pin(async { Ok(answer?) })
    }
}

fn echo(client: Client) -> (String, Head) {
    let request = At::root(client).segment("things").request(Method::Post, response::text);
    pollster::block_on(request.send_with_head()).unwrap()
}

#[test]
fn a_head_comes_with_the_value() {
    let (sent, head) = echo(Client::new("https://x.example", Echo));
    assert_eq!((head.status().as_u16(), head.etag(), head.request_id()), (201, Some("W/\"1\""), Some("r-1")));
    assert_eq!(head.location(), head.entity_id());
    let id = head.client_request_id().unwrap();
    assert!(sent.contains(&format!("client-request-id={id}")), "{sent}");
}

#[test]
fn a_client_has_headers_and_credentials_of_its_own() {
    let client = Client::new("https://x.example", Echo).with_header("x-all", "1");
    let basic = echo(client.clone().with_tokens(Token::basic("Aladdin", "open sesame").unwrap())).0;
    // The credential is a secret that no error may show; here it is the response itself.
    assert!(basic.contains("authorization=Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==") && basic.contains("x-all=1"), "{basic}");
    let key = echo(client.with_tokens(Token::api_key("X-Key", "k-17").unwrap())).0;
    assert!(key.contains("x-key=k-17") && !key.contains("authorization"), "{key}");
    assert!(
        Token::basic("a:b", "c").is_err() && Token::basic("a", "b\n").is_err() && Token::api_key("a b", "c").is_err()
    );

    let exact = edmark_runtime::Protocol::new().max_version("4.01").exact_numbers(true);
    let sent = echo(Client::new("https://x.example", Echo).with_protocol(exact)).0;
    assert!(
        sent.contains("odata-maxversion=4.01") && sent.contains("accept=application/json;IEEE754Compatible=true"),
        "{sent}"
    );

    let bad = Client::new("https://x.example", Echo).with_header("a b", "c");
    let request = At::root(bad).request(Method::Get, response::text);
    assert!(request.http().unwrap_err().to_string().contains("\"a b\" is no name of a header"));
}

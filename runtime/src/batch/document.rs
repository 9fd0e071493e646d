//! The request body and the response body of a JSON batch (OData JSON 4.01, section 19).

use std::collections::BTreeMap;

use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Request, Response, StatusCode};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

use crate::edm::base64;

/// A step as it is written into the request body of the batch.
pub(super) struct Outgoing<'a> {
    /// Unique in the batch.
    pub(super) id: usize,
    /// The address of the request, relative to the service root.
    pub(super) url: &'a str,
    pub(super) request: &'a Request<Vec<u8>>,
    /// The steps of the same batch that have to succeed first (`dependsOn`).
    pub(super) depends_on: Vec<String>,
    /// The group: all of its steps succeed, or none.
    pub(super) group: Option<usize>,
}

/// Writes the body of a `POST …/$batch`.
pub(super) fn write(steps: &[Outgoing<'_>]) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Requests(steps))
}

struct Requests<'a>(&'a [Outgoing<'a>]);

impl Serialize for Requests<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("requests", self.0)?;
        map.end()
    }
}

impl Serialize for Outgoing<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id.to_string())?;
        if let Some(group) = self.group {
            map.serialize_entry("atomicityGroup", &group_id(group))?;
        }
        if !self.depends_on.is_empty() {
            map.serialize_entry("dependsOn", &self.depends_on)?;
        }
        map.serialize_entry("method", self.request.method().as_str())?;
        map.serialize_entry("url", self.url)?;
        let headers = self.request.headers();
        if !headers.is_empty() {
            map.serialize_entry("headers", &Headers(headers))?;
        }
        let body = self.request.body();
        if !body.is_empty() {
            match Form::of(headers) {
                Form::Json => {
                    let text = std::str::from_utf8(body).map_err(S::Error::custom)?;
                    map.serialize_entry("body", serde_json::from_str::<&RawValue>(text).map_err(S::Error::custom)?)?;
                }
                Form::Text => map.serialize_entry("body", std::str::from_utf8(body).map_err(S::Error::custom)?)?,
                Form::Bytes => map.serialize_entry("body", &base64::encode_url(body))?,
            }
        }
        map.end()
    }
}

/// The id of a group, which differs from those of all steps.
pub(super) fn group_id(group: usize) -> String {
    format!("g{group}")
}

struct Headers<'a>(&'a HeaderMap);

impl Serialize for Headers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for name in self.0.keys() {
            // The values of a header that occurs several times are joined to a list (RFC 9110,
            // section 5.3), because each name occurs only once in a JSON object.
            let values: Result<Vec<_>, _> = self.0.get_all(name).iter().map(HeaderValue::to_str).collect();
            map.serialize_entry(name.as_str(), &values.map_err(S::Error::custom)?.join(", "))?;
        }
        map.end()
    }
}

/// The form in which a body is written into the document (OData JSON 4.01, section 19.1).
#[derive(PartialEq)]
enum Form {
    /// As a JSON value.
    Json,
    /// As a string.
    Text,
    /// As a string in base64url.
    Bytes,
}

impl Form {
    /// Chooses the form by the media type; it is JSON without a `Content-Type`.
    fn of(headers: &HeaderMap) -> Self {
        let Some(value) = headers.get(CONTENT_TYPE) else { return Self::Json };
        let value = value.to_str().unwrap_or_default().to_ascii_lowercase();
        let media_type = value.split(';').next().unwrap_or_default().trim();
        match media_type.split_once('/') {
            Some(("application", subtype)) if subtype == "json" || subtype.ends_with("+json") => Self::Json,
            Some(("text", _)) => Self::Text,
            _ => Self::Bytes,
        }
    }
}

/// A response, with the id of its request.
pub(super) type Answered = (usize, Response<Vec<u8>>);

/// Reads the response to a batch: the responses, with the ids of their requests.
///
/// A single response that cannot be read is left out, and its step counts as one without a
/// response. The others are not affected.
pub(super) fn read(body: &[u8]) -> Result<Vec<Answered>, serde_json::Error> {
    let document: BTreeMap<&str, &RawValue> = serde_json::from_slice(body)?;
    let Some(responses) = document.get("responses") else {
        return Err(serde::de::Error::custom("the response of a batch has a member `responses`"));
    };
    let responses: Vec<&RawValue> = serde_json::from_str(responses.get())?;
    Ok(responses.into_iter().filter_map(response).collect())
}

fn response(text: &RawValue) -> Option<Answered> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(text.get()).ok()?;
    let id = serde_json::from_str::<String>(members.get("id")?.get()).ok()?.parse().ok()?;
    let status = serde_json::from_str(members.get("status")?.get()).ok()?;
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::from_u16(status).ok()?;
    if let Some(headers) = members.get("headers") {
        // Headers that are null mean the same as no headers.
        let headers: Option<BTreeMap<String, crate::Json>> = serde_json::from_str(headers.get()).unwrap_or_default();
        for (name, value) in headers.unwrap_or_default() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
                response.headers_mut().append(name, value);
            }
        }
    }
    if let Some(body) = members.get("body").filter(|body| body.get() != "null") {
        *response.body_mut() = content(body, response.headers());
    }
    Some((id, response))
}

/// The bytes of a body. A string that should be base64 but is not is taken literally: such bodies
/// come from proxies that send an error page.
fn content(body: &RawValue, headers: &HeaderMap) -> Vec<u8> {
    let form = Form::of(headers);
    match serde_json::from_str::<String>(body.get()) {
        Ok(text) if form == Form::Text => text.into_bytes(),
        Ok(text) if form == Form::Bytes => base64::decode(&text).unwrap_or_else(|| text.into_bytes()),
        _ => body.get().as_bytes().to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, media_type: Option<&str>, body: &[u8]) -> Request<Vec<u8>> {
        let mut request = Request::builder().method(method).uri("/");
        if let Some(media_type) = media_type {
            request = request.header(CONTENT_TYPE, media_type);
        }
        request.body(body.to_vec()).unwrap()
    }

    fn written(request: &Request<Vec<u8>>) -> String {
        let step =
            Outgoing { id: 3, url: "/me", request, depends_on: vec!["1".to_owned(), "2".to_owned()], group: None };
        String::from_utf8(write(&[step]).unwrap()).unwrap()
    }

    #[test]
    fn writes_each_kind_of_body() {
        assert_eq!(
            written(&request("GET", None, b"")),
            r#"{"requests":[{"id":"3","dependsOn":["1","2"],"method":"GET","url":"/me"}]}"#
        );
        let body = |media_type, body: &[u8]| {
            let text = written(&request("PUT", Some(media_type), body));
            text.split_once(r#""body":"#).unwrap().1.trim_end_matches("}]}").to_owned()
        };
        // Digits beyond the precision of an `f64` are kept.
        assert_eq!(
            body("application/json; charset=utf-8", br#"{"a":0.12345678901234567890}"#),
            r#"{"a":0.12345678901234567890}"#
        );
        assert_eq!(body("text/plain", "a\"é".as_bytes()), r#""a\"é""#);
        assert_eq!(body("image/jpeg", &[0xFF, 0xEF, 0xFE]), r#""_-_-""#);
    }

    #[test]
    fn refuses_bodies_that_are_not_what_their_headers_say() {
        let write = |media_type, body: &[u8]| {
            write(&[Outgoing {
                id: 0,
                url: "/",
                request: &request("POST", Some(media_type), body),
                depends_on: vec![],
                group: None,
            }])
        };
        assert!(write("application/json", b"{").is_err());
        assert!(write("text/plain", b"\xFF").is_err());
    }

    #[test]
    fn reads_each_kind_of_body() {
        let read = read(
            br#"{"responses": [
                {"id": "1", "status": 200, "headers": {"Content-Type": "application/json", "Retry-After": 7}, "body": {"a": 0.12345678901234567890}},
                {"id": "2", "status": 200, "headers": {"Content-Type": "image/jpeg"}, "body": "/+/+"},
                {"id": "3", "status": 502, "headers": {"content-type": "text/html; charset=utf-8"}, "body": "<html>"},
                {"id": "4", "status": 204, "headers": null, "body": null},
                {"id": "5", "status": 200, "headers": {"Content-Type": "text/plain"}, "body": 12},
                {"id": 6, "status": 200}, {"id": "x", "status": 200}, {"id": "7"}, {"id": "8", "status": 20}, 9
            ]}"#,
        )
        .unwrap();
        let bodies: Vec<(usize, u16, &[u8])> =
            read.iter().map(|(id, response)| (*id, response.status().as_u16(), response.body().as_slice())).collect();
        assert_eq!(
            bodies,
            [
                (1, 200, br#"{"a": 0.12345678901234567890}"#.as_slice()),
                (2, 200, &[0xFF, 0xEF, 0xFE,]),
                (3, 502, b"<html>"),
                (4, 204, b""),
                (5, 200, b"12"),
            ]
        );
        assert_eq!(read[0].1.headers()["retry-after"], "7");
    }

    #[test]
    fn refuses_what_is_no_batch() {
        for body in ["", "<html>", "{}", r#"{"responses": {}}"#, r#"{"responses": [{"id": "1""#] {
            assert!(read(body.as_bytes()).is_err(), "{body}");
        }
    }
}

//! Compares a request with the documented one.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use percent_encoding::percent_decode_str;

use super::super::difference;
use super::document::{Body, Document};
use crate::{Json, derived, wire};

/// Returns the first difference as an error.
pub(super) fn compare(document: &Document, head: &Parts, path: &str, body: &[u8]) -> Result<(), String> {
    if head.method.as_str() != document.method {
        return Err(format!("the method is {}, not {}", head.method, document.method));
    }
    let segments: Vec<String> = path.split('/').filter(|segment| !segment.is_empty()).map(decode).collect();
    if !segments.iter().map(|segment| plain(segment)).eq(document.path.iter().map(|segment| plain(segment))) {
        return Err(format!("the path is /{}, not /{}", segments.join("/"), document.path.join("/")));
    }
    query(document, head.uri.query().unwrap_or_default())?;
    headers(document, &head.headers)?;
    content(document, &head.headers, body)
}

/// The parentheses of a function call without arguments are optional.
fn plain(segment: &str) -> &str {
    segment.strip_suffix("()").unwrap_or(segment)
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn query(document: &Document, query: &str) -> Result<(), String> {
    let mut sent: Vec<(String, String)> = query
        .split('&')
        .filter(|option| !option.is_empty())
        .map(|option| option.split_once('=').unwrap_or((option, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    let mut documented = document.query.clone();
    sent.sort();
    documented.sort();
    if sent == documented {
        return Ok(());
    }
    let show = |options: &[(String, String)]| {
        let options: Vec<String> = options.iter().map(|(name, value)| format!("{name}={value}")).collect();
        options.join("&")
    };
    Err(format!("the query is `{}`, not `{}`", show(&sent), show(&documented)))
}

fn headers(document: &Document, sent: &HeaderMap) -> Result<(), String> {
    for (name, value) in document.request.own_headers() {
        // If a header is documented twice, the call sends the last value.
        let last = document.request.own_headers().filter(|(other, _)| other.eq_ignore_ascii_case(name)).last();
        if last.is_some_and(|(_, last)| last != value) {
            return Err(format!("the header `{name}` is documented twice"));
        }
        match sent.get(name).map(|sent| String::from_utf8_lossy(sent.as_bytes())) {
            Some(sent) if sent.trim() == value.trim() => {}
            Some(sent) => return Err(format!("the header `{name}` is `{sent}`, not `{value}`")),
            None => return Err(format!("the header `{name}` is missing")),
        }
    }
    Ok(())
}

/// Makes the `@odata.type` of the request equal to that of the example if both mean the same:
/// removes it if the example has none, and takes over the spelling of the example, with or without
/// `#`.
fn same_tag(documented: &Json, sent: &mut Json) {
    let Some(members) = sent.as_object_mut() else { return };
    let tag = members.get(wire::TAG).and_then(Json::as_str).map(derived::bare);
    match documented.get(wire::TAG) {
        None => drop(members.remove(wire::TAG)),
        Some(written) => {
            if let (Some(tag), Some(text)) = (tag, written.as_str())
                && tag.eq_ignore_ascii_case(derived::bare(text))
            {
                members.insert(wire::TAG.to_owned(), written.clone());
            }
        }
    }
}

fn content(document: &Document, headers: &HeaderMap, sent: &[u8]) -> Result<(), String> {
    let documented = match &document.request.body {
        Body::None if sent.is_empty() => return Ok(()),
        Body::None => return Err("there is a body, and none is documented".to_owned()),
        Body::Invalid => return Err("the documented body is not valid JSON".to_owned()),
        Body::Text(text) if text.as_bytes() == sent => None,
        Body::Text(_) => return Err("the body is another".to_owned()),
        Body::Json { document, .. } => Some(document),
    };
    let essence = |media: &str| media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if let Some(media) = document.request.header(CONTENT_TYPE.as_str()) {
        let sent = headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
        if essence(sent) != essence(media) {
            return Err(format!("the media type of the body is `{sent}`, not `{media}`"));
        }
    }
    let Some(documented) = documented else { return Ok(()) };
    let mut sent: Json =
        serde_json::from_slice(sent).map_err(|error| format!("the body is not valid JSON: {error}"))?;
    same_tag(documented, &mut sent);
    difference(documented, &sent).map_or(Ok(()), |difference| Err(format!("the body differs: {difference}")))
}

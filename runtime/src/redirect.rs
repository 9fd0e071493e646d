//! Redirects. Transports do not follow them, because the target decides which headers may be sent.

use http::header::{self, HeaderName, LOCATION};
use http::{HeaderMap, Method, Request, Response, StatusCode};

use crate::link::{Link, LinkError};
use crate::sent;
use crate::{Client, Content, Error};

/// The maximum number of consecutive redirects. The service itself uses one: from the content of a
/// file to its storage.
const LIMIT: usize = 5;

const LOCATION_HEADER: &str = "the Location header";

/// The headers that are sent to another origin: they describe the wanted response, but not the
/// caller.
const IMPERSONAL: [HeaderName; 7] = [
    header::ACCEPT,
    header::RANGE,
    header::IF_RANGE,
    header::IF_MATCH,
    header::IF_NONE_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_UNMODIFIED_SINCE,
];

/// Sends a request and, if it is a GET or HEAD, follows redirects.
///
/// The token is sent only to the service's own origin (Graph redirects downloads to addresses that
/// need none), and a redirect from https to http is an error. After a redirect to another origin,
/// the token is not sent again, even if that origin redirects back to the service.
pub(crate) async fn send(client: &Client, request: Request<Vec<u8>>) -> Result<Response<Content>, Error> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return client.send(request).await;
    }
    let (method, headers, mut at) = (request.method().clone(), request.headers().clone(), request.uri().clone());
    let extensions = request.extensions().clone();
    let first = sent::name(&request);
    let mut response = client.send(request).await?;
    let mut away = false;
    for _ in 0..LIMIT {
        let Some(location) = location(&response)? else { return Ok(response) };
        let link = Link::redirected(
            client,
            &at,
            &location,
            &format!("{LOCATION_HEADER} of {}", sent::response_name(&response)),
        )?;
        away |= matches!(link, Link::Away(_));
        let (Link::Home(uri) | Link::Away(uri)) = link;
        at = uri.clone();
        let mut next = Request::new(Vec::new());
        *next.method_mut() = method.clone();
        *next.uri_mut() = uri;
        *next.extensions_mut() = extensions.clone();
        response = if away {
            *next.headers_mut() = impersonal(&headers);
            client.send_anonymous(next).await?
        } else {
            *next.headers_mut() = headers.clone();
            client.send(next).await?
        };
    }
    match location(&response)? {
        None => Ok(response),
        Some(_) => Err(LinkError::TooMany { what: format!("redirects of {first}").into(), limit: LIMIT }.into()),
    }
}

/// The target of a redirect (RFC 9110, section 15.4); none if the response is not a redirect.
fn location(response: &Response<Content>) -> Result<Option<String>, Error> {
    match response.status() {
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => {
            let location =
                response.headers().get(LOCATION).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
            match location {
                Some(location) => Ok(Some(location.to_owned())),
                None => Err(LinkError::Missing { what: named(response).into() }.into()),
            }
        }
        _ => Ok(None),
    }
}

/// The header of a response, as errors show it.
fn named(response: &Response<Content>) -> String {
    format!("{LOCATION_HEADER} of {}", sent::response_name(response))
}

fn impersonal(headers: &HeaderMap) -> HeaderMap {
    let kept = headers.iter().filter(|(name, _)| IMPERSONAL.contains(name));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect()
}

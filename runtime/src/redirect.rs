//! Redirections. Transports follow none: where a redirection leads decides what may be sent there.

use http::header::{self, HeaderName, LOCATION};
use http::{HeaderMap, Method, Request, Response, StatusCode};

use crate::link::{Link, LinkError};
use crate::{Client, Content, Error};

/// Redirections in a row. The service's own are one deep: from the content of a file to where it is
/// stored.
const LIMIT: usize = 5;

const LOCATION_HEADER: &str = "the Location header";

/// What goes on to another origin: what the answer shall look like, and nothing that says who asks.
const IMPERSONAL: [HeaderName; 7] = [
    header::ACCEPT,
    header::RANGE,
    header::IF_RANGE,
    header::IF_MATCH,
    header::IF_NONE_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_UNMODIFIED_SINCE,
];

/// Sends a request, and follows where it is redirected to, if it only reads.
///
/// The token goes to the service's own origin alone (Graph redirects downloads to addresses that
/// need none), and nothing goes from https to http. Behind another origin, nothing has the token
/// any more: what leads back was not the service's word.
pub(crate) async fn send(client: &Client, request: Request<Vec<u8>>) -> Result<Response<Content>, Error> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return client.send(request).await;
    }
    let (method, headers, mut at) = (request.method().clone(), request.headers().clone(), request.uri().clone());
    let extensions = request.extensions().clone();
    let mut response = client.send(request).await?;
    let mut away = false;
    for _ in 0..LIMIT {
        let Some(location) = location(&response)? else { return Ok(response) };
        let link = Link::redirected(client, &at, &location, LOCATION_HEADER)?;
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
        Some(_) => Err(LinkError::TooMany { what: "redirects", limit: LIMIT }.into()),
    }
}

/// Where an answer redirects to (RFC 9110, section 15.4); none if it does not.
fn location(response: &Response<Content>) -> Result<Option<String>, Error> {
    match response.status() {
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => {
            let location =
                response.headers().get(LOCATION).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
            location
                .map(|location| Some(location.to_owned()))
                .ok_or(LinkError::Missing { what: LOCATION_HEADER }.into())
        }
        _ => Ok(None),
    }
}

fn impersonal(headers: &HeaderMap) -> HeaderMap {
    let kept = headers.iter().filter(|(name, _)| IMPERSONAL.contains(name));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect()
}

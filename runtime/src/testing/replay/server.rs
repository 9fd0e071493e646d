//! A server on 127.0.0.1 that has an address for each documented request.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use super::check;
use super::document::{Body, Document};

/// The path of `Location` headers in documented responses.
const ELSEWHERE: &str = "/elsewhere";

/// A running server; dropping it stops the server.
pub(super) struct Server {
    shared: Arc<Shared>,
    accepting: AbortHandle,
}

struct Shared {
    origin: String,
    documents: Vec<Document>,
    /// The result of the first request to each address: success, or a description of the
    /// difference.
    verdicts: Mutex<Vec<Option<Result<(), String>>>>,
}

impl Server {
    pub(super) async fn start(documents: Vec<Document>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let shared = Arc::new(Shared {
            origin: format!("http://{}", listener.local_addr()?),
            verdicts: Mutex::new(vec![None; documents.len()]),
            documents,
        });
        let for_connections = Arc::clone(&shared);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&for_connections);
                let service = service_fn(move |request| respond(Arc::clone(&shared), request));
                // If a connection breaks, the client reports it.
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Ok(Server { shared, accepting: accepting.abort_handle() })
    }

    pub(super) fn documents(&self) -> &[Document] {
        &self.shared.documents
    }

    /// The service root for one document.
    pub(super) fn address(&self, index: usize) -> String {
        format!("{}/{index}", self.shared.origin)
    }

    /// The result of comparing the request with the documented one; none if there was no request.
    pub(super) fn verdict(&self, index: usize) -> Option<Result<(), String>> {
        let verdicts = self.shared.verdicts.lock().unwrap_or_else(PoisonError::into_inner);
        verdicts.get(index).cloned().flatten()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn respond(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let path = head.uri.path().to_owned();
    let (index, path) = path[1..].split_at(path[1..].find('/').unwrap_or(path.len() - 1));
    let Some((index, document)) =
        index.parse().ok().and_then(|index: usize| Some((index, shared.documents.get(index)?)))
    else {
        return Ok(refusal(StatusCode::NOT_FOUND, "nothing is expected at this address"));
    };
    if path == ELSEWHERE {
        return Ok(Response::default());
    }
    let Ok(body) = body.collect().await else {
        return Ok(refusal(StatusCode::BAD_REQUEST, "the body does not arrive"));
    };
    let verdict = check::compare(document, &head, path, &body.to_bytes());
    let mut verdicts = shared.verdicts.lock().unwrap_or_else(PoisonError::into_inner);
    let response = match &verdict {
        Ok(()) => documented(document, &format!("{}/{index}{ELSEWHERE}", shared.origin)),
        Err(difference) => refusal(StatusCode::BAD_REQUEST, difference),
    };
    verdicts[index].get_or_insert(verdict);
    Ok(response)
}

/// The documented response; its `Location` is replaced by `elsewhere`.
fn documented(document: &Document, elsewhere: &str) -> Response<Full<Bytes>> {
    let Some(documented) = &document.response else {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::NO_CONTENT;
        return response;
    };
    let body = &documented.message.body;
    let unsaid = if matches!(body, Body::None) { StatusCode::NO_CONTENT } else { StatusCode::OK };
    let mut response = Response::new(Full::from(body.bytes()));
    *response.status_mut() = documented.status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(unsaid);
    let headers = response.headers_mut();
    for (name, value) in documented.message.own_headers() {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            headers.append(name, value);
        }
    }
    if let Some(Ok(media)) = documented.message.header(CONTENT_TYPE.as_str()).map(str::parse) {
        headers.insert(CONTENT_TYPE, media);
    }
    if documented.message.header(LOCATION.as_str()).is_some()
        && let Ok(location) = elsewhere.parse()
    {
        headers.insert(LOCATION, location);
    }
    response
}

fn refusal(status: StatusCode, why: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(why.to_owned()));
    *response.status_mut() = status;
    response
}

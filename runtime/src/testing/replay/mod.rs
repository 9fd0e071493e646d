//! Documented requests, made by generated functions and sent to a server that expects them.
//!
//! The requests are in the folder of examples, beside the bodies. The server runs on 127.0.0.1 and
//! has an address for each request: `http://127.0.0.1:1234/17` expects the 17th. It compares
//! method, path, query, headers and body with the documentation and sends the documented response,
//! which the call has to decode.

mod check;
mod document;
mod report;
mod server;

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};

use self::document::{Body, Document};
use self::report::Outcome;
pub use self::report::ReplayReport;
use self::server::Server;
use super::examples::{self, Error};
use crate::transport::Reqwest;
use crate::{Client, Json, Reference, Request, Retry, Structured, Update, derived, strictly, wire};

/// A documented request, and the call that makes it.
#[derive(Clone, Copy)]
pub struct Replay {
    example: &'static str,
    make: fn(&Call<'_>) -> Result<Sending, serde_json::Error>,
}

impl Replay {
    /// A call, and the page and line of the documented request: `user-get:40`.
    pub const fn new(example: &'static str, make: fn(&Call<'_>) -> Result<Sending, serde_json::Error>) -> Self {
        Replay { example, make }
    }
}

/// The future that sends a request and decodes its response.
pub type Sending = Pin<Box<dyn Future<Output = Result<(), crate::Error>>>>;

/// The arguments for a call: its client and the documented values.
pub struct Call<'a> {
    document: &'a Document,
    client: Client,
}

impl Call<'_> {
    /// The client that sends the request.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// The documented body, read as its type.
    ///
    /// # Errors
    /// If there is no JSON body, or it is not of the type.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        match &self.document.request.body {
            Body::Json { document, .. } => strictly(|| serde_json::from_str(&document.to_string())),
            _ => Err(serde_json::Error::custom("no body that is JSON is documented")),
        }
    }

    /// The documented body as a value without its `@odata.type` if that names the value's own type.
    /// Callers do not set it, so the test fails if the request does not add it.
    ///
    /// # Errors
    /// Those of [`body`](Self::body).
    pub fn value<T: DeserializeOwned + Structured>(&self) -> Result<T, serde_json::Error> {
        let mut value: T = self.body()?;
        let name = value.type_info().name();
        let tag = value.additional().odata_type().map(derived::bare);
        if tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            value.additional_mut().remove(wire::TAG);
        }
        Ok(value)
    }

    /// The documented body of an update, which has to be of the updated type.
    ///
    /// # Errors
    /// Those of [`body`](Self::body).
    pub fn update<T: DeserializeOwned + Serialize + Structured>(&self) -> Result<Update<T>, serde_json::Error> {
        match serde_json::to_value(self.value::<T>()?)? {
            Json::Object(members) => {
                Ok(members.into_iter().fold(Update::new(), |update, (name, value)| update.member(name, value)))
            }
            _ => Err(serde_json::Error::custom("the documented body is no object")),
        }
    }

    /// The documented body of a reference (`$ref`).
    ///
    /// # Errors
    /// Those of [`body`](Self::body).
    pub fn reference(&self) -> Result<Reference, serde_json::Error> {
        match self.body::<Json>()?["@odata.id"].as_str() {
            Some(url) => Ok(Reference::new(url)),
            None => Err(serde_json::Error::custom("the documented body has no `@odata.id`")),
        }
    }

    /// The documented body as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        self.document.request.body.bytes()
    }

    /// The documented media type of the body.
    pub fn media_type(&self) -> &str {
        self.document.request.header("content-type").unwrap_or("application/octet-stream")
    }

    /// Sends a request with the documented query options and headers.
    pub fn send<R: 'static, O: 'static>(&self, request: Request<R, O>) -> Sending {
        let mut request = request;
        for (name, value) in &self.document.options {
            request = request.query(name, value.as_str());
        }
        for (name, value) in self.document.request.own_headers() {
            request = request.header(name, value);
        }
        Box::pin(async move { request.send().await.map(drop) })
    }
}

/// Makes and sends every documented request of a folder, and reports the results.
///
/// `replays` are the calls; the folder states the reason for each request that has no call.
/// Everything runs on this thread, in the order of the folder.
///
/// # Errors
/// If the folder or a file in it cannot be read or is not in edmark's format, and if the server or
/// the transport cannot be started.
pub fn replays(folder: &Path, replays: &[Replay]) -> Result<ReplayReport, Error> {
    let mut documents = Vec::new();
    for path in examples::paths(folder)? {
        documents.extend(document::read(&path)?);
    }
    let calls: HashMap<&str, &Replay> = replays.iter().map(|replay| (replay.example, replay)).collect();
    let io = |source| Error::Io { path: "127.0.0.1".into(), source };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(io)?;
    runtime.block_on(async {
        let server = Server::start(documents).await.map_err(io)?;
        let transport = Arc::new(Reqwest::direct().map_err(|error| io(std::io::Error::other(error)))?);
        let mut report = ReplayReport::default();
        for (index, document) in server.documents().iter().enumerate() {
            let client = Client::new(&server.address(index), Arc::clone(&transport)).with_retry(Retry::never());
            let outcome = match calls.get(document.name.as_str()) {
                Some(replay) => make(&server, client, index, replay).await,
                None => match &document.apart {
                    Some(reason) => Outcome::Apart(reason.clone()),
                    None => Outcome::Failed("no call makes it".to_owned()),
                },
            };
            report.add(document, outcome);
        }
        Ok(report)
    })
}

/// Makes and sends one request.
async fn make(server: &Server, client: Client, index: usize, replay: &Replay) -> Outcome {
    let document = &server.documents()[index];
    let read = match (replay.make)(&Call { document, client }) {
        Ok(mut sending) => {
            let sent = poll_fn(|context| strictly(|| sending.as_mut().poll(context))).await;
            sent.map_err(|error| report::chain(&error))
        }
        Err(error) => return Outcome::of_request(document, format!("the body is not of its type: {error}")),
    };
    match (server.verdict(index), read) {
        (Some(Ok(())), read) => Outcome::of_response(document, read),
        (Some(Err(difference)), _) => Outcome::of_request(document, difference),
        (None, Err(error)) => Outcome::of_request(document, error),
        (None, Ok(())) => Outcome::of_request(document, "the request did not arrive".to_owned()),
    }
}

//! The documented requests of a page, as edmark writes them beside its examples.
//!
//! ```json
//! "requests": [
//! {"line": 40, "method": "GET", "url": "https://graph.microsoft.com/v1.0/me/messages?$top=1",
//!  "path": ["me", "messages"], "query": [["$top", "1"]], "headers": [["Prefer", "return=minimal"]],
//!  "response": {"status": 200, "headers": [["Content-type", "application/json"]], "body": 51}}
//! ]
//! ```
//! A `body` is the line of an example of the page, or a text that is not JSON. `defect` is the
//! error that edmark found in it according to the page, so that it may fail. `apart` is the reason
//! why no call makes the request. `deviation` describes how the request contradicts the page: such
//! a request has to fail. `options` are the query options that are not parameters of the call;
//! without this list, these are all query options.

use std::fs;
use std::path::Path;

use serde::de::Error as _;

use super::super::examples::Error;
use crate::Json;

/// A documented request with its response.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The page and the line: `user-get:40`.
    pub(super) name: String,
    pub(super) method: String,
    /// The decoded segments of the path below the service root.
    pub(super) path: Vec<String>,
    /// The decoded query options.
    pub(super) query: Vec<(String, String)>,
    /// The query options that the test adds by name.
    pub(super) options: Vec<(String, String)>,
    pub(super) request: Message,
    pub(super) response: Option<DocumentedResponse>,
    pub(super) apart: Option<String>,
    pub(super) deviation: Option<String>,
}

/// The documented response.
#[derive(Debug)]
pub(super) struct DocumentedResponse {
    pub(super) status: Option<u16>,
    pub(super) message: Message,
}

/// The headers and the body of a message.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Body,
    /// The error in the message according to `requests`.
    defect: Option<String>,
}

/// The body of a message.
#[derive(Debug, Default)]
pub(super) enum Body {
    #[default]
    None,
    Json {
        document: Json,
        /// The error in the body according to the page.
        defect: Option<String>,
    },
    /// A body that should be JSON but is not.
    Invalid,
    Text(String),
}

impl Message {
    /// The value of a documented header; the case of its name does not matter.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The error in the body according to the page.
    pub(super) fn defect(&self) -> Option<&str> {
        self.defect.as_deref().or(match &self.body {
            Body::Invalid => Some("it is not valid JSON"),
            Body::Json { defect, .. } => defect.as_deref(),
            Body::None | Body::Text(_) => None,
        })
    }

    /// The headers that are specific to the message, without those that every message has and whose
    /// values are not documented.
    pub(super) fn own_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        const OF_TRANSPORT: [&str; 9] = [
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "host",
            "location",
            "transfer-encoding",
            "user-agent",
        ];
        let all = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        all.filter(|(name, _)| !OF_TRANSPORT.iter().any(|known| known.eq_ignore_ascii_case(name)))
    }
}

impl Body {
    pub(super) fn bytes(&self) -> Vec<u8> {
        match self {
            Body::None | Body::Invalid => Vec::new(),
            Body::Json { document, .. } => document.to_string().into_bytes(),
            Body::Text(text) => text.clone().into_bytes(),
        }
    }
}

/// Reads the requests of a page.
pub(super) fn read(path: &Path) -> Result<Vec<Document>, Error> {
    let text = fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    let page: Result<Json, _> = serde_json::from_str(&text);
    let read = page.and_then(|page| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let examples = list(&page["examples"])?;
        list(&page["requests"])?.iter().map(|request| document(&name, request, examples)).collect()
    });
    read.map_err(|source| Error::Json { path: path.to_owned(), source })
}

fn document(page: &str, request: &Json, examples: &[Json]) -> Result<Document, serde_json::Error> {
    let query = pairs(&request["query"])?;
    let line = request["line"].as_u64().ok_or_else(|| serde_json::Error::missing_field("line"))?;
    let path = list(&request["path"])?.iter().map(text).collect::<Result<_, _>>()?;
    let response = match &request["response"] {
        Json::Null => None,
        response => Some(DocumentedResponse {
            status: response["status"].as_u64().and_then(|status| u16::try_from(status).ok()),
            message: message(response, examples)?,
        }),
    };
    Ok(Document {
        name: format!("{page}:{line}"),
        method: text(&request["method"])?,
        path,
        options: if request["options"].is_null() { query.clone() } else { pairs(&request["options"])? },
        query,
        request: message(request, examples)?,
        response,
        apart: request["apart"].as_str().map(str::to_owned),
        deviation: request["deviation"].as_str().map(str::to_owned),
    })
}

fn message(message: &Json, examples: &[Json]) -> Result<Message, serde_json::Error> {
    let body = match &message["body"] {
        Json::Null => Body::None,
        Json::String(text) => Body::Text(text.clone()),
        line => {
            let Some(example) = examples.iter().find(|example| example["line"] == *line) else {
                return Err(serde_json::Error::custom(format!("no example at line {line}")));
            };
            match example.get("body") {
                Some(document) => {
                    Body::Json { document: document.clone(), defect: example["defect"].as_str().map(str::to_owned) }
                }
                None => Body::Invalid,
            }
        }
    };
    Ok(Message { headers: pairs(&message["headers"])?, body, defect: message["defect"].as_str().map(str::to_owned) })
}

fn list(json: &Json) -> Result<&[Json], serde_json::Error> {
    match json {
        Json::Null => Ok(&[]),
        Json::Array(items) => Ok(items),
        other => Err(serde_json::Error::custom(format!("not a list: {other}"))),
    }
}

fn pairs(json: &Json) -> Result<Vec<(String, String)>, serde_json::Error> {
    list(json)?.iter().map(|pair| Ok((text(&pair[0])?, text(&pair[1])?))).collect()
}

fn text(json: &Json) -> Result<String, serde_json::Error> {
    json.as_str().map(str::to_owned).ok_or_else(|| serde_json::Error::custom(format!("not a string: {json}")))
}

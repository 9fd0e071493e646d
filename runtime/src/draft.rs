//! The parts of a request before it is built, independent of the type of its response.

use std::borrow::Cow;

use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Request, Uri};
use serde::Serialize;
use serde_json::Map;

use crate::manner::Manner;
use crate::query::Query;
use crate::{At, Error, Json, Method, Protocol, wire};

/// The newest OData version that the response may have (OData Protocol 4.01, section 8.2.7).
pub(crate) const MAX_VERSION: HeaderName = HeaderName::from_static("odata-maxversion");

/// A request under construction. Its methods do not fail: the first defect is recorded and becomes
/// an error when the request is built.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) method: Method,
    pub(crate) at: At,
    /// An address from the service, such as a next link, that replaces path and query.
    pub(crate) url: Option<Box<str>>,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// The options for sending it.
    pub(crate) manner: Manner,
    defect: Option<Box<str>>,
}

impl Draft {
    pub(crate) fn new(method: Method, at: At) -> Self {
        Self {
            method,
            at,
            url: None,
            query: Query::default(),
            headers: HeaderMap::new(),
            body: Vec::new(),
            manner: Manner::default(),
            defect: None,
        }
    }

    /// Records a defect, unless there is one already.
    #[cold]
    pub(crate) fn defect(&mut self, what: String) {
        self.defect.get_or_insert(what.into());
    }

    /// Sets a header.
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        match header(name, value) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(why) => self.defect(why.into()),
        }
    }

    /// Adds a value to a header that is a list.
    pub(crate) fn extend_header(&mut self, name: HeaderName, value: &str) {
        let list = match self.headers.get(&name).and_then(|list| list.to_str().ok()) {
            Some(list) => format!("{list}, {value}"),
            None => value.to_owned(),
        };
        self.header(name.as_str(), &list);
    }

    pub(crate) fn json<B: Serialize + ?Sized>(&mut self, body: &B) {
        let exact = self.at.client().protocol().has_exact_numbers();
        let written = if exact { wire::as_strings(|| serde_json::to_vec(body)) } else { serde_json::to_vec(body) };
        match written {
            Ok(body) => {
                self.body = body;
                let media_type = if exact { "application/json;IEEE754Compatible=true" } else { "application/json" };
                self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
            }
            Err(error) => self.defect(format!("the body cannot be written as JSON: {error}")),
        }
    }

    /// Inserts an `@odata.type` at the beginning of a JSON object that has none.
    pub(crate) fn tag(&mut self, tag: &str) {
        let is_tagged = |body: &Json| body.get(wire::TAG).or_else(|| body.get("@type")).is_some();
        let Ok(body) = serde_json::from_slice::<Json>(&self.body) else { return };
        if body.is_object() && !is_tagged(&body) {
            let end = if body.as_object().is_some_and(Map::is_empty) { "" } else { "," };
            let member = format!("{}:{}{end}", Json::from(wire::TAG), Json::from(tag));
            self.body.splice(1..1, member.into_bytes());
        }
    }

    pub(crate) fn bytes(&mut self, body: Vec<u8>, media_type: &str) {
        self.body = body;
        self.header(CONTENT_TYPE.as_str(), media_type);
    }

    /// The address. A literal that is not valid is shown in quotes.
    pub(crate) fn url(&self) -> String {
        self.written().0
    }

    /// The address, and the reason if no request can be made for it.
    fn written(&self) -> (String, Result<(), Box<str>>) {
        if let Some(url) = &self.url {
            return (url.clone().into_string(), Ok(()));
        }
        let client = self.at.client();
        let (base, path) = (client.base(), self.at.path());
        let mut url = String::with_capacity(base.len() + path.as_str().len() + self.query.capacity());
        url.push_str(base);
        url.push_str(path.as_str());
        let mut query = Cow::Borrowed(&self.query);
        for (alias, value) in path.aliases() {
            query.to_mut().set(format!("@{alias}"), value.clone().into());
        }
        let written = query.write(client.protocol(), &mut url);
        (url, path.defect().map_or(written, |invalid| Err(invalid.to_string().into())))
    }

    /// Builds the request, complete except for the token.
    pub(crate) fn http(&self) -> Result<Request<Vec<u8>>, Error> {
        let (url, written) = self.written();
        if let Some(defect) = self.defect.as_ref().or(written.as_ref().err()) {
            return Err(Error::invalid(format!("{} {}: {defect}", self.method, self.at.path())));
        }
        self.at.client().origin()?;
        let url = Uri::try_from(url).map_err(|error| {
            Error::invalid(format!(
                "{} {}: its URL cannot be ({error}); shorten the query or send it in a batch",
                self.method,
                self.at.path()
            ))
        })?;
        self.at.client().check(&url)?;
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = self.method.into();
        *request.uri_mut() = url;
        *request.headers_mut() = self.headers.clone();
        self.add_headers(request.headers_mut());
        #[cfg(feature = "tracing")]
        let manner = self.manner.clone().template(self.at.path().template());
        #[cfg(not(feature = "tracing"))]
        let manner = self.manner.clone();
        request.extensions_mut().insert(manner);
        Ok(request)
    }

    /// Adds the headers that the service requires, unless the caller has set them.
    fn add_headers(&self, headers: &mut HeaderMap) {
        let protocol = self.at.client().protocol();
        headers.entry(ACCEPT).or_insert(accept(protocol));
        if let Some(version) = protocol.version().and_then(|version| HeaderValue::from_str(version).ok()) {
            headers.entry(MAX_VERSION).or_insert(version);
        }
        let counts =
            self.query.has("$count") || self.query.has("$search") || self.at.path().as_str().ends_with("/$count");
        if let Some((name, value)) = protocol.consistency_header().filter(|_| counts)
            && let Ok(name) = HeaderName::from_bytes(name.as_bytes())
            && let Ok(value) = HeaderValue::from_str(value)
        {
            headers.entry(name).or_insert(value);
        }
    }
}

/// Prefers JSON where there is a choice (OData Protocol 4.01, section 8.2.1), and accepts any other
/// media type for content, counts and texts.
pub(crate) fn accept(protocol: &Protocol) -> HeaderValue {
    HeaderValue::from_static(match protocol.has_exact_numbers() {
        true => "application/json;IEEE754Compatible=true, */*;q=0.1",
        false => "application/json, */*;q=0.1",
    })
}

/// Builds a header, and marks those with credentials as sensitive. The error says why name or value
/// is not valid.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Box<str>> {
    let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
        return Err(format!("{name:?} is no name of a header: use letters, digits and hyphens").into());
    };
    match HeaderValue::from_str(value) {
        Ok(mut value) => {
            value.set_sensitive(matches!(name.as_str(), "authorization" | "proxy-authorization" | "cookie"));
            Ok((name, value))
        }
        Err(_) => Err(format!(
            "the value of the header {name} has characters that headers cannot have, such as line ends; leave them out or encode them"
        )
        .into()),
    }
}

//! The protocol of a batch without I/O: makes the next request and evaluates its response.

use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};

use super::document::{self, Answered, Outgoing};
use super::error::BatchError;
use super::plan::{Outcome, Plan};
use crate::error::DecodeError;
use crate::manner::Manner;
use crate::response::without_mark;
use crate::retry_after::retry_after;
use crate::sent::Sent;
use crate::{BatchUrls, Client, Error, Protocol, Retry, ServiceError, draft};

const PREFER: HeaderName = HeaderName::from_static("prefer");

const JSON: HeaderValue = HeaderValue::from_static("application/json");

pub(super) struct Exchange {
    steps: Vec<Queued>,
    plan: Plan,
    /// The steps that were in the batch sent last.
    sent: Vec<usize>,
}

struct Queued {
    request: Request<Vec<u8>>,
    /// The address in the form that the service expects: see [`BatchUrls`].
    url: String,
    response: Option<Received>,
}

/// What the service sent for a step.
enum Received {
    Response(Response<Vec<u8>>),
    Missing,
    Repeated,
}

impl Exchange {
    /// An exchange of batches with at most `limit` steps; steps that have no rules of their own are
    /// retried by these.
    pub(super) fn new(limit: usize, retry: &Retry) -> Self {
        Self { steps: Vec::new(), plan: Plan::new(limit, retry.clone()), sent: Vec::new() }
    }

    /// Adds a step, and returns its index.
    pub(super) fn add(
        &mut self,
        client: &Client,
        mut request: Request<Vec<u8>>,
        depends_on: Vec<usize>,
        group: Option<usize>,
    ) -> Result<usize, BatchError> {
        if client.protocol().max_batch_steps() == 0 {
            return Err(BatchError::Unsupported);
        }
        if group.is_some_and(|group| self.plan.has_ended(group)) {
            return Err(BatchError::GroupEnded);
        }
        if group.is_some_and(|group| self.plan.is_full(group)) {
            return Err(BatchError::GroupTooLarge { limit: client.protocol().max_batch_steps() });
        }
        let service = client.base();
        let url = request.uri().to_string();
        // The address has to be below the service root: `/v1.0x` is not below `/v1.0`.
        let Some(url) = url.strip_prefix(service).filter(|url| url.starts_with(['/', '?'])) else {
            return Err(BatchError::OtherService { service: service.to_owned() });
        };
        let url = match client.protocol().batch_url_form() {
            // A URL that begins with the id of a step is relative to that step's entity.
            BatchUrls::Slash if !url.starts_with("/$") => url,
            BatchUrls::Slash | BatchUrls::Relative => url.strip_prefix('/').unwrap_or(url),
        };
        let url = url.to_owned();
        // The headers of the batch apply to its steps (OData Protocol 4.01, section 11.7.4), except
        // for the format of numbers.
        let headers = request.headers_mut();
        if headers.get(ACCEPT) == Some(&draft::accept(&Protocol::new())) {
            headers.remove(ACCEPT);
        }
        headers.remove(draft::MAX_VERSION);
        let manner: Manner = request.extensions().get().cloned().unwrap_or_default();
        self.plan.add(depends_on, group, request.method(), manner);
        self.steps.push(Queued { request, url, response: None });
        Ok(self.steps.len() - 1)
    }

    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// Makes the next batch request; none when all steps have a response.
    pub(super) fn http(&mut self, client: &Client) -> Result<Option<Request<Vec<u8>>>, BatchError> {
        for (index, cause) in self.plan.doomed() {
            self.steps[index].response = Some(Received::Response(not_sent(&self.steps[cause])));
        }
        self.sent = self.plan.next();
        if self.sent.is_empty() {
            return Ok(None);
        }
        let outgoing = |&index: &usize| Outgoing {
            id: index,
            url: &self.steps[index].url,
            request: &self.steps[index].request,
            depends_on: self.depends_on(index),
            group: self.plan.group(index),
        };
        let body =
            document::write(&self.sent.iter().map(outgoing).collect::<Vec<_>>()).map_err(BatchError::Unwritable)?;
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        let url = format!("{}/$batch", client.base());
        *request.uri_mut() = url.parse().map_err(|_| BatchError::OtherService { service: client.base().to_owned() })?;
        request.headers_mut().insert(CONTENT_TYPE, JSON);
        request.headers_mut().insert(ACCEPT, JSON);
        // A service of OData stops at the first step that fails, unless it is asked to continue
        // (OData Protocol 4.01, section 8.2.8.3). OData 4.01 has the name without a prefix.
        request.headers_mut().insert(PREFER, HeaderValue::from_static("continue-on-error, odata.continue-on-error"));
        if let Some(version) = client.protocol().version().and_then(|version| HeaderValue::from_str(version).ok()) {
            request.headers_mut().insert(draft::MAX_VERSION, version);
        }
        // The client does not retry the whole batch; steps are retried one by one.
        request.extensions_mut().insert(Manner::once().template("/$batch"));
        Ok(Some(request))
    }

    /// The ids of the steps that a step depends on. A step in another group is named together with
    /// that group (OData JSON 4.01, section 19.1).
    fn depends_on(&self, index: usize) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for on in self.plan.depends_on(index) {
            ids.push(on.to_string());
            let other = self.plan.group(on).filter(|_| self.plan.group(on) != self.plan.group(index));
            if let Some(group) = other.map(document::group_id).filter(|group| !ids.contains(group)) {
                ids.push(group);
            }
        }
        ids
    }

    /// Evaluates the response to the batch. Returns the time to wait before the next one.
    pub(super) fn receive(&mut self, response: Response<Vec<u8>>) -> Result<Option<Duration>, Error> {
        let sent = std::mem::take(&mut self.sent);
        let batch: Sent = response.extensions().get().cloned().unwrap_or_default();
        let mut all: Vec<Received> = if is_throttled(&response) {
            // The whole batch was throttled: no step was executed.
            sent.iter().map(|_| Received::Response(response.clone())).collect()
        } else {
            let (parts, body) = response.into_parts();
            if !parts.status.is_success() {
                return Err(ServiceError::read(&parts, &body).into());
            }
            let body = without_mark(&body);
            let mut responses = document::read(body).map_err(|error| DecodeError::json(&parts, body, error))?;
            sent.iter().map(|&index| Received::of(index, &mut responses)).collect()
        };
        let outcome = |received: &Received| match received {
            Received::Response(response) => {
                Some(Outcome { status: response.status(), retry_after: retry_after(response.headers()) })
            }
            Received::Missing | Received::Repeated => None,
        };
        let wait = self.plan.settle(&sent, &all.iter().map(outcome).collect::<Vec<_>>());
        for (&index, mut received) in sent.iter().zip(all.drain(..)) {
            let step = &mut self.steps[index];
            if let Received::Response(response) = &mut received {
                response.extensions_mut().insert(batch.step(&step.request));
            }
            step.response = Some(received);
        }
        Ok(wait)
    }

    /// The response to a step.
    pub(super) fn response(&self, index: usize) -> Result<&Response<Vec<u8>>, BatchError> {
        match self.steps.get(index).and_then(|step| step.response.as_ref()) {
            Some(Received::Response(response)) => Ok(response),
            Some(Received::Missing) => Err(BatchError::NoResponse),
            Some(Received::Repeated) => Err(BatchError::SeveralResponses),
            None => Err(BatchError::NotSent),
        }
    }
}

impl Received {
    /// The response with the id of a step, which is taken from the others.
    fn of(index: usize, responses: &mut Vec<Answered>) -> Self {
        let mut own = responses.extract_if(.., |(id, _)| *id == index);
        match (own.next(), own.next()) {
            (Some((_, response)), None) => Self::Response(response),
            (None, _) => Self::Missing,
            (Some(_), Some(_)) => Self::Repeated,
        }
    }
}

fn is_throttled<B>(response: &Response<B>) -> bool {
    matches!(response.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

/// Makes the response of a step that was not sent because a step it depends on failed. It has the
/// form in which the service reports such a step within one batch.
fn not_sent(cause: &Queued) -> Response<Vec<u8>> {
    let came = match &cause.response {
        Some(Received::Response(response)) => format!("was answered with {}", response.status()),
        Some(Received::Repeated) => "was answered twice".to_owned(),
        _ => "was not answered".to_owned(),
    };
    let message = format!("Not sent, as a step that it depends on ({} {}) {came}.", cause.request.method(), cause.url);
    let body = serde_json::json!({ "error": { "code": "FailedDependency", "message": message } });
    let mut response = Response::new(body.to_string().into_bytes());
    *response.status_mut() = StatusCode::FAILED_DEPENDENCY;
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    response
}

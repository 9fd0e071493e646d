//! The results of the documented requests.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use super::document::{Body, Document, DocumentedResponse};

/// The results of all documented requests.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReplayReport {
    /// The number of requests that were sent as documented.
    pub reproduced: usize,
    /// The number of these whose documented response was decoded.
    pub read: usize,
    /// Requests that were sent as documented but whose response is not decoded: the number for each
    /// reason.
    pub unread: BTreeMap<String, usize>,
    /// Requests that no call makes: page and line, and the reason.
    pub apart: Vec<(String, String)>,
    /// Requests that contradict the pages and therefore were not sent as documented, as expected:
    /// page and line, the contradiction and the observed difference.
    pub defects: Vec<(String, String)>,
    /// Responses that contradict the pages and therefore were not decoded, as expected.
    pub response_defects: Vec<(String, String)>,
    /// Requests that should have been sent as documented, or whose responses should have been
    /// decoded.
    pub failures: Vec<(String, String)>,
}

/// The result of one request.
pub(super) enum Outcome {
    /// It was sent as documented, and the response was decoded.
    Read,
    /// It was sent as documented, but there was no response to decode, for this reason.
    Unread(&'static str),
    Apart(String),
    Defect(String),
    ResponseDefect(String),
    Failed(String),
}

impl Outcome {
    /// The result of a request that differs from the documented one.
    pub(super) fn of_request(document: &Document, difference: String) -> Self {
        match document.deviation.as_deref().or(document.request.defect()) {
            Some(defect) => Outcome::Defect(format!("{defect} ({difference})")),
            None => Outcome::Failed(difference),
        }
    }

    /// The result of a request that was sent as documented.
    pub(super) fn of_response(document: &Document, read: Result<(), String>) -> Self {
        if let Some(deviation) = &document.deviation {
            return Outcome::Failed(format!("it came as documented, though the page is wrong: {deviation}"));
        }
        let Some(DocumentedResponse { status, message }) = &document.response else {
            return Outcome::Unread("the page shows no response");
        };
        let is_error = status.is_some_and(|status| status >= 400);
        match (read, &message.body, message.defect()) {
            (Err(_), _, _) if is_error => Outcome::Unread("an error of the service"),
            (Ok(()), ..) if !is_error => Outcome::Read,
            (Ok(()), _, _) => Outcome::Failed("an error of the service was not seen".to_owned()),
            (Err(_), Body::None, _) => Outcome::Unread("the page shows a response without its body"),
            (Err(error), _, Some(defect)) => Outcome::ResponseDefect(format!("{defect} ({error})")),
            (Err(error), _, None) => Outcome::Failed(error),
        }
    }
}

impl ReplayReport {
    pub(super) fn add(&mut self, document: &Document, outcome: Outcome) {
        let place = document.name.clone();
        match outcome {
            Outcome::Read => {
                self.reproduced += 1;
                self.read += 1;
            }
            Outcome::Unread(reason) => {
                self.reproduced += 1;
                *self.unread.entry(reason.to_owned()).or_default() += 1;
            }
            Outcome::ResponseDefect(defect) => {
                self.reproduced += 1;
                self.response_defects.push((place, defect));
            }
            Outcome::Apart(reason) => self.apart.push((place, reason)),
            Outcome::Defect(defect) => self.defects.push((place, defect)),
            Outcome::Failed(reason) => self.failures.push((place, reason)),
        }
    }

    /// The number of documented requests.
    pub fn documented(&self) -> usize {
        self.reproduced + self.apart.len() + self.defects.len() + self.failures.len()
    }

    /// Returns true if every request and every response succeeded that should have. If no
    /// documented request has a call, nothing was tested, so the result is false.
    pub fn is_good(&self) -> bool {
        self.failures.is_empty() && self.documented() > self.apart.len()
    }
}

impl fmt::Display for ReplayReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} of {} documented requests came as documented", self.reproduced, self.documented())?;
        writeln!(f, "  {} responses were read", self.read)?;
        for (reason, count) in &self.unread {
            writeln!(f, "  not read: {count} × {reason}")?;
        }
        for (place, reason) in &self.response_defects {
            writeln!(f, "the page's response is wrong: {place}: {reason}")?;
        }
        for (place, reason) in &self.apart {
            writeln!(f, "no call: {place}: {reason}")?;
        }
        for (place, reason) in &self.defects {
            writeln!(f, "the page is wrong: {place}: {reason}")?;
        }
        for (place, reason) in &self.failures {
            writeln!(f, "FAILED: {place}: {reason}")?;
        }
        if self.documented() == self.apart.len() {
            writeln!(f, "FAILED: no documented request has a call")?;
        }
        write!(f, "{} failed", self.failures.len())
    }
}

/// The message of an error and of its causes.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

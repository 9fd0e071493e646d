//! How the documented requests fared.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use super::document::{Answer, Body, Document};

/// How many documented requests there are, how many were reproduced, and what became of the rest.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReplayReport {
    /// Requests that came as documented.
    pub reproduced: usize,
    /// Of those, how many were answered with a document that the call read.
    pub read: usize,
    /// Requests that came as documented, and whose answer is not to be read, by reason.
    pub unread: BTreeMap<String, usize>,
    /// Requests that no call makes: page and line, and why.
    pub apart: Vec<(String, String)>,
    /// Requests that contradict the pages, and rightly did not come as documented: page and line,
    /// what contradicts, and how it showed.
    pub defects: Vec<(String, String)>,
    /// Answers that contradict the pages, and rightly were not read.
    pub answer_defects: Vec<(String, String)>,
    /// Requests that should have come as documented, or whose answers should have been read.
    pub failures: Vec<(String, String)>,
}

/// What became of one.
pub(super) enum Outcome {
    /// It came as documented, and the answer was read.
    Read,
    /// It came as documented; why there is nothing to read.
    Unread(&'static str),
    Apart(String),
    Defect(String),
    AnswerDefect(String),
    Failed(String),
}

impl Outcome {
    /// Of a request that was not the documented one.
    pub(super) fn of_request(document: &Document, difference: String) -> Self {
        match document.deviation.as_deref().or(document.request.defect()) {
            Some(defect) => Outcome::Defect(format!("{defect} ({difference})")),
            None => Outcome::Failed(difference),
        }
    }

    /// Of a request that came as documented.
    pub(super) fn of_answer(document: &Document, read: Result<(), String>) -> Self {
        if let Some(deviation) = &document.deviation {
            return Outcome::Failed(format!("it came as documented, though the page is wrong: {deviation}"));
        }
        let Some(Answer { status, message }) = &document.answer else {
            return Outcome::Unread("the page shows no response");
        };
        let is_error = status.is_some_and(|status| status >= 400);
        match (read, &message.body, message.defect()) {
            (Err(_), _, _) if is_error => Outcome::Unread("an error of the service"),
            (Ok(()), ..) if !is_error => Outcome::Read,
            (Ok(()), _, _) => Outcome::Failed("an error of the service was not seen".to_owned()),
            (Err(_), Body::None, _) => Outcome::Unread("the page shows a response without its body"),
            (Err(error), _, Some(defect)) => Outcome::AnswerDefect(format!("{defect} ({error})")),
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
            Outcome::AnswerDefect(defect) => {
                self.reproduced += 1;
                self.answer_defects.push((place, defect));
            }
            Outcome::Apart(reason) => self.apart.push((place, reason)),
            Outcome::Defect(defect) => self.defects.push((place, defect)),
            Outcome::Failed(reason) => self.failures.push((place, reason)),
        }
    }

    /// How many requests are documented.
    pub fn documented(&self) -> usize {
        self.reproduced + self.apart.len() + self.defects.len() + self.failures.len()
    }

    /// Whether every request came and every answer was read that should have. Where no documented
    /// request has a call, nothing was tested, and that is not good either.
    pub fn is_good(&self) -> bool {
        self.failures.is_empty() && self.documented() > self.apart.len()
    }
}

impl fmt::Display for ReplayReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} of {} documented requests came as documented", self.reproduced, self.documented())?;
        writeln!(f, "  {} answers were read", self.read)?;
        for (reason, count) in &self.unread {
            writeln!(f, "  not read: {count} × {reason}")?;
        }
        for (place, reason) in &self.answer_defects {
            writeln!(f, "the page's answer is wrong: {place}: {reason}")?;
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

/// An error with its causes.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

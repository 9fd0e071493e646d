//! The states of a long-running operation.
//!
//! Graph reports them in three ways: a JSON object with a `status` (copies of drive items,
//! operations of teams and workbooks), a redirect to the created resource, and that of OData (OData
//! Protocol 4.01, section 11.6), where the monitor responds with 202 until it responds with the
//! result.

use http::header::LOCATION;
use http::{StatusCode, response::Parts};

use crate::{Error, Json, response};

/// The state of an operation that continues after the first response.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Progress {
    /// The operation has not ended yet.
    Running(Running),
    /// The operation has succeeded.
    Finished(Finished),
    /// The operation has failed or was cancelled.
    Failed(Failed),
}

/// An operation that has not ended yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Running {
    /// The status as the service names it: `inProgress`.
    pub status: Option<String>,
    /// The progress in percent, from 0 to 100.
    pub percent: Option<f64>,
}

/// An operation that has succeeded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finished {
    /// The `id` of the created resource, if the service sent it.
    pub resource_id: Option<String>,
    /// The address of the created resource, if the service sent it: absolute, or relative to the
    /// service root.
    pub resource_location: Option<String>,
    /// The whole body of the response; null if it had none.
    pub body: Json,
}

/// An operation that has failed or was cancelled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Failed {
    /// The status as the service names it: `failed`.
    pub status: String,
    /// The code of the error, if the service sent one.
    pub code: Option<String>,
    /// The message of the error, if the service sent one.
    pub message: Option<String>,
    /// The whole body of the response.
    pub body: Json,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the operation ended as `{}`", self.status)?;
        match (&self.code, &self.message) {
            (Some(code), Some(message)) => write!(f, ": {code}: {message}"),
            (Some(text), None) | (None, Some(text)) => write!(f, ": {text}"),
            (None, None) => Ok(()),
        }
    }
}

impl std::error::Error for Failed {}

impl Progress {
    /// Reads a response that is not an error: its status is 2xx, or 3xx with a `Location`.
    pub(super) fn read(parts: &Parts, body: &[u8]) -> Result<Self, Error> {
        let location = parts.headers.get(LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
        if parts.status.is_redirection() {
            return Ok(Self::Finished(Finished { resource_location: location, ..Finished::default() }));
        }
        let body: Json = response::optional(parts, body)?.unwrap_or_default();
        // With this header, the response is the result of the operation (OData's own way).
        let is_result = parts.headers.contains_key("asyncresult");
        let status = body.get("status").and_then(Json::as_str).filter(|_| !is_result).map(str::to_owned);
        Ok(match (status, parts.status) {
            (Some(status), _) if ends(&status, &["failed", "cancelled", "canceled", "timedOut", "invalid"]) => {
                let error = body.get("error").or_else(|| body.get("errors").and_then(|errors| errors.get(0)));
                let word = |name| error.and_then(|error| error.get(name)).and_then(Json::as_str).map(str::to_owned);
                let (code, message) = (word("code"), word("message"));
                let message = message.or_else(|| text(&body, &["statusDescription", "errorMessage"]));
                Self::Failed(Failed { code: code.or_else(|| text(&body, &["errorCode"])), message, status, body })
            }
            (Some(status), code)
                if code == StatusCode::ACCEPTED || !ends(&status, &["completed", "succeeded", "skipped"]) =>
            {
                Self::Running(Running { percent: percent(&body), status: Some(status) })
            }
            (None, StatusCode::ACCEPTED) => Self::Running(Running { percent: percent(&body), status: None }),
            _ => Self::Finished(Finished {
                resource_id: text(&body, &["resourceId", "targetResourceId"]),
                resource_location: text(&body, &["resourceLocation", "targetResourceLocation"]).or(location),
                body,
            }),
        })
    }
}

/// Returns true if a status ends in one of these words, such as `deleteFailed` in `failed`.
fn ends(status: &str, words: &[&str]) -> bool {
    let status = status.to_ascii_lowercase();
    words.iter().any(|word| status.ends_with(&word.to_ascii_lowercase()))
}

fn percent(body: &Json) -> Option<f64> {
    ["percentageComplete", "percentComplete"].iter().find_map(|name| body.get(name)).and_then(Json::as_f64)
}

fn text(body: &Json, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| body.get(name)).and_then(Json::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Progress {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        let (parts, ()) = response.body(()).unwrap().into_parts();
        Progress::read(&parts, body.as_bytes()).unwrap()
    }

    #[test]
    fn reads_jobs_of_drives() {
        assert_eq!(
            read(202, &[], r#"{"operation": "ItemCopy", "percentageComplete": 27.8, "status": "inProgress"}"#),
            Progress::Running(Running { status: Some("inProgress".to_owned()), percent: Some(27.8) })
        );
        let done = read(200, &[], r#"{"percentageComplete": 100.0, "resourceId": "01M", "status": "completed"}"#);
        assert!(matches!(done, Progress::Finished(done) if done.resource_id.as_deref() == Some("01M")));
        let failed = read(
            200,
            &[],
            r#"{"status": "failed", "error": {"code": "nameAlreadyExists", "message": "There is one."}}"#,
        );
        let Progress::Failed(failed) = failed else { panic!("{failed:?}") };
        assert_eq!(failed.to_string(), "the operation ended as `failed`: nameAlreadyExists: There is one.");
        assert!(matches!(read(200, &[], r#"{"status": "deletePending"}"#), Progress::Running(_)));
        assert!(matches!(read(200, &[], r#"{"status": "deleteFailed"}"#), Progress::Failed(_)));
    }

    #[test]
    fn reads_operations_of_teams() {
        let done = read(
            200,
            &[],
            r#"{"status": "succeeded", "targetResourceId": "t", "targetResourceLocation": "/teams('t')", "error": null}"#,
        );
        let Progress::Finished(done) = done else { panic!("{done:?}") };
        assert_eq!((done.resource_id.as_deref(), done.resource_location.as_deref()), (Some("t"), Some("/teams('t')")));
        assert!(matches!(read(200, &[], r#"{"status": "notStarted"}"#), Progress::Running(_)));
        // A status that is not known counts as running; the time limit ends the wait.
        assert!(matches!(read(200, &[], r#"{"status": "resting"}"#), Progress::Running(_)));
    }

    #[test]
    fn reads_redirections_and_results() {
        let done = read(303, &[("location", "https://x.example/items/1")], "ignored");
        assert!(
            matches!(done, Progress::Finished(done) if done.resource_location.as_deref() == Some("https://x.example/items/1"))
        );
        assert_eq!(read(202, &[], ""), Progress::Running(Running::default()));
        assert!(matches!(read(200, &[("AsyncResult", "200")], r#"{"status": "failed"}"#), Progress::Finished(_)));
        assert!(matches!(read(200, &[], r#"{"id": "1"}"#), Progress::Finished(done) if done.body["id"] == "1"));
        assert_eq!(read(204, &[], ""), Progress::Finished(Finished::default()));
    }
}

//! Evaluates the responses of an upload session.

use std::time::Duration;

use http::header::LOCATION;
use http::{Response, StatusCode};

use super::error::UploadError;
use super::ranges::Missing;
use super::{Decode, Uploaded};
use crate::response::without_mark;
use crate::sent::response_name;
use crate::{Error, Json, ServiceError};

/// The next step of an upload.
pub(super) enum Step<R> {
    Done(Uploaded<R>),
    Missing(Missing),
    /// The service has to be asked for the missing ranges, after this wait if it asked for one. If
    /// there were too many attempts already, the error is returned.
    Again(Option<Duration>, Error),
}

impl<R> Step<R> {
    /// Reads the response to a piece that ended at `sent`, or, if that is none, to the request for
    /// the missing ranges.
    pub(super) fn read(
        response: Response<Vec<u8>>,
        total: u64,
        sent: Option<u64>,
        decode: Decode<R>,
    ) -> Result<Self, Error> {
        let status = response.status();
        if !status.is_success() {
            let error = failure(response);
            return match (status, sent) {
                // The service has these bytes already.
                (StatusCode::RANGE_NOT_SATISFIABLE, Some(_)) => Ok(Self::Again(Some(Duration::ZERO), error)),
                (StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT, _) => {
                    Ok(Self::Again(error.retry_after(), error))
                }
                _ if status.is_server_error() => Ok(Self::Again(error.retry_after(), error)),
                _ => Err(error),
            };
        }
        let ranges = expected(response.body()).map_err(|text| UploadError::Ranges { text })?;
        match (ranges, sent) {
            // Mailboxes respond with 200 to each piece; there, an empty list means that the upload
            // is complete.
            (Some(ranges), _) if sent.is_none() || status == StatusCode::ACCEPTED || !ranges.is_empty() => {
                Missing::expected(total, &ranges).map(Self::Missing).map_err(|text| UploadError::Ranges { text }.into())
            }
            // The response does not list the missing ranges, so everything after this piece is
            // missing.
            (None, Some(end)) if status == StatusCode::ACCEPTED || (status == StatusCode::OK && end < total) => {
                Ok(Self::Missing(Missing::from(end, total)))
            }
            // The state of a session without ranges does not say that everything has arrived.
            (None, None) => Err(UploadError::NoRanges(response_name(&response).into()).into()),
            _ => done(response, decode).map(Self::Done),
        }
    }
}

/// The result of a completed upload.
pub(super) fn done<R>(response: Response<Vec<u8>>, decode: Decode<R>) -> Result<Uploaded<R>, Error> {
    let (parts, body) = response.into_parts();
    let location = parts.headers.get(LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Ok(Uploaded { item: decode(&parts, &body)?, location })
}

/// The error of the service.
pub(super) fn failure(response: Response<Vec<u8>>) -> Error {
    let (parts, body) = response.into_parts();
    let error = ServiceError::read(&parts, &body);
    match parts.status {
        StatusCode::NOT_FOUND | StatusCode::GONE => UploadError::Gone(Box::new(error)).into(),
        _ => error.into(),
    }
}

/// The value of `nextExpectedRanges`, which mailboxes of some clouds write with a capital letter;
/// none if the body does not have it. A value that is neither a text nor a list of texts is an
/// error.
fn expected(body: &[u8]) -> Result<Option<Vec<String>>, String> {
    let Ok(Json::Object(members)) = serde_json::from_slice(without_mark(body)) else { return Ok(None) };
    let ranges = members.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("nextExpectedRanges"));
    match ranges.map(|(_, ranges)| ranges) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(range)) => Ok(Some(vec![range])),
        Some(ranges) => {
            let shown: String = ranges.to_string().chars().take(40).collect();
            serde_json::from_value(ranges).map(Some).map_err(|_| shown)
        }
    }
}

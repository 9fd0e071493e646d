//! What an answer of an upload's address means for what is still to be sent.

use std::time::Duration;

use http::header::LOCATION;
use http::{Response, StatusCode};

use super::error::UploadError;
use super::ranges::Missing;
use super::{Decode, Uploaded};
use crate::{Error, Json, ServiceError};

/// What comes next.
pub(super) enum Step<R> {
    Done(Uploaded<R>),
    Missing(Missing),
    /// To be asked what is missing, after this long if the service says so; or the error, when it
    /// was tried often enough.
    Again(Option<Duration>, Error),
}

impl<R> Step<R> {
    /// Reads the answer to a piece that ended at `sent`, or, without one, to the question what is
    /// missing.
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
                // The bytes were there already.
                (StatusCode::RANGE_NOT_SATISFIABLE, Some(_)) => Ok(Self::Again(Some(Duration::ZERO), error)),
                (StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT, _) => {
                    Ok(Self::Again(error.retry_after(), error))
                }
                _ if status.is_server_error() => Ok(Self::Again(error.retry_after(), error)),
                _ => Err(error),
            };
        }
        match (expected(response.body()), sent) {
            // Mailboxes answer 200 to each piece; nothing expected is the end there.
            (Some(ranges), _) if sent.is_none() || status == StatusCode::ACCEPTED || !ranges.is_empty() => {
                Missing::expected(total, &ranges).map(Self::Missing).map_err(|text| UploadError::Ranges { text }.into())
            }
            // Taken, without a word on what is missing: what comes behind it.
            (None, Some(end)) if status == StatusCode::ACCEPTED => Ok(Self::Missing(Missing::from(end, total))),
            _ => done(response, decode).map(Self::Done),
        }
    }
}

/// What was made of the upload.
pub(super) fn done<R>(response: Response<Vec<u8>>, decode: Decode<R>) -> Result<Uploaded<R>, Error> {
    let (parts, body) = response.into_parts();
    let location = parts.headers.get(LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Ok(Uploaded { item: decode(&parts, &body)?, location })
}

/// The service's error.
pub(super) fn failure(response: Response<Vec<u8>>) -> Error {
    let (parts, body) = response.into_parts();
    let error = ServiceError::read(&parts, &body);
    match parts.status {
        StatusCode::NOT_FOUND | StatusCode::GONE => UploadError::Gone(Box::new(error)).into(),
        _ => error.into(),
    }
}

/// `nextExpectedRanges`, which mailboxes of some clouds write with a capital letter.
fn expected(body: &[u8]) -> Option<Vec<String>> {
    let Ok(Json::Object(members)) = serde_json::from_slice(body) else { return None };
    let (_, ranges) = members.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("nextExpectedRanges"))?;
    serde_json::from_value(ranges).ok()
}

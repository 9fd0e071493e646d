//! The answer 202: an operation that goes on.

use std::time::Duration;

use http::header::LOCATION;
use http::response::Parts;

use crate::Error;
use crate::retry_after::retry_after;

/// The service goes on by itself (202): where to ask how it goes, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted {
    /// `Location`: where to ask. None where the service does not say.
    pub location: Option<String>,
    /// `Retry-After`: how long to wait before asking.
    pub retry_after: Option<Duration>,
}

impl Accepted {
    /// Reads the head of an answer.
    ///
    /// # Errors
    /// None yet.
    pub(crate) fn read(head: &Parts, _: &[u8]) -> Result<Self, Error> {
        let location = head.headers.get(LOCATION).and_then(|value| value.to_str().ok());
        Ok(Self { location: location.map(str::to_owned), retry_after: retry_after(&head.headers) })
    }
}

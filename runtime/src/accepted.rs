//! The response 202 (Accepted): a long-running operation that continues after it.

use std::time::Duration;

use http::header::LOCATION;
use http::response::Parts;

use crate::Error;
use crate::retry_after::retry_after;

/// The headers of a 202 response: the address of the status monitor and the time to wait before the
/// first request to it (OData Protocol 4.01, section 9.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted {
    /// The header `Location`: the address of the status monitor. None if the response does not have
    /// the header.
    pub location: Option<String>,
    /// The header `Retry-After`: the time to wait before the first request to the status monitor.
    pub retry_after: Option<Duration>,
}

impl Accepted {
    /// Reads the headers of a response.
    ///
    /// # Errors
    /// None yet.
    pub(crate) fn read(head: &Parts, _: &[u8]) -> Result<Self, Error> {
        let location = head.headers.get(LOCATION).and_then(|value| value.to_str().ok());
        Ok(Self { location: location.map(str::to_owned), retry_after: retry_after(&head.headers) })
    }
}

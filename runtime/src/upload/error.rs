//! Errors that occur only with uploads.

use std::{fmt, io};

use crate::ServiceError;

/// An upload cannot be started or continued.
#[derive(Debug)]
#[non_exhaustive]
pub enum UploadError {
    /// The session has no `uploadUrl`.
    NoUrl,
    /// The source is empty, but an upload session needs at least one byte. An empty file is created
    /// by sending its content in one request.
    Empty,
    /// The source returned an error, or fewer bytes than requested.
    Source(io::Error),
    /// The service expects a range that does not exist.
    Ranges {
        /// A range of its `nextExpectedRanges`.
        text: String,
    },
    /// The service was asked for the ranges that it expects, and its response has none.
    NoRanges(
        /// The response: `the response (200 OK) to GET https://contoso.sharepoint.com`.
        Box<str>,
    ),
    /// The same bytes were sent repeatedly, but the service still expects them.
    Stuck {
        /// The number of missing bytes.
        missing: u64,
        /// The number of attempts.
        tries: u32,
    },
    /// The service no longer has the session: it has expired, was cancelled, or was complete
    /// already.
    Gone(Box<ServiceError>),
}

impl fmt::Display for UploadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUrl => f.write_str("the upload session has no `uploadUrl`: create it first, without `$select`"),
            Self::Empty => f.write_str("there is nothing to upload: an upload session needs at least one byte; send the content of an empty file at once"),
            Self::Source(_) => f.write_str("what is to be uploaded cannot be read"),
            Self::Ranges { text } => write!(f, "the service expects the bytes {text:?}, which there are not"),
            Self::NoRanges(response) => write!(f, "{response} does not say which bytes of the upload are missing: it has no `nextExpectedRanges`"),
            Self::Stuck { missing, tries } => {
                write!(f, "the upload does not get on: {missing} bytes are missing still after {tries} tries")
            }
            Self::Gone(error) => {
                write!(f, "the service does not know the upload session: it has expired, was cancelled, or everything had arrived; look for the file, or begin anew: {error}")
            }
        }
    }
}

impl std::error::Error for UploadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Source(error) => Some(error),
            Self::Gone(error) => Some(error),
            _ => None,
        }
    }
}

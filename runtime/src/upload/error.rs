//! What can go wrong with an upload, beside what can go wrong with any request.

use std::{fmt, io};

use crate::ServiceError;

/// An upload cannot begin or go on.
#[derive(Debug)]
#[non_exhaustive]
pub enum UploadError {
    /// The session has no `uploadUrl`.
    NoUrl,
    /// There is nothing to upload: sessions are for at least one byte. An empty file is made by
    /// sending its content in one request.
    Empty,
    /// The source gave an error, or fewer bytes than asked for.
    Source(io::Error),
    /// The service expects something that cannot be sent.
    Ranges {
        /// A range of its `nextExpectedRanges`.
        text: String,
    },
    /// Nothing more arrives, however often it is sent.
    Stuck {
        /// How many bytes are missing.
        missing: u64,
        /// How often the service took a piece and expects it again.
        tries: u32,
    },
    /// The service no longer knows the session: it has expired, was cancelled, or all of it had
    /// arrived.
    Gone(Box<ServiceError>),
}

impl fmt::Display for UploadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUrl => f.write_str("the upload session has no `uploadUrl`: create it first, without `$select`"),
            Self::Empty => f.write_str("there is nothing to upload: an upload session needs at least one byte; send the content of an empty file at once"),
            Self::Source(_) => f.write_str("what is to be uploaded cannot be read"),
            Self::Ranges { text } => write!(f, "the service expects the bytes {text:?}, which there are not"),
            Self::Stuck { missing, tries } => {
                write!(f, "the upload does not get on: {missing} bytes are missing still after {tries} tries")
            }
            Self::Gone(_) => {
                f.write_str("the service does not know the upload session: it has expired, was cancelled, or everything had arrived; look for the file, or begin anew")
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

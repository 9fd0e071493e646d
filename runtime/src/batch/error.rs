//! What can go wrong with a batch, beside what can go wrong with any request.

use std::fmt;

/// A batch, or one of its steps, cannot be sent or was not answered.
#[derive(Debug)]
#[non_exhaustive]
pub enum BatchError {
    /// The step belongs to another batch.
    OtherBatch,
    /// The request does not go to the service that the batch goes to.
    OtherService {
        /// Where the batch goes.
        service: String,
    },
    /// The step's headers or body cannot stand in a batch's document.
    Unwritable(serde_json::Error),
    /// The service's answer is no answer to a batch.
    Unreadable(serde_json::Error),
    /// The step was not sent yet.
    NotSent,
    /// The service answered other steps of the batch, but not this one.
    NotAnswered,
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherBatch => f.write_str("the step belongs to another batch"),
            Self::OtherService { service } => {
                write!(f, "the request does not go to {service}, as the batch does: send it by itself")
            }
            Self::Unwritable(_) => f.write_str("a step cannot be written into a batch"),
            Self::Unreadable(_) => f.write_str("the response is not that of a batch"),
            Self::NotSent => f.write_str("the step was not sent yet: call `send` first"),
            Self::NotAnswered => f.write_str("the service answered the batch, but not this step"),
        }
    }
}

impl std::error::Error for BatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unwritable(error) | Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}

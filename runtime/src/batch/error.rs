//! Errors that occur only with batches.

use std::fmt;

/// A batch or one of its steps cannot be sent, or has no response.
#[derive(Debug)]
#[non_exhaustive]
pub enum BatchError {
    /// The service has no batches.
    Unsupported,
    /// The step was added to another batch.
    OtherBatch,
    /// Other steps were added after those of the group, which have to be adjacent.
    GroupEnded,
    /// The group has as many steps as one batch can have.
    GroupTooLarge {
        /// The maximum number of steps in one batch.
        limit: usize,
    },
    /// The request is for another service than the batch.
    OtherService {
        /// The service root of the batch.
        service: String,
    },
    /// The step's headers or body cannot be written into the request body of a batch.
    Unwritable(serde_json::Error),
    /// The step was not sent yet.
    NotSent,
    /// The response to the batch has no response for this step.
    NoResponse,
    /// The response to the batch has several responses for this step.
    SeveralResponses,
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported => f.write_str("the service has no batches: send the request by itself"),
            Self::OtherBatch => f.write_str("the step belongs to another batch"),
            Self::GroupEnded => f.write_str("other steps were added after those of the group: add its steps in one go"),
            Self::GroupTooLarge { limit } => write!(
                f,
                "the group has {limit} steps, which is all that one batch can have, and in two it would not be carried out as a whole: divide it, or raise the protocol's `batch_limit` if the service accepts more"
            ),
            Self::OtherService { service } => {
                write!(f, "the request does not go to {service}, as the batch does: send it by itself")
            }
            Self::Unwritable(_) => f.write_str("a step cannot be written into a batch"),
            Self::NotSent => f.write_str("the step was not sent yet: call `send` first"),
            Self::NoResponse => f.write_str("the service answered the batch, but not this step"),
            Self::SeveralResponses => f.write_str("the service answered this step of the batch more than once"),
        }
    }
}

impl std::error::Error for BatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unwritable(error) => Some(error),
            _ => None,
        }
    }
}

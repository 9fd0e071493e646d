//! The errors of requests and responses.

mod decode;
mod excerpt;
mod service;

use std::fmt;
use std::time::Duration;

use http::{StatusCode, Uri};

use crate::BoxError;
use crate::origin::{self, Origin};
use crate::{BatchError, LinkError, Resync, UploadError, monitor};

pub use decode::DecodeError;
pub(crate) use service::ids;
pub use service::{ErrorDetail, ServiceError};

/// The reason why a request has no response of its type.
///
/// No error shows a token or the query of a URL.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request cannot be built from the given values.
    Request(Box<str>),
    /// The client has no transport and can only make requests as values.
    Offline,
    /// A URL, such as a link in a response, leads away from the service. The request is not sent,
    /// so its token is not disclosed.
    Foreign {
        /// The kind of URL, and the response that has it: `the next link of the response (200 OK)
        /// to GET https://graph.microsoft.com/v1.0/me`.
        what: Box<str>,
        /// The origin or address of the URL.
        url: Box<str>,
        /// The origin of the service.
        service: Box<str>,
    },
    /// The source of tokens returned an error.
    Token(BoxError),
    /// There was no connection, no response, or only a part of it.
    Transport {
        /// The failed step: `GET https://graph.microsoft.com/v1.0/me could not be sent`.
        what: Box<str>,
        /// The error of the transport.
        source: BoxError,
    },
    /// The call took longer than its limit ([`Client::with_timeout`](crate::Client::with_timeout)).
    Timeout {
        /// The request: `GET https://graph.microsoft.com/v1.0/me`.
        what: Box<str>,
        /// The time limit.
        limit: Duration,
    },
    /// The service responded with an error.
    Service(Box<ServiceError>),
    /// The response is a success, but its body is not as documented.
    Decode(Box<DecodeError>),
    /// The body of the response is larger than the limit of the client.
    TooLarge {
        /// The response: `the response (200 OK) to GET https://graph.microsoft.com/v1.0/me`.
        what: Box<str>,
        /// The limit in bytes.
        largest: u64,
    },
    /// The service sent an address that cannot be followed, or a chain of links that does not end.
    Link(LinkError),
    /// The service no longer knows the state of a delta link.
    Resync(Box<Resync>),
    /// The error of a batch or of one of its steps.
    Batch(BatchError),
    /// The error of an upload session.
    Upload(UploadError),
    /// A long-running operation failed.
    Operation(Box<monitor::Failed>),
    /// A long-running operation took longer than the caller wanted to wait.
    Unfinished,
}

impl Error {
    /// The error that the service sent, if it sent one.
    pub fn service(&self) -> Option<&ServiceError> {
        match self {
            Self::Service(error) | Self::Upload(UploadError::Gone(error)) => Some(error),
            Self::Resync(resync) => Some(resync.error()),
            _ => None,
        }
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Decode(error) => Some(error.status()),
            error => error.service().map(ServiceError::status),
        }
    }

    /// The time the service asks to wait before the next attempt.
    pub fn retry_after(&self) -> Option<Duration> {
        self.service().and_then(ServiceError::retry_after)
    }

    pub(crate) fn invalid(why: impl Into<Box<str>>) -> Self {
        Self::Request(why.into())
    }

    pub(crate) fn foreign(what: &str, url: &Uri, service: &Origin) -> Self {
        let url = Origin::of(url).map_or_else(|| origin::shown(url), |origin| origin.to_string());
        Self::Foreign { what: what.into(), url: url.into(), service: service.to_string().into() }
    }

    pub(crate) fn interrupted(response: &str, source: BoxError) -> Self {
        Self::Transport { what: format!("{response} breaks off").into(), source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(why) => write!(f, "the request cannot be made: {why}"),
            Self::Offline => f.write_str(
                "the client is offline: it makes requests and reads responses; to send, make one with a transport",
            ),
            Self::Foreign { what, url, service } => write!(
                f,
                "{what} leads to {url}, not to the service at {service}: the request was not sent, so that its token stays secret"
            ),
            Self::Token(_) => f.write_str("there is no token for the request"),
            Self::Transport { what, .. } => f.write_str(what),
            Self::Timeout { what, limit } => write!(
                f,
                "{what} takes longer than {} s, the limit of the client or the request: stream the response, or set another (`timeout`)",
                limit.as_secs_f64()
            ),
            Self::Service(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::TooLarge { what, largest } => write!(
                f,
                "{what} has more than {largest} bytes: stream it, select fewer properties, or let the client take more (`Client::with_largest`)"
            ),
            Self::Link(error) => error.fmt(f),
            Self::Resync(resync) => resync.fmt(f),
            Self::Batch(error) => error.fmt(f),
            Self::Upload(error) => error.fmt(f),
            Self::Operation(failed) => failed.fmt(f),
            Self::Unfinished => {
                f.write_str("the operation takes longer than it was waited for: wait for it again, or for longer")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Token(source) | Self::Transport { source, .. } => Some(&**source),
            Self::Decode(error) => error.source(),
            Self::Resync(resync) => resync.source(),
            Self::Batch(error) => error.source(),
            Self::Upload(error) => error.source(),
            _ => None,
        }
    }
}

impl From<ServiceError> for Error {
    fn from(error: ServiceError) -> Self {
        Self::Service(Box::new(error))
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Box::new(error))
    }
}

macro_rules! from {
    ($($variant:ident($error:ty))*) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        }
    )*};
}

from!(Link(LinkError) Batch(BatchError) Upload(UploadError));

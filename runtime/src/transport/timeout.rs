//! The time that is left for a call.

use std::time::{Duration, Instant};

use crate::deadline;

/// The time limit of a call. It is an extension of the request. A client enforces the limit itself;
/// a transport whose futures block the thread has to do it.
#[derive(Clone, Copy, Debug)]
pub struct Timeout {
    end: Instant,
    streamed: bool,
}

impl Timeout {
    /// A limit that includes the last byte of the response.
    pub(crate) fn whole(limit: Duration) -> Self {
        Self { end: Instant::now() + limit.min(deadline::LONGEST), streamed: false }
    }

    /// A limit that ends with the headers of the response.
    pub(crate) fn streamed(limit: Duration) -> Self {
        Self { streamed: true, ..Self::whole(limit) }
    }

    /// The time that is left.
    pub fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    /// Returns true if the caller reads the body as a stream: the limit ends with the headers of
    /// the response, and does not include its body.
    pub fn is_streamed(&self) -> bool {
        self.streamed
    }
}

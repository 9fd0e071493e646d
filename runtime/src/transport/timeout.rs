//! The time that is left for a call.

use std::time::{Duration, Instant};

/// The time limit of a call. It is an extension of the request. A client enforces the limit itself;
/// a transport whose futures block the thread has to do it, from the connection to the last byte of
/// the response.
#[derive(Clone, Copy, Debug)]
pub struct Timeout(Instant);

impl Timeout {
    pub(crate) fn new(limit: Duration) -> Self {
        // A clock has a latest time. A limit of more than a year is reduced to one that is within
        // it.
        const FAR: Duration = Duration::from_secs(60 * 60 * 24 * 365);
        Self(Instant::now() + limit.min(FAR))
    }

    /// The time that is left.
    pub fn left(&self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

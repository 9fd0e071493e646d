//! What is left of the time that a call may take.

use std::time::{Duration, Instant};

/// How long a call may take, among the extensions of its request. A client ends a call by itself; a
/// transport whose futures block the thread has to see to it, from the connection to the last byte
/// of the answer.
#[derive(Clone, Copy, Debug)]
pub struct Timeout(Instant);

impl Timeout {
    pub(crate) fn new(limit: Duration) -> Self {
        // So far that it makes no difference, where a clock cannot go further.
        const FAR: Duration = Duration::from_secs(60 * 60 * 24 * 365);
        Self(Instant::now() + limit.min(FAR))
    }

    /// What is left of it.
    pub fn left(&self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

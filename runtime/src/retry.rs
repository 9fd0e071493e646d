//! Asking again when the service is too busy.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

use http::{Method, Response, StatusCode};

use crate::retry_after::retry_after;

/// The first wait where the service does not say how long; each one after it is twice as long.
const FIRST: Duration = Duration::from_secs(1);

/// When a client sends a request again: after 429, 503 and 504, as the service says in
/// `Retry-After`, a few times, and not for ever.
///
/// A service that answers 429, or 503 with `Retry-After`, has not carried the request out: any may
/// be sent again. After 504, and after 503 without a word, nobody knows: only what makes no
/// difference when it is repeated is sent again (GET, PUT, DELETE; RFC 9110, section 9.2.2), and
/// what says so ([`Request::repeatable`](crate::Request::repeatable)). Where the service wants a
/// longer wait than what is left of the total, its answer is given to the caller at once.
///
/// It holds for every transport, and for each request that does not have one of its own:
///
/// ```
/// use std::time::Duration;
/// use edmark_runtime::{Client, Retry};
/// # fn example(client: Client, request: edmark_runtime::Request<()>) {
/// let patient = client.with_retry(Retry::default().attempts(10).total_wait(Duration::from_secs(600)));
/// let hasty = request.retry(Retry::never());
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    total: Duration,
    any_method: bool,
}

impl Default for Retry {
    /// At most 5 attempts and 2 minutes of waiting.
    fn default() -> Self {
        Self { attempts: 5, total: Duration::from_secs(120), any_method: false }
    }
}

impl Retry {
    /// Never.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// At most so many attempts, the first one included. Otherwise 5.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// At most so long a wait, all attempts of a request together. Otherwise 2 minutes.
    #[must_use]
    pub fn total_wait(mut self, total: Duration) -> Self {
        self.total = total;
        self
    }

    /// Whatever the method, also where nobody knows if the request was carried out: something may
    /// be created twice.
    #[must_use]
    pub fn any_method(mut self) -> Self {
        self.any_method = true;
        self
    }
}

/// The attempts at one request.
pub(crate) struct Attempts {
    retry: Retry,
    repeatable: bool,
    tried: u32,
    waited: Duration,
}

impl Attempts {
    /// None yet. `repeatable` says that a request makes no difference when it is repeated, although
    /// its method does not.
    pub(crate) fn new(retry: Retry, method: &Method, repeatable: bool) -> Self {
        let repeatable = repeatable || retry.any_method || method.is_idempotent();
        Self { retry, repeatable, tried: 0, waited: Duration::ZERO }
    }

    /// The number of the attempt at hand, from 1.
    pub(crate) fn number(&self) -> u32 {
        self.tried + 1
    }

    /// How long to wait before the next attempt; none where this answer counts.
    pub(crate) fn wait<B>(&mut self, answer: &Response<B>) -> Option<Duration> {
        let asked = retry_after(answer.headers());
        let again = match answer.status() {
            StatusCode::TOO_MANY_REQUESTS => true,
            StatusCode::SERVICE_UNAVAILABLE => self.repeatable || asked.is_some(),
            StatusCode::GATEWAY_TIMEOUT => self.repeatable,
            _ => false,
        };
        self.tried += 1;
        if !again || self.tried >= self.retry.attempts {
            return None;
        }
        let wait = asked.unwrap_or_else(|| backoff(self.tried));
        self.waited = self.waited.checked_add(wait).filter(|waited| *waited <= self.retry.total)?;
        Some(wait)
    }
}

/// Twice as long each time, less up to a half by chance: clients that were turned away together
/// should not come back together.
fn backoff(tried: u32) -> Duration {
    let longest = FIRST.saturating_mul(1 << (tried - 1).min(16));
    let chance = RandomState::new().hash_one(tried) as u32;
    longest.mul_f64(1.0 - f64::from(chance) / f64::from(u32::MAX) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_without_a_word_grow() {
        let busy = Response::builder().status(503).body(()).unwrap();
        let retry = Retry::default().attempts(6).total_wait(Duration::from_secs(600));
        let mut attempts = Attempts::new(retry, &Method::GET, false);
        let waits: Vec<_> = std::iter::from_fn(|| attempts.wait(&busy)).collect();
        assert_eq!(waits.len(), 5);
        for (index, wait) in waits.iter().enumerate() {
            let longest = Duration::from_secs(1 << index);
            assert!(*wait <= longest && *wait >= longest / 2, "{waits:?}");
        }
    }
}

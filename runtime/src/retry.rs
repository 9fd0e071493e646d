//! Retries of requests to a busy service.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

use http::{Method, Response, StatusCode};

use crate::retry_after::retry_after;

/// The first wait if the response has no `Retry-After`; each later one is twice as long.
const FIRST: Duration = Duration::from_secs(1);

/// The rules by which a client sends a request again after 429, 503 and 504. It waits as long as
/// `Retry-After` says, and limits the number of attempts and the sum of the waits.
///
/// A response 429, or 503 with `Retry-After`, means that the request was not executed, so every
/// request may be sent again. A 504, or a 503 without `Retry-After`, leaves that open, so only
/// idempotent requests are sent again (GET, PUT, DELETE; RFC 9110, section 9.2.2), and those marked
/// as such ([`Request::repeatable`](crate::Request::repeatable)). If the service asks for a longer
/// wait than is left, also of the time limit of the call
/// ([`Client::with_timeout`](crate::Client::with_timeout)), its response is returned to the caller
/// at once.
///
/// The rules apply to every transport, to the steps of a [`Batch`](crate::Batch), and to each
/// request that has no rules of its own:
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
    /// No retries.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the maximum number of attempts, including the first. The default is 5.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the maximum sum of the waits for one request. The default is 2 minutes.
    #[must_use]
    pub fn total_wait(mut self, total: Duration) -> Self {
        self.total = total;
        self
    }

    /// Retries requests with any method, even if they may have been executed already: an entity may
    /// be created twice.
    #[must_use]
    pub fn any_method(mut self) -> Self {
        self.any_method = true;
        self
    }

    /// The maximum number of attempts, including the first.
    pub(crate) fn most_attempts(&self) -> u32 {
        self.attempts
    }

    /// The maximum sum of the waits.
    pub(crate) fn longest_wait(&self) -> Duration {
        self.total
    }

    /// Returns true if a request may be sent again although it may have been executed already.
    /// `marked` is true if its sender said so.
    pub(crate) fn is_repeatable(&self, method: &Method, marked: bool) -> bool {
        marked || self.any_method || method.is_idempotent()
    }
}

/// Returns true if a request may be sent again after a response with this status. `asked` is the
/// wait of its `Retry-After`.
pub(crate) fn is_worth_repeating(status: StatusCode, asked: Option<Duration>, repeatable: bool) -> bool {
    match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::SERVICE_UNAVAILABLE => repeatable || asked.is_some(),
        StatusCode::GATEWAY_TIMEOUT => repeatable,
        _ => false,
    }
}

/// The attempts to send one request.
pub(crate) struct Attempts {
    retry: Retry,
    repeatable: bool,
    tried: u32,
    waited: Duration,
}

impl Attempts {
    /// Starts with no attempt made. `marked` is true if the request is idempotent although its
    /// method is not.
    pub(crate) fn new(retry: Retry, method: &Method, marked: bool) -> Self {
        let repeatable = retry.is_repeatable(method, marked);
        Self { retry, repeatable, tried: 0, waited: Duration::ZERO }
    }

    /// The number of the current attempt, from 1.
    pub(crate) fn number(&self) -> u32 {
        self.tried + 1
    }

    /// The time to wait before the next attempt; none if this response is final.
    pub(crate) fn wait<B>(&mut self, response: &Response<B>) -> Option<Duration> {
        let asked = retry_after(response.headers());
        let again = is_worth_repeating(response.status(), asked, self.repeatable);
        self.tried += 1;
        if !again || self.tried >= self.retry.attempts {
            return None;
        }
        let wait = asked.unwrap_or_else(|| backoff(self.tried));
        self.waited = self.waited.checked_add(wait).filter(|waited| *waited <= self.retry.total)?;
        Some(wait)
    }
}

/// Doubles the wait each time and shortens it by a random part of up to one half, so that clients
/// that were rejected at the same time do not return at the same time.
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

//! Asking again when the service is too busy.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

use http::{Request, Response, StatusCode};

use crate::retry_after::retry_after;

/// The first wait where the service does not say how long; each one after it is twice as long.
const FIRST: Duration = Duration::from_secs(1);

/// When to send a request again: after 429, 503 and 504, as the service says in `Retry-After`, a few times, and not for ever.
///
/// Only requests whose method makes no difference when it is repeated (GET, PUT, DELETE; RFC 9110, section 9.2.2), or that say so
/// ([`Request::repeatable`](crate::Request::repeatable)). Where the service wants a longer wait than what is left of the total, its answer is given
/// to the caller at once.
///
/// With the feature `tower` it is a policy for tower's retry layer, which the bundled transport consists of:
///
/// ```
/// use std::time::Duration;
/// use edmark_runtime::Retry;
/// let patient = Retry::default().attempts(10).total_wait(Duration::from_secs(600));
/// # #[cfg(feature = "tower")]
/// let layer = tower::retry::RetryLayer::new(patient);
/// ```
#[derive(Clone, Debug)]
pub struct Retry {
    attempts: u32,
    total: Duration,
    any_method: bool,
    /// Of the request at hand.
    tried: u32,
    waited: Duration,
}

/// Among the extensions of a request: it may be sent again, whatever its method.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Repeatable;

impl Default for Retry {
    /// At most 5 attempts and 2 minutes of waiting.
    fn default() -> Self {
        Self { attempts: 5, total: Duration::from_secs(120), any_method: false, tried: 0, waited: Duration::ZERO }
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

    /// Whatever the method. The service should not have done anything when it answers 429 or 503, but a gateway that answers 504 cannot know: something
    /// may be created twice.
    #[must_use]
    pub fn any_method(mut self) -> Self {
        self.any_method = true;
        self
    }

    /// Whether a request may be sent again at all. For transports, as is [`wait`](Self::wait).
    pub fn allows<B>(&self, request: &Request<B>) -> bool {
        self.attempts > 1
            && (self.any_method
                || request.method().is_idempotent()
                || request.extensions().get::<Repeatable>().is_some())
    }

    /// How long to wait before the next attempt at a request that [may be sent again](Self::allows); none where this answer counts.
    ///
    /// It keeps count: every request takes a clone.
    pub fn wait<B>(&mut self, answer: &Response<B>) -> Option<Duration> {
        let busy = matches!(
            answer.status(),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
        );
        self.tried += 1;
        if !busy || self.tried >= self.attempts {
            return None;
        }
        let wait = retry_after(answer.headers()).unwrap_or_else(|| backoff(self.tried));
        self.waited = self.waited.checked_add(wait).filter(|waited| *waited <= self.total)?;
        Some(wait)
    }
}

/// Twice as long each time, less up to a half by chance: clients that were turned away together should not come back together.
fn backoff(tried: u32) -> Duration {
    let longest = FIRST.saturating_mul(1 << (tried - 1).min(16));
    let chance = RandomState::new().hash_one(tried) as u32;
    longest.mul_f64(1.0 - f64::from(chance) / f64::from(u32::MAX) / 2.0)
}

#[cfg(feature = "tower")]
impl<B, C: Clone, E> tower::retry::Policy<http::Request<C>, http::Response<B>, E> for Retry {
    type Future = crate::BoxFuture<'static, ()>;

    fn retry(&mut self, _: &mut http::Request<C>, result: &mut Result<http::Response<B>, E>) -> Option<Self::Future> {
        let answer = result.as_ref().ok()?;
        self.wait(answer).map(crate::transport::tower::sleep)
    }

    fn clone_request(&mut self, request: &http::Request<C>) -> Option<http::Request<C>> {
        self.allows(request).then(|| request.clone())
    }
}

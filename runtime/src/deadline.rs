//! The time limit of a call.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant};

use futures_timer::Delay;

use crate::Error;

/// The default time limit of a call, including all its attempts and the last byte of a response
/// that is read into memory.
pub(crate) const USUAL: Duration = Duration::from_secs(300);

/// The longest wait: a year. The end of a longer one, such as `Duration::MAX`, may lie beyond the
/// latest time of a clock.
pub(crate) const LONGEST: Duration = Duration::from_secs(60 * 60 * 24 * 365);

/// Runs a future, and returns an error if it takes longer than the limit. `about` describes the
/// request for the error.
///
/// All timers share one thread of the process, so no runtime is needed.
pub(crate) async fn within<T>(
    limit: Option<Duration>,
    about: impl Fn() -> String,
    future: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let Some(limit) = limit else { return future.await };
    let begun = Instant::now();
    let timeout = || Error::Timeout { what: about().into(), limit };
    let (mut future, mut delay) = (pin!(future), None);
    poll_fn(|context| {
        match future.as_mut().poll(context) {
            // A blocking transport has noticed the limit by itself and reports it as its own error.
            Poll::Ready(Err(Error::Transport { .. })) if begun.elapsed() >= limit => {
                return Poll::Ready(Err(timeout()));
            }
            Poll::Ready(result) => return Poll::Ready(result),
            Poll::Pending => {}
        }
        let delay = delay.get_or_insert_with(|| Delay::new(limit.min(LONGEST).saturating_sub(begun.elapsed())));
        Pin::new(delay).poll(context).map(|()| Err(timeout()))
    })
    .await
}

//! A limit to how long a call may take.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant};

use futures_timer::Delay;

use crate::Error;

/// How long a call may take, unless told otherwise: with all its attempts, and until the last byte
/// of an answer that is read into memory.
pub(crate) const USUAL: Duration = Duration::from_secs(300);

/// Gives what a future gives, or an error where it takes longer. `about` says of what.
///
/// The timer is one thread for the whole process, so that no runtime is needed.
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
            // A transport that blocks has seen the end by itself.
            Poll::Ready(Err(Error::Transport { .. })) if begun.elapsed() >= limit => {
                return Poll::Ready(Err(timeout()));
            }
            Poll::Ready(result) => return Poll::Ready(result),
            Poll::Pending => {}
        }
        let delay = delay.get_or_insert_with(|| Delay::new(limit.saturating_sub(begun.elapsed())));
        Pin::new(delay).poll(context).map(|()| Err(timeout()))
    })
    .await
}

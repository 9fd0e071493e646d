//! Streams without a stream library: a state, and an async function that takes the next item from
//! it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::Error;

type Pending<S> = Pin<Box<dyn Future<Output = (S, Result<Option<<S as Advance>::Item>, Error>)> + Send>>;

/// A source of items, one after the other.
pub(crate) trait Advance: Sized + Send + 'static {
    type Item;
    /// The next item, or none at the end. It is not called again after the end or an error.
    fn advance(&mut self) -> impl Future<Output = Result<Option<Self::Item>, Error>> + Send;
}

/// The items of an [`Advance`] as a stream, which ends with the first error.
pub(crate) struct Unfold<S: Advance> {
    state: Option<S>,
    pending: Option<Pending<S>>,
    ended: bool,
}

impl<S: Advance> Unfold<S> {
    pub(crate) fn new(state: S) -> Self {
        Self { state: Some(state), pending: None, ended: false }
    }
}

// No field is pinned in place, because the future is boxed.
impl<S: Advance> Unpin for Unfold<S> {}

impl<S: Advance> Stream for Unfold<S> {
    type Item = Result<S::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        if let Some(mut state) = self.state.take() {
            self.pending = Some(Box::pin(async move {
                let item = state.advance().await;
                (state, item)
            }));
        }
        let Some(pending) = &mut self.pending else { return Poll::Ready(None) };
        let (state, item) = ready!(pending.as_mut().poll(context));
        self.pending = None;
        self.state = Some(state);
        self.ended = !matches!(item, Ok(Some(_)));
        Poll::Ready(item.transpose())
    }
}

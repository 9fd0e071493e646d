//! Blocking calls, for programs without an asynchronous runtime.

use std::future::{Future, poll_fn};
use std::pin::Pin;

use futures_core::Stream;

use crate::{Changes, Items, ItemsOf, Page, Pages, Structured, Value};

/// Blocks the thread until a future is ready: that of a request, of the next page of a stream, of
/// an upload.
///
/// This is for clients with the transport [`Ureq`](crate::transport::Ureq), whose futures need no
/// runtime. Those of the bundled asynchronous transport need tokio, and are errors outside of it.
///
/// ```
/// assert_eq!(edmark_runtime::block_on(async { 5 }), 5);
/// ```
pub fn block_on<F: Future>(future: F) -> F::Output {
    pollster::block_on(future)
}

/// The items of a stream as an iterator that blocks the thread until the next one is there.
///
/// ```no_run
/// # use edmark_runtime::{Json, ListRequest};
/// # fn example(users: ListRequest<Json>) -> Result<(), edmark_runtime::Error> {
/// for user in users.items().blocking() {
///     println!("{}", user?);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Blocking<'a, S>(&'a mut S);

impl<S: Stream + Unpin> Iterator for Blocking<'_, S> {
    type Item = S::Item;
    fn next(&mut self) -> Option<S::Item> {
        block_on(poll_fn(|context| Pin::new(&mut *self.0).poll_next(context)))
    }
}

impl<P: Page> Pages<P> {
    /// The pages as a blocking iterator: see [`block_on`].
    pub fn blocking(&mut self) -> Blocking<'_, Self> {
        Blocking(self)
    }
}

impl<T> Items<T> {
    /// The items as a blocking iterator: see [`block_on`].
    pub fn blocking(&mut self) -> Blocking<'_, Self> {
        Blocking(self)
    }
}

impl<B: Structured, D: Structured + Value> ItemsOf<B, D> {
    /// The items as a blocking iterator: see [`block_on`].
    pub fn blocking(&mut self) -> Blocking<'_, Self> {
        Blocking(self)
    }
}

impl<T> Changes<T> {
    /// The changes as a blocking iterator: see [`block_on`].
    pub fn blocking(&mut self) -> Blocking<'_, Self> {
        Blocking(self)
    }
}

//! Waiting without an asynchronous runtime.

use std::future::{Future, poll_fn};
use std::pin::Pin;

use futures_core::Stream;

use crate::{Changes, Items, ItemsOf, Page, Pages, Structured, Value};

/// Blocks the thread until a future is done: of a request, of the next page of a stream, of an
/// upload.
///
/// For clients whose transport is [`Ureq`](crate::transport::Ureq), whose futures need no runtime.
/// Those of the bundled asynchronous transport do: they panic outside of tokio.
///
/// ```
/// assert_eq!(edmark_runtime::block_on(async { 5 }), 5);
/// ```
pub fn block_on<F: Future>(future: F) -> F::Output {
    pollster::block_on(future)
}

/// The items of a stream, one after the other, blocking the thread until each is there.
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
    /// The pages as an iterator that blocks: see [`block_on`].
    pub fn blocking(&mut self) -> Blocking<'_, Self> {
        Blocking(self)
    }
}

impl<T> Items<T> {
    /// The items as an iterator that blocks: see [`block_on`].
    pub fn blocking(&mut self) -> Blocking<'_, Self> {
        Blocking(self)
    }
}

impl<B: Structured, D: Structured + Value> ItemsOf<B, D> {
    /// The items as an iterator that blocks: see [`block_on`].
    pub fn blocking(&mut self) -> Blocking<'_, Self> {
        Blocking(self)
    }
}

impl<T> Changes<T> {
    /// The changes as an iterator that blocks: see [`block_on`].
    pub fn blocking(&mut self) -> Blocking<'_, Self> {
        Blocking(self)
    }
}

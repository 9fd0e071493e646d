//! Waiting without an asynchronous runtime.

use std::future::Future;

/// Blocks the thread until a future is done: of a request, of the next page of a stream, of an upload.
///
/// For clients whose transport is [`Ureq`](crate::transport::Ureq), whose futures need no runtime. Those of the bundled asynchronous transport do: they
/// panic outside of tokio.
///
/// ```
/// assert_eq!(edmark_runtime::block_on(async { 5 }), 5);
/// ```
pub fn block_on<F: Future>(future: F) -> F::Output {
    pollster::block_on(future)
}

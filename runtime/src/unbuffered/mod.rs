//! The items of collections whose pages are not held in memory.

mod split;

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, future, vec};

use bytes::Bytes;
use futures_core::Stream;
use http::response::Parts;

use crate::link::LinkError;
use crate::pages::{EMPTY, Follow};
use crate::unfold::{Advance, Unfold};
use crate::{Collection, Content, Error, ListRequest};

use split::Splitter;

/// The maximum number of bytes whose items are read at a time. A transport may return a whole page
/// as one chunk.
const PART: usize = 64 << 10;

impl<I: 'static, T> ListRequest<I, T> {
    /// Requests all items of the collection like [`items`](Self::items), and reads them while their
    /// page arrives: only some kilobytes of a page and a few items are in memory at a time. This is
    /// for services whose pages have many megabytes.
    ///
    /// Errors are found later: items are returned before it is known if the remainder of their page
    /// arrives and is well-formed. As for downloads, the time limit of the call ends with the
    /// headers of each page, and the size of a page is not limited. An index in a decoding error
    /// counts from the first item that was read together with the wrong one.
    ///
    /// ```no_run
    /// # use edmark_runtime::{Json, ListRequest};
    /// # async fn example(users: ListRequest<Json>) -> Result<(), edmark_runtime::Error> {
    /// let mut users = users.items_unbuffered();
    /// while let Some(user) = users.try_next().await? {
    ///     // …
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items_unbuffered(self) -> UnbufferedItems<I> {
        let parts = ReadParts { follow: Follow::new(self.plain()), page: None, empty: 0 };
        UnbufferedItems { parts: Unfold::new(parts), items: Vec::new().into_iter() }
    }
}

/// The items of a collection, read while their pages arrive: a [`Stream`], and
/// [`try_next`](Self::try_next) for use without a stream library. See
/// [`items_unbuffered`](ListRequest::items_unbuffered).
///
/// The stream ends like that of [`Items`](crate::Items).
#[must_use = "a stream does nothing until it is polled"]
pub struct UnbufferedItems<T: 'static> {
    parts: Unfold<ReadParts<T>>,
    items: vec::IntoIter<T>,
}

impl<T> UnbufferedItems<T> {
    /// The next item; none at the end, and after an error.
    ///
    /// # Errors
    /// Those of [`Items::try_next`](crate::Items::try_next).
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<T> Unpin for UnbufferedItems<T> {}

impl<T> Stream for UnbufferedItems<T> {
    type Item = Result<T, Error>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.parts).poll_next(context)) {
                Some(Ok(items)) => self.items = items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for UnbufferedItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnbufferedItems(..)")
    }
}

/// Reads page after page, part by part.
struct ReadParts<T: 'static> {
    follow: Follow<Collection<T>>,
    page: Option<ArrivingPage>,
    /// The number of consecutive pages without items.
    empty: usize,
}

/// A page whose remainder may not have arrived.
struct ArrivingPage {
    head: Parts,
    content: Content,
    /// What has arrived and was not read.
    chunk: Bytes,
    splitter: Splitter,
}

impl<T: 'static> Advance for ReadParts<T> {
    type Item = Vec<T>;
    async fn advance(&mut self) -> Result<Option<Vec<T>>, Error> {
        loop {
            let Some(page) = &mut self.page else {
                let Some(request) = self.follow.next()? else { return Ok(None) };
                let (head, content) = request.content().await?.into_parts();
                self.page = Some(ArrivingPage { head, content, chunk: Bytes::new(), splitter: Splitter::default() });
                continue;
            };
            if page.chunk.is_empty() {
                match page.content.chunk().await {
                    Some(chunk) => page.chunk = chunk?,
                    None => return self.end().map(Some),
                }
            }
            page.splitter.add(&page.chunk.split_to(page.chunk.len().min(PART)));
            if let Some(document) = page.splitter.take() {
                let items = self.follow.decode(&page.head, &document)?.value;
                self.empty = 0;
                return Ok(Some(items));
            }
        }
    }
}

impl<T> ReadParts<T> {
    /// Reads what remains of the page, which may still be items: of a page that spells the name of
    /// the array with escapes.
    fn end(&mut self) -> Result<Vec<T>, Error> {
        let Some(page) = self.page.take() else { return Ok(Vec::new()) };
        let rest = self.follow.decode(&page.head, &page.splitter.around())?;
        self.follow.turn(&rest, &page.head);
        self.empty += 1;
        if self.empty > EMPTY {
            return Err(LinkError::TooMany { what: "empty pages".into(), limit: EMPTY }.into());
        }
        Ok(rest.value)
    }
}

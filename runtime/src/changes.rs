//! Rounds of a delta query: each returns the changes since the round before (OData Protocol 4.01,
//! section 11.3).

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, future};

use futures_core::Stream;
use http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::link::LinkError;
use crate::pages::{Flat, Pages};
use crate::{Change, Delta, DeltaRequest, Error, ServiceError};

const DELTA_LINK: &str = "the delta link";

/// The link with which the next round of a delta query begins. Keep it between runs: it is a text,
/// and is serialized as one.
///
/// It holds the state of the query, including its `$select`. The service forgets it after some days
/// or weeks: see [`Error::Resync`].
///
/// ```
/// use edmark_runtime::DeltaLink;
/// let link = DeltaLink::new("https://graph.microsoft.com/v1.0/users/delta?$deltatoken=x");
/// let kept = serde_json::to_string(&link)?;
/// assert_eq!(serde_json::from_str::<DeltaLink>(&kept)?, link);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeltaLink(String);

impl DeltaLink {
    /// Creates a link from a text that was kept.
    pub fn new(link: impl Into<String>) -> Self {
        Self(link.into())
    }

    /// The text of the link, to be kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DeltaLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for DeltaLink {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DeltaLink {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

/// The service no longer knows the state of a [`DeltaLink`] (410), so everything has to be read
/// again.
///
/// Items that were deleted since are not reported with `@removed` in the new round: they are simply
/// missing from it.
#[derive(Clone, Debug)]
pub struct Resync {
    start: Option<DeltaLink>,
    error: ServiceError,
}

impl Resync {
    /// The link with which to begin again, if the service sent one; otherwise, begin with
    /// [`DeltaRequest::changes`](crate::Request::changes).
    pub fn start(&self) -> Option<&DeltaLink> {
        self.start.as_ref()
    }

    /// The error that the service sent. Its code tells how to treat differences:
    /// `resyncChangesApplyDifferences` (the state of the service is right) or
    /// `resyncChangesUploadDifferences` (both states are to be merged).
    pub fn error(&self) -> &ServiceError {
        &self.error
    }
}

impl fmt::Display for Resync {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service has forgotten the delta link, read everything anew: {}", self.error)
    }
}

impl std::error::Error for Resync {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl<I: 'static, T> DeltaRequest<I, T> {
    /// Begins the first round, which returns all items.
    ///
    /// ```no_run
    /// # use edmark_runtime::{Change, DeltaLink, DeltaRequest, Json};
    /// # async fn example(users: DeltaRequest<Json>, kept: Option<DeltaLink>) -> Result<(), edmark_runtime::Error> {
    /// let mut changes = match &kept {
    ///     None => users.changes(),
    ///     Some(link) => users.changes_since(link),
    /// };
    /// while let Some(change) = changes.try_next().await? {
    ///     match change {
    ///         Change::Item(user) => { /* new, or changed */ }
    ///         Change::Removed(user) => { /* gone */ }
    ///     }
    /// }
    /// let kept = changes.link(); // for the next round
    /// # Ok(())
    /// # }
    /// ```
    pub fn changes(self) -> Changes<I> {
        Changes::new(Pages::new(self.plain()))
    }

    /// Begins a later round, which returns the changes since another one.
    ///
    /// The query options are those of the first round, as the link contains them. Headers, such as
    /// those of [`prefer`](crate::Request::prefer), are taken from this request.
    pub fn changes_since(self, link: &DeltaLink) -> Changes<I> {
        Changes::new(Pages::starting_at(self.plain(), DELTA_LINK, link.as_str()))
    }
}

/// The changes of one round: a [`Stream`], and [`try_next`](Self::try_next) for use without a
/// stream library.
#[must_use = "a stream does nothing until it is polled"]
pub struct Changes<T: 'static> {
    changes: Flat<Delta<T>>,
    link: Option<DeltaLink>,
    ended: bool,
}

impl<T> Changes<T> {
    fn new(pages: Pages<Delta<T>>) -> Self {
        Self { changes: Flat::new(pages), link: None, ended: false }
    }

    /// The next change; none at the end, and after an error.
    ///
    /// # Errors
    /// Those of [`Pages::try_next`]; [`Error::Resync`] when the service no longer knows the round
    /// that this one follows, and [`Error::Link`] when the last page has no delta link.
    pub async fn try_next(&mut self) -> Result<Option<Change<T>>, Error> {
        future::poll_fn(|context| self.poll(context)).await.transpose()
    }

    /// The link with which the next round begins. It is there from the last page on; keep it after
    /// all changes have been processed.
    pub fn link(&self) -> Option<&DeltaLink> {
        self.link.as_ref()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Change<T>, Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let link = &mut self.link;
        let change =
            ready!(self.changes.poll_with(context, |page| *link = page.delta_link.as_deref().map(DeltaLink::new)));
        self.ended = !matches!(change, Some(Ok(_)));
        Poll::Ready(match change {
            // An error, since a caller without a delta link would read everything again in the next
            // round.
            None if self.link.is_none() => Some(Err(LinkError::Missing { what: DELTA_LINK.into() }.into())),
            Some(Err(error)) => Some(Err(resync(error))),
            change => change,
        })
    }
}

fn resync(error: Error) -> Error {
    match error {
        Error::Service(error) if error.status() == StatusCode::GONE => {
            Error::Resync(Box::new(Resync { start: error.location().map(DeltaLink::new), error: *error }))
        }
        error => error,
    }
}

impl<T> Unpin for Changes<T> {}

impl<T> Stream for Changes<T> {
    type Item = Result<Change<T>, Error>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for Changes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").field("link", &self.link).finish_non_exhaustive()
    }
}

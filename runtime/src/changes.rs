//! Rounds of a delta query: what has changed since the last time (OData Protocol 4.01, section
//! 11.3).

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

/// Where the next round of a delta query begins. Keep it between runs: it is a text, and is written
/// and read as one.
///
/// It holds the state of the query, its `$select` included. The service forgets it after some days
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
    /// A link that was kept.
    pub fn new(link: impl Into<String>) -> Self {
        Self(link.into())
    }

    /// The link, to be kept.
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

/// The service no longer knows what has changed since a [`DeltaLink`] (410): everything has to be
/// read anew.
///
/// What is no longer there has no `@removed` then: it is what the new round does not mention.
#[derive(Clone, Debug)]
pub struct Resync {
    start: Option<DeltaLink>,
    error: ServiceError,
}

impl Resync {
    /// Where to begin instead, if the service says so; otherwise, begin with
    /// [`DeltaRequest::changes`](crate::Request::changes).
    pub fn start(&self) -> Option<&DeltaLink> {
        self.start.as_ref()
    }

    /// What the service said. Its code tells how to treat what differs:
    /// `resyncChangesApplyDifferences` (the service is right) or `resyncChangesUploadDifferences`
    /// (the two are to be merged).
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
    /// The first round: everything that there is.
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

    /// A later round: what has changed since another one.
    ///
    /// The link has the options of the first round; headers, such as those of
    /// [`prefer`](crate::Request::prefer), are this request's.
    pub fn changes_since(self, link: &DeltaLink) -> Changes<I> {
        Changes::new(Pages::starting_at(self.plain(), DELTA_LINK, link.as_str()))
    }
}

/// The changes of one round: a [`Stream`], and [`try_next`](Self::try_next) for those who have no
/// library of streams.
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

    /// Where the next round begins. There from the last page on; keep it when all changes have been
    /// taken.
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
            // Without it, the next round would silently be the first one again.
            None if self.link.is_none() => Some(Err(LinkError::Missing { what: DELTA_LINK }.into())),
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

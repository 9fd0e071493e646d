//! Headers that only Microsoft Graph knows.

use crate::Request;
use crate::query::Listing;

/// Headers of requests to Microsoft Graph. A program that sends them imports the trait:
///
/// ```
/// use edmark_runtime::graph::GraphHeaders as _;
/// # use edmark_runtime::{At, Client, Json, Method, Request, response};
/// # let at = At::root(Client::offline("https://graph.microsoft.com/v1.0"));
/// # let events: Request<Json> = Request::new(Method::Get, at.segment("me").segment("events"), response::json);
/// let request = events.prefer_time_zone("Europe/Berlin").prefer_text_body().http()?;
/// assert_eq!(
///     request.headers()["prefer"],
///     "outlook.timezone=\"Europe/Berlin\", outlook.body-content-type=\"text\""
/// );
/// # Ok::<_, edmark_runtime::Error>(())
/// ```
pub trait GraphHeaders: sealed::Sealed + Sized {
    /// The query options of the request.
    type Options;

    /// Accepts data that may be slightly outdated (`ConsistencyLevel: eventual`). The directory
    /// requires this for advanced filters, such as `endswith`, `ne` and `not`, together with
    /// [`count`](Request::count).
    #[must_use]
    fn eventual(self) -> Self
    where
        Self::Options: Listing;

    /// Asks for the times of events in this time zone, given by its Windows or IANA name
    /// (`outlook.timezone`).
    #[must_use]
    fn prefer_time_zone(self, name: &str) -> Self;

    /// Asks for bodies of messages and events as plain text (`outlook.body-content-type`).
    #[must_use]
    fn prefer_text_body(self) -> Self;

    /// Asks for bodies of messages and events as HTML (`outlook.body-content-type`).
    #[must_use]
    fn prefer_html_body(self) -> Self;

    /// Asks for ids of mail, events and contacts that do not change when an item is moved
    /// (`IdType`).
    #[must_use]
    fn prefer_immutable_ids(self) -> Self;
}

impl<R, O> GraphHeaders for Request<R, O> {
    type Options = O;

    fn eventual(self) -> Self
    where
        O: Listing,
    {
        self.header("consistencylevel", "eventual")
    }

    fn prefer_time_zone(self, name: &str) -> Self {
        self.prefer(&format!("outlook.timezone=\"{}\"", quoted(name)))
    }

    fn prefer_text_body(self) -> Self {
        self.prefer("outlook.body-content-type=\"text\"")
    }

    fn prefer_html_body(self) -> Self {
        self.prefer("outlook.body-content-type=\"html\"")
    }

    fn prefer_immutable_ids(self) -> Self {
        self.prefer("IdType=\"ImmutableId\"")
    }
}

/// Escapes a text for a quoted string (RFC 9110, section 5.6.4).
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

mod sealed {
    pub trait Sealed {}
    impl<R, O> Sealed for crate::Request<R, O> {}
}

//! Preferences (`Prefer`): those of OData, and those of Graph's mail and calendar.

use serde::de::DeserializeOwned;

use super::Target;
use crate::{Decode, Json, Request, Untyped, response};

/// What an answer holds that may be nothing.
pub trait Lenient: Sized {
    /// The value, or nothing; what may be nothing already, and what is nothing anyway, stays as it
    /// is.
    type Optional;
    /// What reads it, by what reads an answer that must be there.
    fn optional(decode: Decode<Self>) -> Decode<Self::Optional>;
}

impl<T: Target + DeserializeOwned> Lenient for T {
    type Optional = Option<T>;
    fn optional(_: Decode<Self>) -> Decode<Option<T>> {
        response::optional
    }
}

macro_rules! documents {
    ($($type:ty)*) => {$(
        impl Lenient for $type {
            type Optional = Option<Self>;
            fn optional(_: Decode<Self>) -> Decode<Option<Self>> {
                response::optional
            }
        }
    )*};
}

documents!(Json Untyped);

impl<T> Lenient for Option<T> {
    type Optional = Self;
    fn optional(decode: Decode<Self>) -> Decode<Self> {
        decode
    }
}

impl Lenient for () {
    type Optional = Self;
    fn optional(decode: Decode<Self>) -> Decode<Self> {
        decode
    }
}

impl<R, O> Request<R, O> {
    /// The changed entity is not wanted (`return=minimal`; OData Protocol 4.01, section 8.2.8.7):
    /// the answer may be nothing.
    pub fn prefer_minimal(self) -> Request<R::Optional, O>
    where
        R: Lenient,
    {
        self.prefer("return=minimal").optional()
    }

    /// The answer may be nothing: a null, or what the service leaves out (204).
    ///
    /// ```
    /// # use edmark_runtime::{At, Client, Json, Method, Request, answer};
    /// # let at = At::root(Client::offline("https://zoo.example/v4"));
    /// let keeper: Request<Json> = Request::new(Method::Get, at.segment("Animals").key(17).segment("Keeper"), response::json);
    /// let none: Option<Json> = keeper.optional().decode(http::Response::builder().status(204).body("")?)?;
    /// assert_eq!(none, None);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn optional(self) -> Request<R::Optional, O>
    where
        R: Lenient,
    {
        self.decoded_by(R::optional)
    }

    /// The changed entity is wanted (`return=representation`).
    pub fn prefer_representation(self) -> Self {
        self.prefer("return=representation")
    }

    /// At most so many items a page (`odata.maxpagesize`).
    pub fn prefer_page_size(self, items: u32) -> Self {
        self.prefer(&format!("odata.maxpagesize={items}"))
    }

    /// Times of events in this time zone, by its name in Windows or the IANA's
    /// (`outlook.timezone`).
    pub fn prefer_time_zone(self, name: &str) -> Self {
        self.prefer(&format!("outlook.timezone=\"{}\"", quoted(name)))
    }

    /// Bodies of messages and events as plain text (`outlook.body-content-type`).
    pub fn prefer_text_body(self) -> Self {
        self.prefer("outlook.body-content-type=\"text\"")
    }

    /// Bodies of messages and events as HTML (`outlook.body-content-type`).
    pub fn prefer_html_body(self) -> Self {
        self.prefer("outlook.body-content-type=\"html\"")
    }

    /// Ids of mail, events and contacts that do not change when an item moves (`IdType`).
    pub fn prefer_immutable_ids(self) -> Self {
        self.prefer("IdType=\"ImmutableId\"")
    }
}

/// The text of a quoted string (RFC 9110, section 5.6.4).
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

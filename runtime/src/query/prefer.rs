//! Preferences (the header `Prefer`): those of OData, and those of Graph's mail and calendar.

use serde::de::DeserializeOwned;

use super::Target;
use crate::{Decode, Json, Request, Untyped, response};

/// The type of a response that may be absent or null.
#[doc(hidden)]
pub trait Lenient: Sized {
    /// The value or none. Types that can represent an absent value already stay as they are.
    type Optional;
    /// The function that reads an optional value, given the one that reads a required value.
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
    /// Asks the service not to return the changed entity (`return=minimal`; OData Protocol 4.01,
    /// section 8.2.8.7), so the response may have no value.
    pub fn prefer_minimal(self) -> Request<R::Optional, O>
    where
        R: Lenient,
    {
        self.prefer("return=minimal").optional()
    }

    /// Allows a response without a value: a null, or no content (204).
    ///
    /// ```
    /// # use edmark_runtime::{At, Client, Json, Method, Request, response};
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

    /// Asks the service to return the changed entity (`return=representation`).
    pub fn prefer_representation(self) -> Self {
        self.prefer("return=representation")
    }

    /// Asks for at most this number of items on each page (`odata.maxpagesize`).
    pub fn prefer_page_size(self, items: u32) -> Self {
        self.prefer(&format!("odata.maxpagesize={items}"))
    }

    /// Asks for the times of events in this time zone, given by its Windows or IANA name
    /// (`outlook.timezone`).
    pub fn prefer_time_zone(self, name: &str) -> Self {
        self.prefer(&format!("outlook.timezone=\"{}\"", quoted(name)))
    }

    /// Asks for bodies of messages and events as plain text (`outlook.body-content-type`).
    pub fn prefer_text_body(self) -> Self {
        self.prefer("outlook.body-content-type=\"text\"")
    }

    /// Asks for bodies of messages and events as HTML (`outlook.body-content-type`).
    pub fn prefer_html_body(self) -> Self {
        self.prefer("outlook.body-content-type=\"html\"")
    }

    /// Asks for ids of mail, events and contacts that do not change when an item is moved
    /// (`IdType`).
    pub fn prefer_immutable_ids(self) -> Self {
        self.prefer("IdType=\"ImmutableId\"")
    }
}

/// Escapes a text for a quoted string (RFC 9110, section 5.6.4).
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

//! The preferences of OData (the header `Prefer`).

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
}

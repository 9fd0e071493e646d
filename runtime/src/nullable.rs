//! Paths that may lead to no entity.

use std::ops::Deref;

use serde::de::DeserializeOwned;

use crate::{At, OneEntity, ReadRequest, response};

/// The request builder of a path that may lead to no entity: a navigation property or a singleton
/// that may be null (CSDL 4.01, sections 8.3 and 13.3). The response of reading it is then 204
/// (OData Protocol 4.01, section 11.2.7), so [`get`](Self::get) results in an `Option`. Everything
/// else is that of the builder `B` of the entity's type, which is shared with paths that always
/// lead to an entity.
#[derive(Clone, Debug)]
pub struct Nullable<B>(B);

impl<B> Nullable<B> {
    /// The builder of a path that may lead to no entity.
    #[doc(hidden)]
    pub fn new(builder: B) -> Self {
        Self(builder)
    }

    /// Reads the entity, or `None` if there is none.
    ///
    /// ```
    /// # use edmark_runtime::{At, Client, Json, Method, Nullable, ReadRequest, Request, ReadsOne, response};
    /// # struct Keepers(At);
    /// # impl ReadsOne for Keepers {
    /// #     type Entity = Json;
    /// #     type Properties = Json;
    /// #     fn read(&self) -> ReadRequest<Json> { Request::new(Method::Get, self.0.clone(), response::json) }
    /// # }
    /// # let at = At::root(Client::offline("https://zoo.example/v4"));
    /// # let keeper = Nullable::new(Keepers(at.segment("Animals").key(17).segment("Keeper")));
    /// let none: Option<Json> = keeper.get().decode(http::Response::builder().status(204).body("")?)?;
    /// assert_eq!(none, None);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn get(&self) -> ReadRequest<Option<B::Entity>, B::Properties>
    where
        B: ReadsOne,
    {
        self.0.read().decoded_by(|_| response::optional)
    }
}

impl<B> Deref for Nullable<B> {
    type Target = B;

    fn deref(&self) -> &B {
        &self.0
    }
}

impl<B: AsRef<At>> AsRef<At> for Nullable<B> {
    fn as_ref(&self) -> &At {
        self.0.as_ref()
    }
}

impl<B: OneEntity> OneEntity for Nullable<B> {}

/// A request builder that reads one entity. Generated for those that a [`Nullable`] path leads to.
pub trait ReadsOne {
    /// The type of the entity.
    type Entity: DeserializeOwned;
    /// The type with its properties, for query options.
    type Properties;

    /// The request that reads the entity.
    fn read(&self) -> ReadRequest<Self::Entity, Self::Properties>;
}

//! Requests of one property of an entity or of a complex value.

use std::fmt;
use std::marker::PhantomData;

use http::response::Parts;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    At, CountRequest, Error, ListRequest, Method, Property, ReadRequest, Request, Single, Slot, Update, Value,
    ValueFor, View, response, wire,
};

/// A request builder that leads to an entity, each of whose properties has requests of its own
/// (OData Protocol 4.01, sections 11.2.4 and 11.4.9).
///
/// ```
/// use edmark_runtime::Properties as _;
/// # use edmark_runtime::{At, Client, Properties, Property};
/// # struct Person;
/// # struct City;
/// # impl Person {
/// #     const NAME: Property<Person, String> = Property::new("Name");
/// #     const CITY: Property<Person, City> = Property::new("City");
/// # }
/// # impl City { const REGION: Property<City, String> = Property::new("Region"); }
/// # struct PersonRequests(At);
/// # impl AsRef<At> for PersonRequests { fn as_ref(&self) -> &At { &self.0 } }
/// # impl Properties for PersonRequests { type Of = Person; type Access = edmark_runtime::Writable; }
/// # let person = PersonRequests(At::root(Client::offline("https://trips.example")).segment("People").segment("ada"));
/// let name = person.property(Person::NAME);
/// assert_eq!(name.get().to_string(), "GET /People/ada/Name");
/// assert_eq!(name.set("Ada").to_string(), "PUT /People/ada/Name");
/// let region = person.property(Person::CITY).property(City::REGION);
/// assert_eq!(region.value().to_string(), "GET /People/ada/City/Region/$value");
/// ```
pub trait Properties: AsRef<At> {
    /// The type that has the properties.
    type Of;
    /// [`Writable`], or [`ReadOnly`] if the entity cannot be changed here.
    type Access;

    /// The requests of one property.
    fn property<V>(&self, property: Property<Self::Of, V>) -> PropertyRequests<V, Self::Access> {
        PropertyRequests::new(self.as_ref().segment(property.name()))
    }
}

/// The access to properties of entities that can be changed.
#[derive(Clone, Copy, Debug)]
pub enum Writable {}

/// The access to properties of entities that can only be read (`UpdateRestrictions`; OData
/// Vocabulary Capabilities).
#[derive(Clone, Copy, Debug)]
pub enum ReadOnly {}

/// Requests of a property with values of the type `V`, which does not have to be read or written
/// with the whole entity: see [`Properties::property`].
pub struct PropertyRequests<V, Access = Writable> {
    at: At,
    marker: PhantomData<fn(Access) -> V>,
}

impl<V, Access> PropertyRequests<V, Access> {
    fn new(at: At) -> Self {
        Self { at, marker: PhantomData }
    }

    /// The requests of a property of this complex value (OData URL Conventions 4.01, section 4.6).
    pub fn property<W>(&self, property: Property<V, W>) -> PropertyRequests<W, Access> {
        PropertyRequests::new(self.at.segment(property.name()))
    }

    /// Reads the value as plain text, without JSON around it (OData Protocol 4.01, section
    /// 11.2.4.1). A null value is an empty text.
    pub fn value(&self) -> Request<String> {
        Request::new(Method::Get, self.at.segment("$value"), response::text)
    }

    /// Reads the bytes of an `Edm.Binary` (OData Protocol 4.01, section 11.2.4.1).
    pub fn bytes(&self) -> Request<Vec<u8>> {
        Request::new(Method::Get, self.at.segment("$value"), response::bytes)
    }
}

impl<V> PropertyRequests<V, Writable> {
    /// Sets the property to null; a value that is not nullable is set to its default (OData
    /// Protocol 4.01, section 11.4.9.2).
    pub fn clear(&self) -> Request<()> {
        Request::new(Method::Delete, self.at.clone(), response::nothing)
    }

    /// Changes properties of a complex value, and leaves its other properties unchanged (OData
    /// Protocol 4.01, section 11.4.9.3).
    pub fn update(&self, changes: &Update<V>) -> Request<()> {
        Request::new(Method::Patch, self.at.clone(), response::nothing).json(changes)
    }
}

impl<V: Value, Access> PropertyRequests<V, Access> {
    /// Reads the property: `None` if it is null (OData Protocol 4.01, section 11.2.4).
    ///
    /// ```
    /// # use edmark_runtime::{At, Client, Properties, Property};
    /// # struct Person;
    /// # const AGE: Property<Person, i64> = Property::new("Age");
    /// # struct PersonRequests(At);
    /// # impl AsRef<At> for PersonRequests { fn as_ref(&self) -> &At { &self.0 } }
    /// # impl Properties for PersonRequests { type Of = Person; type Access = edmark_runtime::Writable; }
    /// # let person = PersonRequests(At::root(Client::offline("https://trips.example")).segment("Me"));
    /// let request = person.property(AGE).get();
    /// let age = request.decode(http::Response::builder().body(r#"{"value": 36}"#)?)?;
    /// assert_eq!(age, Some(36));
    /// let none = request.decode(http::Response::builder().status(204).body("")?)?;
    /// assert_eq!(none, None);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn get(&self) -> ReadRequest<Option<V>, V> {
        Request::new(Method::Get, self.at.clone(), read)
    }
}

impl<V: Value> PropertyRequests<V, Writable> {
    /// Sets the property; a complex value or a collection is replaced as a whole (OData Protocol
    /// 4.01, sections 11.4.9.1, 11.4.9.3 and 11.4.9.4).
    pub fn set(&self, value: impl ValueFor<V>) -> Request<()> {
        written(Request::new(Method::Put, self.at.clone(), response::nothing), value.into_value())
    }
}

/// A property whose value is a collection.
impl<V: Value, Access> PropertyRequests<Vec<V>, Access> {
    /// Lists the items, page by page.
    pub fn list(&self) -> ListRequest<V>
    where
        V: DeserializeOwned,
    {
        Request::new(Method::Get, self.at.clone(), response::json)
    }

    /// Counts the items (OData Protocol 4.01, section 11.2.10).
    pub fn count(&self) -> CountRequest<V> {
        Request::new(Method::Get, self.at.segment("$count"), response::count)
    }
}

impl<V: Value> PropertyRequests<Vec<V>, Writable> {
    /// Adds an item, where the service supports it (OData Protocol 4.01, section 11.4.9.4).
    pub fn add(&self, item: impl ValueFor<V>) -> Request<()> {
        written(Request::new(Method::Post, self.at.clone(), response::nothing), item.into_value())
    }
}

impl<V, Access> Clone for PropertyRequests<V, Access> {
    fn clone(&self) -> Self {
        Self::new(self.at.clone())
    }
}

impl<V, Access> fmt::Debug for PropertyRequests<V, Access> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PropertyRequests").field(&self.at.path().as_str()).finish()
    }
}

impl<V, Access> AsRef<At> for PropertyRequests<V, Access> {
    fn as_ref(&self) -> &At {
        &self.at
    }
}

/// A structured value is the whole document; any other stands in its member `value` (OData JSON
/// 4.01, section 11).
fn read<V: Value>(head: &Parts, body: &[u8]) -> Result<Option<V>, Error> {
    if matches!(V::blank().slot(), Slot::Object(_)) {
        return Ok(response::optional::<Document<V>>(head, body)?.map(|document| document.0));
    }
    Ok(response::single(head, body)?.value)
}

fn written<V: Value>(request: Request<()>, value: V) -> Request<()> {
    if matches!(value.view(), View::Object(_)) {
        return request.json(&Document(value));
    }
    request.json(&Single { value: Some(value), ..Single::default() })
}

/// A value that is a whole JSON document.
struct Document<V>(V);

impl<V: Value> Serialize for Document<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::write_value(&self.0, serializer)
    }
}

impl<'de, V: Value> Deserialize<'de> for Document<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        wire::read_value(deserializer).map(Self)
    }
}

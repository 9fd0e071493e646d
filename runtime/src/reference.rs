//! References to entities: the bodies of `$ref` requests.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::At;

/// A reference to an existing entity: `{"@odata.id": "…"}` (OData JSON 4.01, section 14).
///
/// ```
/// use edmark_runtime::{At, Client, Reference};
/// let at = At::root(Client::offline("https://graph.microsoft.com/v1.0")).segment("directoryObjects").key("17");
/// assert_eq!(
///     serde_json::to_string(&Reference::to(&at))?,
///     r#"{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/17"}"#
/// );
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference(String);

impl Reference {
    /// A reference to the entity at this address.
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// A reference to the entity that a request builder addresses.
    pub fn to(place: &impl OneEntity) -> Self {
        Self(place.as_ref().url())
    }

    /// The address.
    pub fn url(&self) -> &str {
        &self.0
    }
}

/// A request builder that leads to one entity, so that it can stand for it: in a [`Reference`], or
/// bound to a navigation property. All builders are an [`At`] (`AsRef`); those of collections and
/// of operations are no entities.
#[diagnostic::on_unimplemented(
    message = "`{Self}` leads to no single entity",
    label = "an entity is referred to here",
    note = "a collection leads on to its entities by their keys: `graph.users().id(\"…\")`; any other place can be given as an `At`: `place.as_ref()`"
)]
pub trait OneEntity: AsRef<At> {}

impl OneEntity for At {}

impl<T: OneEntity + ?Sized> OneEntity for &T {}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("@odata.id", &self.0)?;
        map.end()
    }
}

//! Responses with one value that is not an entity.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::kind::Object;
use crate::{Additional, Members, Slot, Structured, TypeInfo, Value, wire};

/// One value in the envelope of a response: `{"value": 12}` (OData JSON 4.01, section 11).
///
/// ```
/// use edmark_runtime::Single;
/// let response: Single<bool> = serde_json::from_str(r#"{"@odata.context": "https://x/$metadata#Edm.Boolean", "value": true}"#)?;
/// assert_eq!(response.value, Some(true));
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Single<T> {
    /// The value; none if it is null.
    pub value: Option<T>,
    /// All other members: `@odata.context` and others.
    pub additional: Additional,
}

impl<T> Default for Single<T> {
    fn default() -> Self {
        Self { value: None, additional: Additional::new() }
    }
}

impl<T: Value> Structured for Single<T> {
    fn type_info(&self) -> &'static TypeInfo {
        static INFO: TypeInfo = TypeInfo::new("Single", "value");
        &INFO
    }
    fn offer<'a>(&'a self, members: &mut dyn Members<'a>) {
        self.value.offer(0, members);
    }
    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => self.value.slot(),
            _ => Slot::None,
        }
    }
    fn additional(&self) -> &Additional {
        &self.additional
    }
    fn additional_mut(&mut self) -> &mut Additional {
        &mut self.additional
    }
}

impl<T: Value> Value for Single<T> {
    type Kind = Object;
}

impl<T: Value> Serialize for Single<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::write(self, serializer)
    }
}

impl<'de, T: Value> Deserialize<'de> for Single<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        wire::read_envelope(deserializer)
    }
}

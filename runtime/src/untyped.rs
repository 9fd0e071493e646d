//! Values of types that are not documented.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Json, Structured};

/// A value that is kept as JSON because no page describes its declared type.
///
/// ```
/// use edmark_runtime::Untyped;
/// let value: Untyped = serde_json::from_str(r##"{"@odata.type": "#microsoft.graph.robot", "arms": 2}"##)?;
/// assert_eq!(value.odata_type(), Some("#microsoft.graph.robot"));
/// assert_eq!(value.get("arms").and_then(|arms| arms.as_u64()), Some(2));
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Untyped(Json);

impl Untyped {
    /// `@odata.type`, if the value is an object that has one.
    pub fn odata_type(&self) -> Option<&str> {
        self.get("@odata.type")?.as_str()
    }

    /// A member of the object; none if the value is not an object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.get(name)
    }

    /// The value.
    pub fn as_json(&self) -> &Json {
        &self.0
    }

    /// The value.
    pub fn into_json(self) -> Json {
        self.0
    }

    /// Returns true if `@odata.type` names this type, or one that derives from it.
    pub fn is<T: Structured + Default>(&self) -> bool {
        self.odata_type().is_some_and(|tag| T::default().type_info().includes(tag))
    }

    /// Reads the value as a documented type.
    ///
    /// # Errors
    /// If `@odata.type` names another type ([`read_as`](Self::read_as) does not check it), or if
    /// the value is not of this type.
    pub fn downcast<T: Structured + Default + DeserializeOwned>(&self) -> Result<T, DowncastError> {
        match self.odata_type() {
            Some(tag) if !self.is::<T>() => {
                Err(DowncastError::OtherType { wanted: T::default().type_info().name(), found: tag.into() })
            }
            _ => self.read_as(),
        }
    }

    /// Reads the value as any type, including a base type of its own type, or a collection.
    ///
    /// # Errors
    /// If the value is not of this type.
    pub fn read_as<T: DeserializeOwned>(&self) -> Result<T, DowncastError> {
        T::deserialize(&self.0).map_err(DowncastError::Json)
    }
}

/// The reason why an [`Untyped`] cannot be read as a type.
#[derive(Debug)]
#[non_exhaustive]
pub enum DowncastError {
    /// `@odata.type` names another type.
    OtherType {
        /// The qualified name of the requested type.
        wanted: &'static str,
        /// The `@odata.type` of the value.
        found: Box<str>,
    },
    /// The JSON does not fit the type.
    Json(serde_json::Error),
}

impl fmt::Display for DowncastError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherType { wanted, found } => {
                write!(f, "the value is a {found}, not a #{wanted}")
            }
            Self::Json(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for DowncastError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::OtherType { .. } => None,
            Self::Json(error) => error.source(),
        }
    }
}

impl From<Json> for Untyped {
    fn from(value: Json) -> Self {
        Self(value)
    }
}

impl From<Untyped> for Json {
    fn from(value: Untyped) -> Self {
        value.0
    }
}

impl Serialize for Untyped {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Untyped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Json::deserialize(deserializer).map(Self)
    }
}

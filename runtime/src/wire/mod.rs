//! The one reader and the one writer of all structured types, and their `Debug`.
//!
//! Rules (OData JSON 4.01; sections in brackets):
//!
//! - A property that is `None` is left out. One that was read as null is written as null, unless it has a value by now.
//! - Unknown members and control information go to [`Additional`](crate::Additional) and back, those with an `@` before the properties,
//!   so that a reader who streams sees `@odata.type` first (section 4.4).
//! - A member that occurs twice counts with its last value.
//! - A value that a generated type cannot hold is an error that says where it is and what was expected:
//!   `value[3].owner.id: invalid type: integer `5`, expected a string at line 9 column 20`. Errors of the format itself (a missing bracket,
//!   an early end, nesting beyond serde_json's 128) stay as the format made them.
//! - A null in a collection whose elements cannot be null loses nothing: the whole member stays in `additional` as JSON, and the property is `None`.
//! - Nesting beyond 128 levels is an error, whatever the format allows: no input overflows the stack.
//! - `Edm.Int64` is a number or a string of digits; `NaN`, `INF` and `-INF` are strings (section 7.1).

mod carry;
mod debug;
mod members;
mod order;
mod path;
mod read;
mod variant;
mod write;

use std::fmt;

use serde::{Deserializer, Serializer};

use crate::{Json, Structured, Value};

pub(crate) use carry::to_json;
pub(crate) use write::Written;

/// The control information that names a value's type (OData JSON 4.01, section 4.6.3).
const TAG: &str = "@odata.type";

/// Reads a structured value. What `Deserialize` of a generated struct calls.
///
/// # Errors
/// When the input is not an object of this type, or cannot be read at all.
pub fn read<'de, T: Structured + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::default();
    read::read_into(crate::Slot::Object(&mut value), deserializer)?;
    Ok(value)
}

/// Reads any value. What `Deserialize` of a generated enum calls.
///
/// # Errors
/// When the input is not a value of this type, or cannot be read at all.
pub fn read_value<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    read::read_into(value.slot(), deserializer)?;
    Ok(value)
}

/// Writes a structured value. What `Serialize` of a generated struct calls.
///
/// # Errors
/// Only those of the serialiser.
pub fn write<S: Serializer>(value: &dyn Structured, serializer: S) -> Result<S::Ok, S::Error> {
    write::write_members(value, None, serializer)
}

/// Writes any value. What `Serialize` of a generated enum calls.
///
/// # Errors
/// Only those of the serialiser.
pub fn write_value<T: Value, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    write::write_view(value.view(), serializer)
}

/// Formats a structured value: its type's short name and the properties that are set.
///
/// # Errors
/// Only those of the formatter.
pub fn debug(value: &dyn Structured, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug::structured(value, f)
}

/// Any value as JSON.
///
/// ```
/// use edmark_runtime::{Date, Json, wire};
/// assert_eq!(wire::json(&Date::from("2025-01-31")), Json::from("2025-01-31"));
/// ```
pub fn json<T: Value>(value: &T) -> Json {
    to_json(value.view())
}

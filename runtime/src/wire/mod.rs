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
//!
//! # Why a table a type and one reader, and not a visitor a type
//! Both designs were generated for the whole v1.0 reference (about 1,000 structured types, 300 enums) and measured by `benches/build-figures.sh`,
//! beside serde_derive with the same fields. CPU seconds and the compiler's peak memory, rustc 1.95; in brackets: against serde_derive. The leaf is a
//! program that reads and writes 20 of the types; its builds include the models. The emitted code does more than the others: it has documentation,
//! property constants and 4,800 request functions, and tells derived types apart.
//!
//! Each figure is one measurement on two busy cores, where a repeated one differed by up to a fifth. The release rows are of one run. Of the others, those of
//! serde_derive are of an earlier run than the dev builds beside them, with nearly the same pages; the checks are from before `#[inline]` was emitted.
//!
//! | | serde_derive, drops the unknown | a visitor a type, `match` on the key | a table a type, one reader |
//! | --- | ---: | ---: | ---: |
//! | `cargo check` of the models | 53.4 s, 2,362 MB | 17.2 s, 1,124 MB | 17.6 s (0.33), 1,070 MB (0.45) |
//! | `cargo build` of the models | 64.2 s, 2,338 MB | 22.0 s, 1,104 MB | 17.2 s (0.27), 1,084 MB (0.46) |
//! | dev build of the leaf | 60.9 s, 2,340 MB | 23.0 s, 1,106 MB | 17.7 s (0.29), 1,085 MB (0.46) |
//! | release build of the leaf | 73.8 s, 2,532 MB | 35.7 s, 1,291 MB | 26.0 s (0.35), 1,265 MB (0.50) |
//! | release binary of the leaf, stripped | 826 kB | 815 kB | 984 kB (1.19) |
//!
//! A visitor is generic over the format and compiled again in every crate and for every format that uses it. The table's functions are not
//! generic, and `#[inline]` so that a program compiles those of the types that it uses: without, the models' dev build took 34 s, the leaf's 35 s.
//! Why the binary is larger is not measured yet. A property of a base type brings in all types that derive from it, which the other designs do not
//! know: that is the first thing to look at.
//!
//! Run time, by `cargo bench -p edmark-bench` (minima, one run; 1,000 users of the types of `docs/`):
//!
//! | | serde_derive | visitors | table | `flatten` | `serde_json::Value` |
//! | --- | ---: | ---: | ---: | ---: | ---: |
//! | read, documented properties only | 1.68 ms | 1.73 ms | 1.93 ms (1.15) | 2.02 ms | 4.13 ms |
//! | read, selected properties | 0.66 ms | 0.59 ms | 0.61 ms (0.93) | 0.68 ms | 0.99 ms |
//! | read, with nulls and unknown members | 1.27 ms | 1.49 ms | 1.64 ms (1.29) | 1.76 ms | 2.99 ms |
//! | write, documented properties only | 0.70 ms | 0.73 ms | 0.78 ms (1.12) | 0.74 ms | 0.83 ms |
//! | write, selected properties | 0.23 ms | 0.22 ms | 0.25 ms (1.06) | 0.21 ms | 0.22 ms |
//! | write, with nulls and unknown members | 0.45 ms | 0.61 ms | 0.73 ms (1.63) | 0.57 ms | 0.69 ms |
//!
//! So the visitor reads and writes a little faster, and the table builds faster. In the rows with unknown members, serde_derive drops them and
//! the nulls, and visitors and `flatten` drop the nulls: only the table writes the whole document.

mod carry;
mod debug;
mod indices;
mod members;
mod names;
mod path;
mod read;
mod variant;
mod write;

use std::fmt;

use serde::{Deserializer, Serializer};

use crate::{Json, Slot, Structured, Value, View};

pub(crate) use carry::to_json;
pub(crate) use indices::Indices;
pub(crate) use names::Names;
pub(crate) use write::Written;

/// The control information that names a value's type (OData JSON 4.01, section 4.6.3).
const TAG: &str = "@odata.type";

/// Reads a structured value. What `Deserialize` of a generated struct calls.
///
/// # Errors
/// When the input is not an object of this type, or cannot be read at all.
pub fn read<'de, T: Structured + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Slot::fill(|slot| read::read_into(slot, deserializer))
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
pub fn write<T: Structured, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    write::write_view(View::object(value), serializer)
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
pub fn debug<T: Structured>(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug::object(value, f)
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

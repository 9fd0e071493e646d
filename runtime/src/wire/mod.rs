//! The one reader and the one writer of all structured types, and their `Debug`.
//!
//! Rules (OData JSON 4.01; sections in brackets):
//!
//! - A property that is `None` is left out. One that was read as null is written as null, unless it
//!   has a value by now.
//! - Unknown members and control information go to [`Additional`](crate::Additional) and back,
//!   those with an `@` before the properties, so that a reader who streams sees `@odata.type` first
//!   (section 4.4).
//! - A member that occurs twice counts with its last value.
//! - A string of digits for a number, an integer for a string, and one value for a collection are
//!   read as what was expected. Any other value that a property's type cannot hold stays in
//!   `additional` as JSON, and the property is `None`
//!   ([`Additional::misfits`](crate::Additional::misfits)). Where a document is no object at all,
//!   and within [`strictly`], it is an error that says where it is and what was expected:
//!   `value[3].owner.id: invalid type: integer `5`, expected a string at line 9 column 20`. Errors
//!   of the format itself (a missing bracket, an early end, nesting beyond serde_json's 128) stay
//!   as the format made them.
//! - A null in a collection whose elements cannot be null loses nothing: the whole member stays in
//!   `additional` as JSON, and the property is `None`.
//! - Nesting beyond 128 levels is an error, whatever the format allows: no input overflows the
//!   stack.
//! - `Edm.Int64` is a number or a string of digits; `NaN`, `INF` and `-INF` are strings (section
//!   7.1).
//!
//! # Why a table a type and one reader, and not a visitor a type
//! Both designs were generated for the whole v1.0 reference (about 1,000 structured types, 300
//! enums) and measured by `benches/build-figures.sh`, beside serde_derive with the same fields. CPU
//! seconds and the compiler's peak memory, rustc 1.95; in brackets: against serde_derive. The leaf
//! is a program that reads and writes 20 of the types; its builds include the models. The emitted
//! code does more than the others: it has documentation, property constants and 4,800 request
//! functions, and tells derived types apart.
//!
//! | | serde_derive, drops the unknown | a visitor a type, `match` on the key | a table a type, one reader |
//! | --- | ---: | ---: | ---: |
//! | `cargo check` of the models | 51.8 s, 2,363 MB | 17.2 s, 1,124 MB | 18.5 s (0.36), 1,116 MB (0.47) |
//! | `cargo build` of the models | 61.1 s, 2,343 MB | 22.0 s, 1,104 MB | 18.1 s (0.30), 1,142 MB (0.49) |
//! | dev build of the leaf | 62.6 s, 2,343 MB | 23.0 s, 1,106 MB | 21.0 s (0.34), 1,141 MB (0.49) |
//! | release build of the leaf | 73.5 s, 2,534 MB | 38.3 s, 1,291 MB | 21.4 s (0.29), 1,277 MB (0.50) |
//! | release binary of the leaf, stripped | 826 kB | 815 kB | 812 kB (0.98) |
//!
//! Minima of two rounds of one run on two quiet cores. The visitors' are of earlier runs on busy
//! cores, one measurement each, where a repeated one differed by up to a fifth.
//!
//! A visitor is generic over the format and compiled again in every crate and for every format that
//! uses it. The table's functions are not generic, and `#[inline]` so that a program compiles those
//! of the types that it uses: without, the models' dev build took 34 s, the leaf's 35 s.
//!
//! ## The size of a program
//! The leaf was 984 kB at first, 1.19 times serde_derive's. What it was made of, and what became of
//! it:
//!
//! - `#[inline]` functions and drop glue are copied into each part of a program (codegen unit)
//!   where a trait object of the type is made; a type stood there up to 13 times. Now only a few
//!   generic functions behind the constructors of [`View`] and [`Slot`] make trait objects; they
//!   are never inlined, and the compiler puts them into one part. A second, generic trait over
//!   [`Structured`] for the same end left 909 kB, and the constructors without `#[inline(never)]`
//!   1,017 kB: as small functions they were inlined everywhere.
//! - A list of property names is an address for the loader for each name: 40 bytes beside the text.
//!   Names are one text with blanks now, split when a type is first used.
//! - `view(index)` for `Debug` and nulls beside `offer` for the writer, and five setters for a
//!   scalar: one function each.
//! - Code for members kept as JSON (a late tag) was compiled for each format: now once.
//!
//! That made 863 kB, and what is emitted and the writer grew to 912 kB (1.10) again: no more code
//! than serde_derive's, but 520 functions more, each with unwind tables and many with a relocation.
//! Most were not of the types:
//!
//! - Members that were kept as JSON were read through serde, which compiled the reader for two
//!   formats more, and with them serde_json's reader of JSON once more, for a raw value in a
//!   member: now without serde (`source`). 32 kB.
//! - A map made by `collect` brings in a stable sort, a set of names a hash table, and iterators
//!   over indices were chains of five adaptors: about 40 kB for objects that hardly occur. They are
//!   loops now, over the one map that is in every program.
//! - The standard library's reading of floats, with its table of powers, beside serde_json's: 13
//!   kB.
//! - Two functions for an optional place, a function for an empty list: one, none. About 6 kB.
//! - A second copy of what reads a place, inlined for whole documents; code after a second tag for
//!   each format; `Vec::retain`. 7 kB.
//!
//! Of what is left, 25 kB of the text are serde_json's exact reading of doubles
//! (`float_roundtrip`), which the other designs do without, and a quarter of the unwind tables is
//! drop glue, which is copied into every part of a program that drops a type.
//!
//! ## Run time
//! The bodies of `cargo bench -p edmark-bench`, as minima of 800 passes (examples: 2,400) on busy
//! cores, with the compiler told to align loops and functions
//! (`-C llvm-args="-align-all-nofallthru-blocks=5 -align-all-functions=6"`): without, the same code
//! of serde_derive differed by a tenth from build to build, as serde_json's loop over a text fell
//! on other addresses. The allocator was told to keep memory (`MALLOC_TRIM_THRESHOLD_`): where it
//! gives the top of its heap back after each pass, the first row can take 1.4 times as long. The
//! pages are 1,000 users of the types of `docs/`; the examples are all 111 of `docs/`, 680 bytes
//! each on average. In brackets: against serde_derive.
//!
//! | | serde_derive | visitors | table | `flatten` | `serde_json::Value` |
//! | --- | ---: | ---: | ---: | ---: | ---: |
//! | read, documented properties only | 1.97 ms | 1.94 ms | 1.95 ms (0.99) | 2.14 ms | 2.97 ms |
//! | read, selected properties | 0.74 ms | 0.72 ms | 0.68 ms (0.92) | 0.79 ms | 1.05 ms |
//! | read, with nulls and unknown members | 1.47 ms | 1.83 ms | 1.80 ms (1.22) | 2.12 ms | 2.65 ms |
//! | read, the examples | 0.147 ms | 0.210 ms | 0.178 ms (1.21) | 0.246 ms | 0.194 ms |
//! | write, documented properties only | 0.68 ms | 0.66 ms | 0.72 ms (1.05) | 0.66 ms | 0.74 ms |
//! | write, selected properties | 0.23 ms | 0.22 ms | 0.23 ms (0.99) | 0.21 ms | 0.21 ms |
//! | write, with nulls and unknown members | 0.46 ms | 0.61 ms | 0.68 ms (1.47) | 0.57 ms | 0.66 ms |
//! | write, the examples | 0.049 ms | 0.067 ms | 0.076 ms (1.56) | 0.065 ms | 0.069 ms |
//!
//! serde_derive drops unknown members and nulls, and visitors and `flatten` drop nulls: only the
//! table writes the whole document. That is 863 kB against serde_derive's 599 kB in the row of
//! nulls, and 75.6 kB against 50.3 kB for the examples: 1.02 and 1.05 times its time for a byte. Of
//! the examples' 2,267 members, 207 are control information and 186 are nulls.
//!
//! What made reading slow was the search for names. A binary search of the sorted names took 1.52
//! times serde_derive's time on the examples; learning the order of a type's properties from the
//! objects before helped pages only. A hash table a type serves both.
//!
//! What made writing slow was not the call of a trait object for each member. A map of serde_json
//! that is moved right after its state was written, a byte, stalls the processor: objects are
//! written where their map is. A reference to the map cost as much, for another load at each byte.
//! An object or a collection went by a view whose kind the writer looked up again, and nulls cost a
//! note for each property that was written; they now stand where their names do. This is 4 kB in
//! the program above. In instructions, the table now takes 1.02 times serde_derive's for the first
//! page and 0.97 times for the second.
//!
//! A property that stands after all before it, as services send them, is no duplicate: nothing is
//! looked for or cleared. That made 1.4 to 2.6 % fewer instructions for the pages.
//!
//! No gain for reading: to compare the ends of names before the names (1 % fewer instructions, no
//! less time). What is left there is the memory of what serde_derive drops: two fifths of the
//! instructions beyond its own are the allocator's.

mod convert;
mod debug;
mod exact;
mod indices;
mod json;
mod members;
mod names;
mod path;
mod read;
mod scoped;
mod source;
mod strict;
mod write;

use std::fmt;

use serde::de::Error as _;
use serde::{Deserializer, Serializer};

use self::path::Context;
use crate::{Json, Slot, Structured, Value, View};

pub(crate) use convert::{convert, put};
pub(crate) use exact::{are_strings, as_strings};
pub(crate) use indices::Indices;
pub(crate) use json::to_json;
pub(crate) use names::Names;
pub use strict::strictly;
pub(crate) use write::Written;

/// The control information that names a value's type (OData JSON 4.01, section 4.6.3).
pub(crate) const TAG: &str = "@odata.type";

/// Reads a structured value. What `Deserialize` of a generated struct calls.
///
/// # Errors
/// When the input is not an object of this type, or cannot be read at all.
pub fn read<'de, T: Structured + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value: T = Slot::fill(|slot| read::read_into(slot, Context::default(), deserializer))?;
    single(View::object(&value)).map_err(D::Error::custom)?;
    Ok(value)
}

/// Reads the envelope of a collection or of a single value. What it holds has to be of the type
/// that is expected: kept as JSON, a page would look as if it were empty.
pub(crate) fn read_envelope<'de, T: Structured + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value: T = Slot::fill(|slot| read::read_into(slot, Context::of_envelope(), deserializer))?;
    single(View::object(&value)).map_err(D::Error::custom)?;
    Ok(value)
}

/// Reads any value. What `Deserialize` of a generated enum calls.
///
/// # Errors
/// When the input is not a value of this type, or cannot be read at all.
pub fn read_value<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    read::read_into(value.slot(), Context::default(), deserializer)?;
    single(value.view()).map_err(D::Error::custom)?;
    Ok(value)
}

/// Refuses a collection that was read as one value: it has nothing but control information and an
/// array `value`, which the type does not have.
fn single(view: View<'_>) -> Result<(), String> {
    let View::Object(value) = view else { return Ok(()) };
    let additional = value.additional();
    if !matches!(additional.get("value"), Some(Json::Array(_))) || value.type_info().find("value").is_some() {
        return Ok(());
    }
    let mut set = Indices::default();
    value.offer(&mut set);
    let alone = set.is_empty() && additional.iter().all(|(name, _)| name == "value" || name.starts_with('@'));
    match alone {
        true => Err(format!(
            "the response is a collection (an array `value`), where a single {} is expected",
            value.type_info().name()
        )),
        false => Ok(()),
    }
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

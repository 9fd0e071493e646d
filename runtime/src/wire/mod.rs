//! The shared reader and writer of all structured types, and their `Debug`.
//!
//! Rules (OData JSON 4.01; sections in brackets):
//!
//! - A property that is `None` is left out. If it was read as null and has no value since, it is
//!   written as null.
//! - Unknown members and control information are kept in [`Additional`](crate::Additional), as the
//!   texts that were sent without insignificant white space, and written back. Those with an `@`
//!   are written before the properties, so that a streaming reader sees `@odata.type` first
//!   (section 4.4).
//! - If a member occurs twice, its last value is used.
//! - A string of digits for a number, an integer for a string, and one value for a collection are
//!   read as the expected type. Any other value that a property's type cannot hold is kept in
//!   `additional` as JSON, and the property is `None`
//!   ([`Additional::misfits`](crate::Additional::misfits)). If a whole document is not an object,
//!   and within [`strictly`], it is an error with the path and the expected type:
//!   `value[3].owner.id: invalid type: integer `5`, expected a string at line 9 column 20`. Errors
//!   of the format itself (a missing bracket, an early end, nesting beyond serde_json's 128) are
//!   not changed.
//! - If a collection whose elements cannot be null contains a null, the whole member is kept in
//!   `additional` as JSON, and the property is `None`.
//! - Nesting beyond 128 levels is an error in every format, so no input overflows the stack.
//! - `Edm.Int64` is a number or a string of digits; `NaN`, `INF` and `-INF` are strings (section
//!   7.1).
//!
//! # Why a table for each type and one reader, instead of a visitor for each type
//! Both designs were generated for the whole v1.0 reference (about 1,000 structured types, 300
//! enums) and measured by `benches/build-figures.sh`, together with serde_derive for the same
//! fields. The table has CPU seconds and the peak memory of the compiler, with rustc 1.95, and in
//! parentheses the ratio to serde_derive. The leaf is a program that reads and writes 20 of the
//! types; its builds include the models. The generated code does more than the others: it has
//! documentation, property constants and 4,800 request functions, and distinguishes derived types.
//!
//! | | serde_derive, drops the unknown | a visitor a type, `match` on the key | a table a type, one reader |
//! | --- | ---: | ---: | ---: |
//! | `cargo check` of the models | 51.8 s, 2,363 MB | 17.2 s, 1,124 MB | 18.5 s (0.36), 1,116 MB (0.47) |
//! | `cargo build` of the models | 61.1 s, 2,343 MB | 22.0 s, 1,104 MB | 18.1 s (0.30), 1,142 MB (0.49) |
//! | dev build of the leaf | 62.6 s, 2,343 MB | 23.0 s, 1,106 MB | 21.0 s (0.34), 1,141 MB (0.49) |
//! | release build of the leaf | 73.5 s, 2,534 MB | 38.3 s, 1,291 MB | 21.4 s (0.29), 1,277 MB (0.50) |
//! | release binary of the leaf, stripped | 826 kB | 815 kB | 812 kB (0.98) |
//!
//! The figures are minima of two rounds of one run on two idle cores. Those of the visitors are
//! from earlier runs on busy cores, with one measurement each; a repeated one differed by up to a
//! fifth.
//!
//! A visitor is generic over the format, and is compiled again in every crate and for every format
//! that uses it. The functions of the table are not generic. They are `#[inline]`, so that a
//! program compiles only those of the types it uses: without this, the dev build of the models took
//! 34 s, and that of the leaf 35 s.
//!
//! ## The size of a program
//! The leaf had 984 kB at first, 1.19 times that of serde_derive. The causes and the changes:
//!
//! - `#[inline]` functions and drop glue are copied into each codegen unit that creates a trait
//!   object of the type, up to 13 times for one type. Now only a few generic functions behind the
//!   constructors of [`View`] and [`Slot`] create trait objects. They are never inlined, and the
//!   compiler puts them into one codegen unit. Two alternatives were larger: a second, generic
//!   trait over [`Structured`] (909 kB), and the constructors without `#[inline(never)]` (1,017
//!   kB), because small functions are inlined everywhere.
//! - A list of property names needs a relocation for each name: 40 bytes in addition to the text.
//!   Now the names are one text separated by blanks, which is split when a type is first used.
//! - `Debug` and nulls used `view(index)` in addition to the writer's `offer`, and a scalar had
//!   five setters: now there is one function each.
//! - The code for members that are kept as JSON until a late `@odata.type` was compiled for each
//!   format: now once.
//!
//! The result was 863 kB. Additions to the generated code and the writer increased it to 912 kB
//! (1.10) again: no more code than that of serde_derive, but 520 more functions, each with unwind
//! tables and many with a relocation. Most were not of the types:
//!
//! - Members that were kept as JSON were read through serde, which compiled the reader for two more
//!   formats, and serde_json's own reader once more, for a raw value in a member. Now they are read
//!   without serde (`source`): 32 kB.
//! - A map made by `collect` needs a stable sort, a set of names a hash table, and iterators over
//!   indices were chains of five adaptors: about 40 kB for objects that hardly occur. Now they are
//!   loops, with the one map type that every program has.
//! - The standard library's parser of floats, with its table of powers, was used in addition to
//!   that of serde_json: 13 kB.
//! - There were two functions for an optional place where one suffices, and one for an empty list
//!   that is not needed: about 6 kB.
//! - The code that reads a place was inlined a second time for whole documents, code after a second
//!   `@odata.type` was compiled for each format, and `Vec::retain` was used: 7 kB.
//!
//! Of the remaining size, 25 kB of the code are serde_json's exact parser of doubles
//! (`float_roundtrip`), which the other designs do without. A quarter of the unwind tables belongs
//! to drop glue, which is copied into every codegen unit that drops a type.
//!
//! ## Run time
//! The figures are those of `cargo bench -p edmark-bench`, as minima of 800 passes (examples:
//! 2,400) on busy cores, with loops and functions aligned by the compiler (`-C
//! llvm-args="-align-all-nofallthru-blocks=5 -align-all-functions=6"`). Without the alignment, the
//! same code of serde_derive differed by a tenth from build to build, because serde_json's loop
//! over a text had other addresses. The allocator was configured to keep memory
//! (`MALLOC_TRIM_THRESHOLD_`): if it returns the top of its heap after each pass, the first row can
//! take 1.4 times as long. The pages are 1,000 users of the types of `docs/`; the examples are all
//! 111 of `docs/`, 680 bytes each on average. The ratio to serde_derive is in parentheses.
//!
//! | | serde_derive | visitors | table | `flatten` | `serde_json::Value` |
//! | --- | ---: | ---: | ---: | ---: | ---: |
//! | read, documented properties only | 1.97 ms | 1.94 ms | 1.95 ms (0.99) | 2.14 ms | 2.97 ms |
//! | read, selected properties | 0.74 ms | 0.72 ms | 0.68 ms (0.92) | 0.79 ms | 1.05 ms |
//! | read, with nulls and unknown members | 1.47 ms | 1.83 ms | 1.80 ms (1.22) | 2.12 ms | 2.65 ms |
//! | read, the examples | 0.147 ms | 0.210 ms | 0.178 ms (1.21) | 0.246 ms | 0.194 ms |
//!
//! Later figures, by `cargo bench -p edmark-bench --bench turns`, in which the designs take turns,
//! with the same allocator and without alignment (minima of 200 rounds on busy cores; the ratio for
//! writing is for each byte):
//!
//! | | serde_derive | visitors | table |
//! | --- | ---: | ---: | ---: |
//! | read, documented properties only | 1.38 ms | 1.42 ms (1.03) | 1.54 ms (1.12) |
//! | read, selected properties | 0.53 ms | 0.50 ms (0.95) | 0.52 ms (0.98) |
//! | read, with nulls and unknown members | 1.04 ms | 1.41 ms (1.36) | 1.30 ms (1.25) |
//! | read, the examples | 0.153 ms | 0.205 ms (1.34) | 0.231 ms (1.51) |
//! | write, documented properties only | 0.65 ms | 0.62 ms (0.94) | 0.31 ms (0.48) |
//! | write, selected properties | 0.22 ms | 0.20 ms (0.91) | 0.10 ms (0.46) |
//! | write, with nulls and unknown members | 0.40 ms | 0.60 ms (1.17) | 0.33 ms (0.57) |
//! | write, the examples | 0.051 ms | 0.070 ms (0.95) | 0.064 ms (0.84) |
//!
//! serde_derive drops unknown members and nulls, and visitors drop nulls: only the table writes the
//! whole document, which is 863 kB compared with 599 kB of serde_derive in the row with nulls. Of
//! the 2,267 members of the examples, 207 are control information and 186 are nulls.
//!
//! Compact JSON has a writer of its own (`compact`), because serde_json's loop over each byte of
//! each name and text was most of the time, and its speed depends on where the linker puts it:
//! through serde, the table took 12.5 million instructions for the first page in every program
//! (serde_derive 12.2), and 0.97 times the time of serde_derive in one and 1.34 in another. Now it
//! takes 6.3 million, and 6.7 instead of 11.6 for the page with nulls and unknown members
//! (serde_derive 8.3). What is written is passed to serde_json's serializer in pieces of 8 kB, so
//! documents of any size need no more memory than before. Other formats, and other formatters of
//! serde_json, are written through serde.
//!
//! The search for names made reading slow. A binary search of the sorted names took 1.52 times the
//! time of serde_derive on the examples; remembering the order of properties from earlier objects
//! of the type helped only pages. A hash table for each type helps both.
//! Guessing that a member is the property after the last one found less than half of them on the
//! pages, and cost a comparison for the others. What the table has to know of a name is now where
//! the hash leads, a name is passed with two registers, and a scalar takes a string without a
//! second look at its place: together 29.2 instead of 29.7 million instructions for the first page,
//! and 24.8 instead of 25.4 for the one with nulls and unknown members (serde_derive 26.4 and
//! 20.5).
//!
//! The call of a trait object for each member was not what made writing through serde slow. A map
//! of serde_json stalls the processor if it is moved right after its state, a byte, was written, so
//! objects are written where their map is. Nulls are written in the order of their names.
//!
//! A property whose index is higher than those before, which is the order of services, is no
//! duplicate, so nothing is searched or cleared. That saved 1.4 to 2.6 % of the instructions for
//! the pages.
//!
//! Both ends of a name and its length are all of a name of up to 16 bytes, so they are kept and
//! compared instead of the names (1 % fewer instructions). An optional string has a visitor of its
//! own, and what a key is comes back in registers: with these, reading takes 29.7 instead of 30.8
//! million instructions for the first page (serde_derive 26.4, visitors 27.2), and 25.3 instead of
//! 26.3 for the one with nulls and unknown members (20.5 and 25.5).
//!
//! A user of the page with nulls and unknown members took nine allocations more than
//! serde_derive's when unknown members were values in a map, and five when they were values in a
//! list with shared names. Now it takes two: the members of an object are one text behind one
//! pointer, and are parsed when they are asked for. In millions of instructions, reading the page
//! took 29.2, then 27.3, and now takes 25.5 (serde_derive 20.6, visitors 25.7); in time, in one
//! run with the list, 1.21 before and 1.14 times that of serde_derive (visitors 1.23), and the
//! examples 1.45 before and 1.36 (visitors 1.27).
//!
//! The search for a name was part of the visitor of the key, so serde_json's `next_key_seed` was
//! too large to be inlined. Now the reader borrows the name and looks it up itself, all places of
//! texts have the same short visitor, and results come back in registers. In millions of
//! instructions, the first page takes 27.8 instead of 29.2 (serde_derive 26.4), the one with nulls
//! and unknown members 23.5 instead of 24.9 (20.5), and the examples 2.00 instead of 2.23 (1.46).
//! In time, by two runs of `turns` each, that is 1.01 instead of 1.05, 1.13 to 1.16 instead of
//! 1.24, and 1.29 to 1.35 instead of 1.47 to 1.50 times serde_derive.
//!
//! What is left, of 3.0 million instructions for the page with nulls and unknown members: 1.5 for
//! what is kept (0.5 for two allocations a user with their release, 0.6 to take over three members,
//! 0.4 when an object ends), so that 1.07 is the limit of this design; 0.5 for keys and their
//! search, 0.3 for the calls that return a slot, 0.3 for values. A search in a function of its own
//! cost 0.6 million more, and one only for long names saved nothing. A search for backslashes in
//! words, or a fold over the bytes, won less than 0.3 %. A buffer with room from the start made the
//! examples 1.6 % cheaper, and this page 0.3 % dearer. A slot that is passed by reference avoids a
//! stalled load, and an `Edm.Decimal` in a function of its own makes a smaller stack: neither made
//! reading measurably faster.

mod compact;
mod convert;
mod debug;
mod equal;
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
use crate::additional::Text;
use crate::{Json, Slot, Structured, Value, View};

pub(crate) use convert::{convert, put};
pub(crate) use exact::{are_strings, as_strings};
pub(crate) use indices::Indices;
pub(crate) use json::to_json;
pub(crate) use names::{Names, Table};
pub use strict::strictly;
pub(crate) use write::Written;

/// The control information that names a value's type (OData JSON 4.01, section 4.6.3).
pub(crate) const TAG: &str = "@odata.type";

/// Reads a structured value. `Deserialize` of a generated struct calls it.
///
/// # Errors
/// If the input is not an object of this type, or cannot be read at all.
pub fn read<'de, T: Structured + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value: T = Slot::fill(|slot| read::read_into(slot, Context::default(), deserializer))?;
    single(View::object(&value)).map_err(D::Error::custom)?;
    Ok(value)
}

/// Reads the envelope of a collection or of a single value. Its contents have to be of the expected
/// type: if they were kept as JSON, the page would appear to be empty.
pub(crate) fn read_envelope<'de, T: Structured + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value: T = Slot::fill(|slot| read::read_into(slot, Context::of_envelope(), deserializer))?;
    single(View::object(&value)).map_err(D::Error::custom)?;
    Ok(value)
}

/// Reads any value. `Deserialize` of a generated enum calls it.
///
/// # Errors
/// If the input is not a value of this type, or cannot be read at all.
pub fn read_value<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    read::read_into(value.slot(), Context::default(), deserializer)?;
    single(value.view()).map_err(D::Error::custom)?;
    Ok(value)
}

/// Refuses a collection that was read as one value: an object that has only control information and
/// an array `value`, if the type has no property `value`.
fn single(view: View<'_>) -> Result<(), String> {
    let View::Object(value) = view else { return Ok(()) };
    let additional = value.additional();
    if !additional.value("value").is_some_and(Text::is_array) || value.type_info().find("value").is_some() {
        return Ok(());
    }
    let mut set = Indices::default();
    value.offer(&mut set);
    let alone = set.is_empty() && additional.members().all(|member| member.is("value") || member.is_control());
    match alone {
        true => Err(format!(
            "the response is a collection (an array `value`), where a single {} is expected",
            value.type_info().name()
        )),
        false => Ok(()),
    }
}

/// Writes a structured value. `Serialize` of a generated struct calls it.
///
/// # Errors
/// Only those of the serialiser.
pub fn write<T: Structured, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    write::write_view(View::object(value), serializer)
}

/// Writes any value. `Serialize` of a generated enum calls it.
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

/// Compares structured values. `PartialEq` of a generated struct calls it.
pub fn are_equal<T: Structured>(left: &T, right: &T) -> bool {
    equal::objects(left, right)
}

/// Converts any value to JSON.
///
/// ```
/// use edmark_runtime::{Date, Json, wire};
/// assert_eq!(wire::json(&Date::from("2025-01-31")), Json::from("2025-01-31"));
/// ```
pub fn json<T: Value>(value: &T) -> Json {
    to_json(value.view())
}

//! What the code that edmark generates needs beside serde: the wire rules of OData JSON behind two small traits, the `Edm` types, open enums and flags,
//! property constants, updates, collections and request values. No I/O and no `unsafe`.
//!
//! # How reading and writing work
//! serde's usual way gives every type a visitor of its own, and a page of types takes minutes to build. Here the *target* is erased instead of the
//! format: a generated type only says where its properties are ([`Structured`]: one function that shows them and one that fills them, by a sorted name table), and one reader and one
//! writer, generic over the serde format alone, do the rest ([`wire`]). They are instantiated once for a format, not once for a type.
//!
//! - [`Structured`] is a type with properties, [`Value`] is anything a property can hold, [`View`] and [`Slot`] are what the writer sees of a value
//!   and what the reader fills.
//! - [`Additional`] keeps what the pages do not describe, nulls included, so that what was read goes back out.
//! - [`OpenEnum`], [`Flags`] and [`Polymorphic`] are the three kinds of enum; none of them breaks on what it does not know.
//! - [`Property`] constants name properties for queries and for [`Update`]s.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod additional;
mod collection;
mod delta;
mod edm;
mod flags;
pub mod open_enum;
pub mod polymorphic;
mod property;
pub mod request;
mod scalar;
mod single;
mod structured;
#[cfg(feature = "testing")]
pub mod testing;
mod untyped;
mod update;
mod value;
pub mod wire;

pub use additional::Additional;
pub use collection::Collection;
pub use delta::{Change, Delta, Removed};
pub use edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, InvalidText, Stream, TimeOfDay};
pub use flags::Flags;
pub use open_enum::OpenEnum;
pub use polymorphic::Polymorphic;
pub use property::{Access, Property, ReadOnly, Settable, Writable};
pub use request::{Literal, Method, Path, Request};
pub use scalar::{Scalar, Token};
/// Any JSON value: what a property without a documented type holds.
pub use serde_json::Value as Json;
pub use single::Single;
pub use structured::{JsonSlot, List, Members, Optional, Slot, Structured, TypeInfo, Variant, View};
pub use untyped::{DowncastError, Untyped};
pub use update::Update;
pub use value::Value;

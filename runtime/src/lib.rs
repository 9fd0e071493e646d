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

mod accepted;
mod additional;
pub mod answer;
mod at;
mod batch;
#[cfg(feature = "blocking")]
mod blocking;
mod changes;
mod client;
mod collection;
mod content;
mod delta;
mod download;
mod draft;
mod edm;
mod error;
mod flags;
mod link;
mod literal;
mod method;
mod monitor;
#[cfg(feature = "oauth")]
mod oauth;
pub mod open_enum;
mod origin;
mod pages;
mod path;
pub mod polymorphic;
mod property;
pub mod query;
mod redirect;
mod reference;
mod request;
mod request_old;
mod retry;
mod retry_after;
mod scalar;
mod secret;
mod single;
mod structured;
#[cfg(feature = "testing")]
pub mod testing;
mod tokens;
pub mod transport;
mod unfold;
mod untyped;
mod update;
mod upload;
mod value;
pub mod wire;

pub use accepted::Accepted;
pub use additional::Additional;
pub use at::At;
pub use batch::{Batch, BatchError, Step, StepId};
#[cfg(feature = "blocking")]
pub use blocking::block_on;
/// Bytes in memory that are cheap to share, and what content consists of.
pub use bytes::Bytes;
pub use changes::{Changes, DeltaLink, Resync};
pub use client::Client;
pub use collection::Collection;
pub use content::Content;
pub use delta::{Change, Delta, Removed};
pub use edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, InvalidText, Stream, TimeOfDay};
pub use error::{DecodeError, Error, ErrorDetail, ServiceError};
pub use flags::Flags;
pub use link::LinkError;
pub use literal::Literal;
pub use method::Method;
pub use monitor::{Failed, Finished, Monitor, Progress, Running};
#[cfg(feature = "oauth")]
pub use oauth::ClientCredentials;
pub use open_enum::OpenEnum;
pub use pages::{Items, Page, Pages};
pub use path::Path;
pub use polymorphic::Polymorphic;
pub use property::{Access, Property, ReadOnly, Settable, Writable};
pub use reference::Reference;
pub use request::{Decode, DeltaRequest, ListRequest, ReadRequest, Request};
pub use request_old::OldRequest;
pub use retry::Retry;
pub use scalar::{Primitive, Scalar};
/// Any JSON value: what a property without a documented type holds.
pub use serde_json::Value as Json;
pub use single::Single;
pub use structured::{JsonSlot, List, Members, Optional, Slot, Structured, TypeInfo, Variant, View};
pub use tokens::{InvalidToken, Token, Tokens};
pub use transport::{BoxError, BoxFuture, Transport};
pub use untyped::{DowncastError, Untyped};
pub use update::Update;
pub use upload::{FileSource, PIECE_UNIT, Source, Upload, UploadError, Uploaded};
pub use value::Value;

//! What the code that edmark generates needs beside serde: the wire rules of OData JSON behind two
//! small traits, the `Edm` types, open enums and flags, property constants, updates, collections
//! and request values. No `unsafe`, and no I/O unless a feature brings a transport.
//!
//! # How reading and writing work
//! serde's usual way gives every type a visitor of its own, and a page of types takes minutes to
//! build. Here the *target* is erased instead of the format: a generated type only says where its
//! properties are ([`Structured`]: one function that shows them and one that fills them, by a
//! sorted name table), and one reader and one writer, generic over the serde format alone, do the
//! rest ([`wire`]). They are instantiated once for a format, not once for a type.
//!
//! - [`Structured`] is a type with properties, [`Value`] is anything a property can hold, [`View`]
//!   and [`Slot`] are what the writer sees of a value and what the reader fills.
//! - [`Additional`] keeps what the pages do not describe, nulls included, so that what was read
//!   goes back out.
//! - [`OpenEnum`] and [`Flags`] are the two kinds of enum; neither breaks on what it does not know.
//! - A place declared as a base type holds the base's struct, with what a derived type has beyond
//!   it in [`Additional`]; [`DerivedFrom`] leads from one to the other.
//! - [`Property`] constants name properties for queries and for [`Update`]s.
//!
//! # How requests work
//! A [`Request`] is a value: building it does nothing and cannot fail. [`Request::http`] makes a
//! complete [`http::Request`] of it and [`Request::decode`] reads an answer, both without I/O;
//! [`Request::send`] does that and sends it through its [`Client`].
//!
//! - [`At`] is a place of the service: generated request builders consist of one.
//! - [`query`] has the query options, typed by the property constants; [`answer`] the ways to read
//!   an answer.
//! - A [`Client`] has the service's address, a [`Transport`] and [`Tokens`]. It decides where a
//!   token may go.
//! - [`Error`] is what can go wrong, [`ServiceError`] what the service says of it. Neither shows a
//!   token.
//!
//! # What takes several requests
//! The parts that decide are free of I/O and of clocks; a [`Client`] moves the bytes and waits.
//!
//! - [`Request::items`] and [`Request::pages`] follow next links; [`Request::changes`] and
//!   [`Request::changes_since`] are the rounds of a delta query.
//! - [`Client::batch`] sends requests together and types each answer.
//! - [`Client::upload`] sends large files in pieces and resumes; [`Request::download`] gives
//!   content as it arrives.
//! - [`Accepted::monitor`] waits for what goes on after the answer.
//!
//! Addresses that a service sends (next links, redirections, upload sessions) are looked at before
//! they are followed: a token goes to the service's own origin and nowhere else, circles end, and
//! what opens a door by itself shows in no error.
//!
//! # Features
//! | feature | what it brings |
//! | --- | --- |
//! | `reqwest` | `transport::Reqwest`, an asynchronous client with TLS; it needs tokio |
//! | `tower` | `transport::Tower`, any `tower::Service` as a transport |
//! | `blocking` | `transport::Ureq`, `Request::send_blocking` and streams as iterators, for programs without an asynchronous runtime |
//! | `oauth` | `ClientCredentials`, the tokens of applications that sign in as themselves |
//! | `tracing` | a span for each request: method, template, status, attempts and ids |
//! | `azure` | `AzureTokens`, the credentials of `azure_identity` |
//! | `base64`, `chrono`, `jiff`, `time`, `uuid` | conversions of the text types of `Edm` |
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod accepted;
mod additional;
pub mod answer;
mod at;
#[cfg(feature = "azure")]
mod azure;
pub mod batch;
#[cfg(feature = "blocking")]
mod blocking;
mod changes;
mod client;
#[cfg(feature = "oauth")]
mod cloud;
mod collection;
mod content;
mod deadline;
mod delta;
pub mod derived;
mod download;
mod draft;
mod edm;
mod error;
mod expanded;
mod flags;
mod grammar;
mod head;
mod link;
mod literal;
mod method;
pub mod monitor;
#[cfg(feature = "oauth")]
mod oauth;
pub mod open_enum;
mod origin;
mod pages;
mod path;
mod property;
mod protocol;
pub mod query;
mod redirect;
mod reference;
mod request;
mod request_id;
mod retry;
mod retry_after;
mod scalar;
mod secret;
mod single;
mod structured;
#[cfg(feature = "testing")]
pub mod testing;
mod tokens;
mod trace;
pub mod transport;
mod unfold;
mod untyped;
mod update;
mod upload;
mod value;
pub mod wire;
mod with;

/// Part of the interface of `transport::Reqwest`.
#[cfg(feature = "reqwest")]
pub use ::reqwest;
/// Part of the interface of `transport::Ureq`.
#[cfg(feature = "blocking")]
pub use ::ureq;
pub use accepted::Accepted;
pub use additional::Additional;
pub use at::At;
#[cfg(feature = "azure")]
pub use azure::AzureTokens;
pub use batch::{Batch, BatchError};
#[cfg(feature = "blocking")]
pub use blocking::{Blocking, block_on};
/// Bytes in memory that are cheap to share, and what content consists of.
pub use bytes::Bytes;
pub use changes::{Changes, DeltaLink, Resync};
pub use client::Client;
#[cfg(feature = "oauth")]
pub use cloud::Cloud;
pub use collection::Collection;
pub use content::Content;
pub use delta::{Change, Delta, Removed};
pub use derived::DerivedFrom;
pub use edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, InvalidText, Stream, TimeOfDay};
pub use error::{DecodeError, Error, ErrorDetail, ServiceError};
pub use flags::Flags;
pub use head::Head;
pub use link::LinkError;
pub use literal::Literal;
pub use method::Method;
pub use monitor::Monitor;
#[cfg(feature = "oauth")]
pub use oauth::ClientCredentials;
pub use open_enum::OpenEnum;
pub use pages::{Items, ItemsOf, Page, Pages};
pub use path::Path;
pub use property::Property;
pub use protocol::{BatchUrls, DurationLiterals, EnumLiterals, InLists, KeyForm, Protocol};
pub use reference::{OneEntity, Reference};
pub use request::{CountRequest, Decode, DeltaRequest, ListRequest, ReadRequest, Request};
pub use retry::Retry;
pub use scalar::{Primitive, Scalar};
/// Any JSON value: what a property without a documented type holds.
pub use serde_json::Value as Json;
pub use single::Single;
pub use structured::{JsonSlot, List, Members, Optional, Slot, Structured, TypeInfo, View};
pub use tokens::{InvalidToken, Token, TokenRequest, Tokens};
pub use transport::{BoxError, BoxFuture, Transport};
pub use untyped::{DowncastError, Untyped};
pub use update::Update;
pub use upload::{FileSource, PIECE_UNIT, Source, Upload, UploadError, Uploaded};
pub use value::Value;
pub use wire::strictly;
pub use with::{Address, Navigation, Related, With};

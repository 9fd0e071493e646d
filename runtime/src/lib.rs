//! The runtime of the code that edmark generates: the JSON format of OData with two small traits,
//! the `Edm` types, open enums and flags, property constants, updates, collections and requests as
//! values. No `unsafe`, and no I/O unless a feature adds a transport.
//!
//! # How reading and writing work
//! With serde's derive, each type gets a visitor of its own, and a crate of a thousand types takes
//! minutes to build. Here a generated type only describes its properties ([`Structured`]: one
//! function that offers their values and one that fills them, by index in a sorted table of names).
//! One reader and one writer do the rest ([`wire`]). They are generic over the serde format alone,
//! so they are instantiated once for each format, not once for each type.
//!
//! - [`Structured`] is a type with properties, and [`Value`] is anything a property can hold. The
//!   writer sees a value as a [`View`], and the reader fills it through a [`Slot`].
//! - [`Additional`] keeps members that are not documented, and which properties were null, so that
//!   they are written back.
//! - [`OpenEnum`] and [`Flags`] are the two kinds of enum; both accept members that are not
//!   documented.
//! - A property declared as a base type holds the base type's struct, and keeps the properties of a
//!   derived type in [`Additional`]; [`DerivedFrom`] relates the two types.
//! - [`Property`] constants name properties in queries and in [`Update`]s.
//!
//! # How requests work
//! A [`Request`] is a value: building it does nothing and cannot fail. [`Request::http`] turns it
//! into a complete [`http::Request`] and [`Request::decode`] reads a response, both without I/O.
//! [`Request::send`] does both and sends the request through its [`Client`].
//!
//! - [`At`] is a location in the service; generated request builders wrap one.
//! - [`query`] has the query options, typed by the property constants; [`response`] has the
//!   functions that read a response.
//! - A [`Client`] has the address of the service, a [`Transport`] and [`Tokens`]. It decides where
//!   a token may be sent.
//! - [`Error`] has the errors of requests, [`ServiceError`] the error that a service responded
//!   with. Neither shows a token.
//!
//! # Operations of several requests
//! The parts that make decisions use neither I/O nor a clock; a [`Client`] transfers the bytes and
//! waits.
//!
//! - [`Request::items`] and [`Request::pages`] follow next links; [`Request::changes`] and
//!   [`Request::changes_since`] are the rounds of a delta query.
//! - [`Client::batch`] sends several requests together and decodes each response.
//! - [`Client::upload`] sends large files in pieces and can resume; [`Request::download`] returns
//!   content as a stream.
//! - [`Accepted::monitor`] waits for a long-running operation.
//!
//! Addresses that a service sends (next links, redirects, upload sessions) are checked before they
//! are followed: a token is sent only to the service's own origin, a circle of links is an error,
//! and errors do not show URLs that grant access by themselves.
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
//! | `chrono`, `jiff`, `time`, `uuid` | conversions of the text types of `Edm` |
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod accepted;
mod additional;
mod at;
#[cfg(feature = "azure")]
mod azure;
pub mod batch;
#[cfg(feature = "blocking")]
mod blocking;
mod call;
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
pub mod graph;
mod head;
pub mod kind;
mod link;
mod literal;
mod manner;
mod method;
pub mod monitor;
mod nullable;
#[cfg(feature = "oauth")]
mod oauth;
pub mod open_enum;
mod origin;
mod pages;
mod path;
mod properties;
mod property;
mod protocol;
pub mod query;
mod redirect;
mod reference;
mod request;
mod request_id;
pub mod response;
mod retry;
mod retry_after;
mod scalar;
mod secret;
mod sent;
mod single;
mod structured;
#[cfg(feature = "testing")]
pub mod testing;
mod tokens;
mod trace;
pub mod transport;
mod unbuffered;
mod unfold;
mod untyped;
mod update;
mod upload;
mod value;
mod value_for;
pub mod wire;
mod with;

/// `transport::Reqwest` has types of this crate in its interface.
#[cfg(feature = "reqwest")]
pub use ::reqwest;
/// `transport::Ureq` has types of this crate in its interface.
#[cfg(feature = "blocking")]
pub use ::ureq;
pub use accepted::Accepted;
pub use additional::Additional;
pub use at::At;
#[cfg(feature = "azure")]
pub use azure::AzureTokens;
pub use batch::{Batch, BatchError, BatchGroup};
#[cfg(feature = "blocking")]
pub use blocking::{Blocking, block_on};
/// Bytes in memory that are cheap to share; content arrives as chunks of these.
pub use bytes::Bytes;
pub use changes::{Changes, DeltaLink, Resync};
pub use client::Client;
#[cfg(feature = "oauth")]
pub use cloud::Cloud;
pub use collection::Collection;
pub use content::Content;
pub use delta::{Change, Delta, Removed};
pub use derived::DerivedFrom;
pub use edm::*;
pub use error::{DecodeError, Error, ErrorDetail, ServiceError};
pub use flags::Flags;
pub use head::Head;
pub use link::LinkError;
pub use literal::Literal;
pub use method::Method;
pub use monitor::Monitor;
pub use nullable::{Nullable, ReadsOne};
#[cfg(feature = "oauth")]
pub use oauth::ClientCredentials;
pub use open_enum::OpenEnum;
pub use pages::{Items, ItemsOf, Page, Pages};
pub use path::Path;
pub use properties::{Properties, PropertyRequests, ReadOnly, Writable};
pub use property::Property;
pub use protocol::{BatchUrls, DurationLiterals, EnumLiterals, InLists, KeyForm, Protocol};
pub use reference::{OneEntity, Reference};
pub use request::{CountRequest, Decode, DeltaRequest, ListRequest, ReadRequest, Request};
pub use retry::Retry;
pub use scalar::{Primitive, Scalar};
/// Any JSON value: the type of a property without a documented type.
pub use serde_json::Value as Json;
pub use single::Single;
pub use structured::{JsonSlot, List, Members, Optional, Slot, Structured, TypeInfo, View};
pub use tokens::{InvalidToken, Token, TokenRequest, Tokens};
pub use transport::{BoxError, BoxFuture, Transport};
pub use unbuffered::UnbufferedItems;
pub use untyped::{DowncastError, Untyped};
pub use update::Update;
pub use upload::{FileSource, PIECE_UNIT, Source, Upload, UploadError, Uploaded};
pub use value::Value;
pub use value_for::ValueFor;
pub use wire::strictly;
pub use with::{Address, Navigation, Related, With};

//! Tests of generated types against the service's own documents: what
//! `edmark generate --with-tests` calls. Behind the feature `testing`.
//!
//! Generated tests are a list of types ([`Type`]) and one of calls ([`Replay`]) beside a folder of
//! examples, one file a reference page; what is done with them stands here once. [`round_trips`]
//! reads each example into its type, writes it back and compares the documents ([`difference`]).
//! [`replays`] makes each documented request by its call and sends it to a server on 127.0.0.1 that
//! knows it.

mod compare;
mod examples;
mod replay;
mod report;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::strictly;

pub use compare::{Difference, difference};
pub use examples::{Error, round_trips};
pub use replay::{Call, Replay, ReplayReport, Sending, replays};
pub use report::{Defect, Failure, Report};

/// A type that examples have.
#[derive(Clone, Copy)]
pub struct Type {
    name: &'static str,
    round_trip: fn(&str) -> Result<String, serde_json::Error>,
}

impl Type {
    /// The type `T`, by the name that examples call it.
    pub const fn new<T: Serialize + DeserializeOwned>(name: &'static str) -> Self {
        Type { name, round_trip: round_trip::<T> }
    }

    /// The name that examples call it.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

/// Reads a document and writes what was read.
fn round_trip<T: Serialize + DeserializeOwned>(text: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(&strictly(|| serde_json::from_str::<T>(text))?)
}

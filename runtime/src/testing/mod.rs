//! Tests of generated types with the documented examples. The tests that `edmark generate
//! --with-tests` writes call these functions. It needs the feature `testing`.
//!
//! The generated tests consist of a list of types ([`Type`]), a list of calls ([`Replay`]) and a
//! folder of examples with one file for each reference page. [`round_trips`] reads each example as
//! its type, writes it and compares the documents ([`difference`]). [`replays`] makes each
//! documented request with its call and sends it to a server on 127.0.0.1 that expects it.

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

/// A generated type that examples refer to.
#[derive(Clone, Copy)]
pub struct Type {
    name: &'static str,
    round_trip: fn(&str) -> Result<String, serde_json::Error>,
}

impl Type {
    /// The type `T`, with the name by which examples refer to it.
    pub const fn new<T: Serialize + DeserializeOwned>(name: &'static str) -> Self {
        Type { name, round_trip: round_trip::<T> }
    }

    /// The name by which examples refer to it.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

/// Reads a document as a `T` and writes it again.
fn round_trip<T: Serialize + DeserializeOwned>(text: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(&strictly(|| serde_json::from_str::<T>(text))?)
}

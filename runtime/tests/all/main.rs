//! All tests of the crate from outside, as one program; those of the transports are another.
//! `cargo test -p edmark-runtime --test all query::` runs those of one file.
#![allow(clippy::unwrap_used, reason = "what the test plays itself is as it should be, or the test fails")]

mod abnf;
mod conversions;
mod credentials;
mod errors;
mod exact;
mod expressions;
mod flows;
mod large;
mod literals;
#[cfg(feature = "oauth")]
mod oauth;
mod properties;
mod property_requests;
mod query;
mod replays;
mod requests;
mod responses;
mod round_trip;
mod sample;
mod secrets;
mod testing;
#[cfg(feature = "tracing")]
mod tracing;
mod update;
mod urls;

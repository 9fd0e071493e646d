//! Typical uses of an SDK that edmark generates from a service's metadata, with that service: SAP's
//! library for OData 4.0, which accepts only what the grammar and the model allow. The transport is
//! blocking.
#![cfg(test)]

mod batch;
mod keys;
mod operations;
mod properties;
mod queries;
mod related;
mod values;

use std::error::Error;
use std::sync::atomic::{AtomicI32, Ordering};

use edmark_runtime::transport::Ureq;
use edmark_runtime::{Client, DurationLiterals, EnumLiterals, InLists, KeyForm, Protocol};
use observatory_sdk::{Body, Sky};

/// An integer that a double cannot represent.
const BIG: i64 = 9_007_199_254_740_993;

/// The protocol options that follow OData 4.0 strictly.
const STRICT: Protocol = Protocol::new()
    .keys(KeyForm::Parentheses)
    .enums(EnumLiterals::Qualified)
    .durations(DurationLiterals::Prefixed)
    .in_lists(InLists::WrittenOut)
    .exact_numbers(true)
    .max_version("4.0");

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// The client for the service, whose address is in the variable `OBSERVATORY`.
fn sky() -> Outcome<Sky> {
    let client = Client::new(&std::env::var("OBSERVATORY")?, Ureq::new());
    Ok(Sky::from_client(client.with_protocol(STRICT)))
}

/// A body with an id that no other test uses.
fn body(name: &str) -> Body {
    static LAST: AtomicI32 = AtomicI32::new(1);
    Body {
        id: Some(LAST.fetch_add(1, Ordering::Relaxed)),
        name: Some(name.to_owned()),
        places: Some(Vec::new()),
        aliases: Some(Vec::new()),
        colours: Some(Vec::new()),
        sizes: Some(Vec::new()),
        ..Body::default()
    }
}

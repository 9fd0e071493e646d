//! What one does with an SDK that edmark has made of a service's metadata, against that service:
//! SAP's library of OData 4.0, which takes nothing that the grammar and the model do not allow. The
//! transport blocks.
#![cfg(test)]

mod batch;
mod keys;
mod operations;
mod queries;
mod related;
mod values;

use std::error::Error;
use std::sync::atomic::{AtomicI32, Ordering};

use edmark_runtime::transport::Ureq;
use edmark_runtime::{Client, DurationLiterals, EnumLiterals, InLists, KeyForm, Protocol};
use observatory_sdk::{Body, Sky};

/// A whole number that a double cannot hold.
const BIG: i64 = 9_007_199_254_740_993;

/// OData 4.0 to the letter.
const STRICT: Protocol = Protocol::new()
    .keys(KeyForm::Parentheses)
    .enums(EnumLiterals::Qualified)
    .durations(DurationLiterals::Prefixed)
    .in_lists(InLists::WrittenOut)
    .exact_numbers(true)
    .max_version("4.0");

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// The service, at the address that the variable `OBSERVATORY` has.
fn sky() -> Outcome<Sky> {
    let client = Client::new(&std::env::var("OBSERVATORY")?, Ureq::new());
    Ok(Sky::from_client(client.with_protocol(STRICT)))
}

/// A body that nobody else has.
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

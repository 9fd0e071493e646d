//! Typical uses of an SDK that edmark generates from a service's metadata, with that service: SAP
//! CAP with the service `harbour`.
#![cfg(test)]

mod batch;
mod changes;
mod keys;
mod operations;
mod properties;
mod queries;
mod values;

use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};

use edmark_runtime::transport::Reqwest;
use edmark_runtime::{Client, Guid};
use harbour_sdk::{Harbour, Ships};

/// An integer that a double cannot represent.
const BIG: i64 = 9_007_199_254_740_993;

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// The client for the service, whose address is in the variable `HARBOUR`.
fn harbour() -> Outcome<Harbour> {
    let transport = Reqwest::from_client(Reqwest::builder()?.no_proxy().build()?);
    let client = Client::new(&std::env::var("HARBOUR")?, transport);
    // CAP wants numbers that need more than a double as strings, which the metadata shows.
    Ok(Harbour::from_client(client))
}

/// A text that no other test uses.
fn unique(word: &str) -> String {
    static LAST: AtomicU64 = AtomicU64::new(0);
    format!("{word} {}", LAST.fetch_add(1, Ordering::Relaxed))
}

/// A key that is not used yet.
fn guid() -> Guid {
    static LAST: AtomicU64 = AtomicU64::new(1);
    Guid::from(format!("00000000-0000-4000-8000-{:012}", LAST.fetch_add(1, Ordering::Relaxed)))
}

fn ship(name: &str) -> Ships {
    Ships { id: Some(guid()), name: Some(name.to_owned()), ..Ships::default() }
}

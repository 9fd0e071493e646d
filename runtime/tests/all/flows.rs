//! Operations of several requests: pages, rounds of changes, batches, uploads, downloads and
//! long-running operations, with a mock service.

mod any_batch;
mod batch;
mod changes;
mod download;
mod hostile;
mod monitor;
#[cfg(feature = "reqwest")]
mod network;
mod pages;
#[cfg(feature = "reqwest")]
#[path = "../transports/server.rs"]
#[allow(dead_code, reason = "these tests need a part of it")]
mod server;
pub(crate) mod service;
mod upload;

//! Operations of several requests: pages, rounds of changes, batches, uploads, downloads and
//! long-running operations, with a mock service.
#![allow(clippy::unwrap_used, reason = "what the test plays itself is as it should be, or the test fails")]

mod any_batch;
mod batch;
mod changes;
mod download;
mod monitor;
#[cfg(feature = "reqwest")]
mod network;
mod pages;
#[cfg(feature = "reqwest")]
#[path = "../transports/server.rs"]
#[allow(dead_code, reason = "these tests need a part of it")]
mod server;
mod service;
mod upload;

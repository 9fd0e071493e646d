//! What takes several requests: pages, rounds of changes, batches, uploads, downloads and long-running operations, against a service that the test plays.
#![allow(clippy::unwrap_used, reason = "what the test plays itself is as it should be, or the test fails")]

mod batch;
mod changes;
mod download;
mod monitor;
mod pages;
mod service;
mod upload;

//! What takes several requests: pages, rounds of changes, batches, uploads, downloads and long-running operations, against a service that the test plays.

mod batch;
mod changes;
mod download;
mod monitor;
mod pages;
mod service;
mod upload;

//! edmark reads an OData service's reference pages and writes a typed Rust SDK.
//!
//! The pipeline, one module a stage: [`source`] loads, [`markdown`] parses, `read` gives meaning, `resolve` links, `emit` writes code.

pub mod config;
pub mod diagnostics;
pub mod emit;
mod error;
#[cfg(feature = "export")]
pub mod export;
pub mod file_set;
pub mod json;
pub mod markdown;
pub mod model;
pub mod page;
mod parallel;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod resolve;
pub mod schema;
pub mod source;

pub use config::Config;
pub use error::Error;

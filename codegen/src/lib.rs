//! edmark reads an OData service's reference pages and writes a typed Rust SDK.
//!
//! The pipeline, one module a stage: [`source`] loads, [`markdown`] parses, `read` gives meaning, `resolve` links, `emit` writes code.

mod build;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod emit;
mod error;
#[cfg(feature = "export")]
pub mod export;
pub mod file_set;
pub mod json;
pub mod markdown;
#[cfg(feature = "metadata")]
pub mod metadata;
pub mod model;
pub mod page;
mod parallel;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod resolve;
mod run;
pub mod schema;
pub mod source;

pub use build::compile;
pub use config::Config;
pub use error::Error;
pub use run::{Analysis, Generated};

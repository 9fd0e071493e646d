//! edmark reads an OData service's reference pages and writes a typed Rust SDK.
//!
//! The pipeline, one module a stage: [`source`] loads, [`markdown`] parses, `read` gives meaning, `resolve` links, `emit` writes code.

pub mod diagnostics;
pub mod json;
pub mod markdown;
pub mod model;
pub mod page;
pub mod read;
pub mod schema;
pub mod source;

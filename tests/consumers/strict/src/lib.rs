//! The generated code has neither unsafe code nor warnings.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

/// The generated types.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/graph.rs"));
}

/// The place of a lighthouse.
pub fn place(lighthouse: &graph::Lighthouse) -> Option<&str> {
    lighthouse.place.as_deref()
}

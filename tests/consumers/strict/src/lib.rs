//! No unsafe code, and no warning, in what is generated either.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

/// What was generated.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/graph.rs"));
}

/// Where a lighthouse stands.
pub fn place(lighthouse: &graph::Lighthouse) -> Option<&str> {
    lighthouse.place.as_deref()
}

//! The Cargo features that every crate with roots to choose from has.

/// All roots; what a crate has by default.
pub(crate) const ALL: &str = "all";
/// The requests that several roots lead to.
pub(crate) const SHARED: &str = "shared";

//! Edits of pages, by what they are about.

pub(super) mod pages;
mod properties;
mod requests;
mod types;

pub(super) fn all() -> Vec<Edit> {
    [properties::all(), types::all(), requests::all()].into_iter().flatten().collect()
}

/// An edit of pages, and a caller that it may affect.
pub(super) struct Edit {
    /// The name of the edit, which is also that of a module in the generated crates and of the
    /// caller.
    pub(super) name: &'static str,
    /// The beginning of the first change that `edmark diff` reports.
    pub(super) says: &'static str,
    pub(super) before: Vec<(String, String)>,
    pub(super) after: Vec<(String, String)>,
    /// The body of the caller's `main`, which imports everything in the module.
    pub(super) caller: &'static str,
}

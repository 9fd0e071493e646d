//! Edits of pages, by what they are about.

pub(super) mod pages;
mod properties;
mod requests;
mod types;

pub(super) fn all() -> Vec<Edit> {
    [properties::all(), types::all(), requests::all()].into_iter().flatten().collect()
}

/// A change of pages, and who may feel it.
pub(super) struct Edit {
    /// Its name: a module of the generated crates, and the caller's.
    pub(super) name: &'static str,
    /// What it is about, as `edmark diff` puts it first.
    pub(super) says: &'static str,
    pub(super) before: Vec<(String, String)>,
    pub(super) after: Vec<(String, String)>,
    /// The body of the caller's `main`; everything of the module is in scope.
    pub(super) caller: &'static str,
}

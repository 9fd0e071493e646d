//! Names of files and crates that a configuration may have.

use std::path::{Component, Path};

use crate::rust_ident;

/// Returns true if a text is the name of a file without a folder.
pub(super) fn is_file_name(text: &str) -> bool {
    let mut parts = Path::new(text).components();
    matches!(parts.next(), Some(Component::Normal(part)) if part == text) && parts.next().is_none()
}

/// Returns true if a text is valid as the name of a package and of a crate in code: not a keyword,
/// not a crate of the compiler or a dependency of generated code, and not a folder of cargo.
pub(crate) fn is_crate_name(text: &str) -> bool {
    const TAKEN: [&str; 12] = [
        "std",
        "core",
        "alloc",
        "proc_macro",
        "test",
        "edmark_runtime",
        "serde",
        "serde_json",
        "build",
        "deps",
        "examples",
        "incremental",
    ];
    let in_code = text.replace('-', "_");
    !rust_ident::is_keyword(&in_code)
        && !rust_ident::is_device(text)
        && !TAKEN.contains(&in_code.as_str())
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

//! Looks for files that pages mention and that are not among the inputs. They are never read.

use crate::ordered;
use std::fs;
use std::path::Path;

/// Returns true if there is a file of this path.
pub(crate) fn has_file(path: &str) -> bool {
    Path::new(path).is_file()
}

/// The names of a folder's files, in order.
pub(crate) fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    ordered::sort(&mut names);
    names
}

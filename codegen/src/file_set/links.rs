//! Links in the output folder, which must not lead out of it.

use crate::hashing::HashSet;
use std::fs;
use std::path::Path;

use super::{Owned, WriteError, place};
use crate::ordered;

/// Checks the folders of a set's files, and those that are searched for generated files.
///
/// # Errors
/// [`WriteError::LeadsOut`] if one of them is a link that leads out of `dir`.
pub(super) fn stay_inside(dir: &Path, paths: &HashSet<&str>, owned: &Owned) -> Result<(), WriteError> {
    let above = |path: &'_ str| path.match_indices('/').map(|(at, _)| at).collect::<Vec<_>>();
    let mut folders: Vec<&str> = paths.iter().flat_map(|path| above(path).into_iter().map(|at| &path[..at])).collect();
    if let Owned::Below(roots) = owned {
        folders.extend(roots.iter().map(String::as_str).filter(|root| !root.is_empty()));
    }
    for folder in ordered::unique(folders.into_iter()) {
        let path = place(dir, folder);
        if !fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
            continue;
        }
        let inside = fs::canonicalize(dir).map_err(|source| WriteError::read(dir, source))?;
        let target = match fs::canonicalize(&path) {
            Ok(target) => target,
            // The target does not exist, so its path as written is shown.
            Err(_) => fs::read_link(&path).map_err(|source| WriteError::read(&path, source))?,
        };
        if !target.starts_with(inside) {
            return Err(WriteError::LeadsOut { path, target });
        }
    }
    Ok(())
}

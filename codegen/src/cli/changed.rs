//! Selects the problems of given or changed pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diagnostics::Diagnostic;
use crate::source::{FileId, SourceMap};

/// The problems whose primary place is in one of these files, which are given by their canonical
/// paths.
pub(super) fn problems_of<'d>(
    problems: impl IntoIterator<Item = &'d Diagnostic>,
    sources: &SourceMap,
    files: &BTreeSet<PathBuf>,
) -> Vec<&'d Diagnostic> {
    // Cached for each page, because finding the canonical path asks the file system.
    let mut known: BTreeMap<FileId, bool> = BTreeMap::new();
    let is_of_files =
        |file: FileId| Path::new(&sources.file(file).path).canonicalize().is_ok_and(|path| files.contains(&path));
    problems
        .into_iter()
        .filter(|problem| {
            let file = problem.primary.span.file;
            *known.entry(file).or_insert_with(|| is_of_files(file))
        })
        .collect()
}

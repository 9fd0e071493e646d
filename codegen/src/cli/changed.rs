//! Problems of the pages that somebody names or is at work on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diagnostics::Diagnostic;
use crate::source::{FileId, SourceMap};

/// The problems that have their place in one of these files, which are named by their real paths.
pub(super) fn problems_of<'d>(
    problems: impl IntoIterator<Item = &'d Diagnostic>,
    sources: &SourceMap,
    files: &BTreeSet<PathBuf>,
) -> Vec<&'d Diagnostic> {
    // A page may have many problems, and the file system is asked for its real path once.
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

//! Problems of the pages that somebody is at work on.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostics::Diagnostics;
use crate::source::SourceMap;

/// The problems that have their place in one of these files, which are named by their real paths.
pub(super) fn problems_of(diagnostics: &Diagnostics, sources: &SourceMap, changed: &BTreeSet<PathBuf>) -> Diagnostics {
    let mut problems = Diagnostics::default();
    for problem in diagnostics.iter() {
        let path = Path::new(&sources.file(problem.primary.span.file).path);
        if path.canonicalize().is_ok_and(|path| changed.contains(&path)) {
            problems.push(problem.clone());
        }
    }
    problems
}

//! Shows the fixes of problems that have exactly one, as a diff, and writes them on request.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};

use similar::TextDiff;

use crate::diagnostics::{Diagnostic, Fix};
use crate::source::{FileId, SourceMap};

/// Shows the fixes of all problems that have one, and writes them to the pages if `writes` is true.
/// Returns the number of fixes.
pub(super) fn mend(
    problems: &[&Diagnostic],
    sources: &SourceMap,
    writes: bool,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let mut files: BTreeMap<FileId, Vec<&Fix>> = BTreeMap::new();
    for fix in problems.iter().filter_map(|problem| problem.fix.as_ref()) {
        // A page with an unfinished merge has two versions, and a fix would change only one.
        if sources.conflict(fix.span.file).is_none() {
            files.entry(fix.span.file).or_default().push(fix);
        }
    }
    let mut count = 0;
    for (file, mut fixes) in files {
        let page = sources.file(file);
        fixes.sort_by_key(|fix| fix.span);
        // Of two fixes that overlap, the first is made; several texts may be added at one place.
        fixes.dedup_by(|next, fix| next.span.start < fix.span.end || *next == *fix);
        let mut text = page.text().to_owned();
        for fix in fixes.iter().rev() {
            text.replace_range(fix.span.range(), &fix.text);
        }
        count += fixes.len();
        let diff = TextDiff::from_lines(page.text(), &text);
        writeln!(out, "{}", diff.unified_diff().header(&page.path, &page.path))?;
        if writes {
            fs::write(&page.path, text)
                .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", page.path)))?;
        }
    }
    Ok(count)
}

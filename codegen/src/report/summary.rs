//! The numbers of problems by severity and by code.

use std::fmt;

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::ordered;

/// Problems by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number of pages, types or methods that are missing from the output.
    pub errors: usize,
    /// The number of facts that are doubtful, or were repaired or left out.
    pub warnings: usize,
    /// The number of notes.
    pub notes: usize,
}

/// Problems by severity and by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// By severity.
    pub counts: Counts,
    /// By code, in the order of the pipeline's stages; only codes that occur.
    pub codes: Vec<(Code, usize)>,
}

impl Counts {
    /// Counts problems.
    pub fn of<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let mut counts = Counts::default();
        for diagnostic in diagnostics {
            match diagnostic.severity() {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }
}

impl Summary {
    /// Counts problems.
    pub fn of<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let diagnostics: Vec<&Diagnostic> = diagnostics.into_iter().collect();
        let mut codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        ordered::sort(&mut codes);
        let codes = codes.chunk_by(PartialEq::eq).map(|same| (same[0], same.len())).collect();
        Summary { counts: Counts::of(diagnostics), codes }
    }
}

/// Writes `1 error, 3 warnings, 2 notes`, without zeros, or `no problems`.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
            .collect();
        if parts.is_empty() { f.write_str("no problems") } else { f.write_str(&parts.join(", ")) }
    }
}

/// Writes the counts, then one line for each code: errors first, and the most frequent first.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.counts)?;
        let mut rows: Vec<_> = self.codes.iter().collect();
        ordered::sort_by_key(&mut rows, |(code, count)| {
            (std::cmp::Reverse(code.severity()), std::cmp::Reverse(*count), *code)
        });
        for (code, count) in rows {
            write!(f, "\n{count:>8}  {:<7}  {}", code.severity().name(), code.name())?;
        }
        Ok(())
    }
}

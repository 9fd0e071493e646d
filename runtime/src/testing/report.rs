//! The results of a folder of examples.

use std::collections::BTreeMap;
use std::fmt;

/// The results of all examples.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    counts: BTreeMap<String, Counts>,
    /// Examples that should have been unchanged but were not: either a type is wrong, or the page
    /// has an error that edmark did not find.
    pub failures: Vec<Failure>,
    /// Examples that contradict the pages of their types and were not unchanged, as expected.
    pub defects: Vec<Defect>,
}

/// The numbers of examples of requests, or of responses.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// Examples with a type that were unchanged.
    pub(super) equal: usize,
    /// Examples with a known defect that were not unchanged.
    pub(super) defects: usize,
    /// Examples that were not unchanged but should have been.
    pub(super) failures: usize,
    /// Examples without a type, by reason.
    pub(super) apart: BTreeMap<String, usize>,
}

/// An example that should have been unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The page and the line.
    pub place: String,
    /// The type that it was read as.
    pub type_name: String,
    /// The error, or the first difference.
    pub reason: String,
}

/// An example that contradicts the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Defect {
    /// The page and the line.
    pub place: String,
    /// The type that it was read as.
    pub type_name: String,
    /// The error that edmark found in the example.
    pub defect: String,
    /// The error, or the first difference.
    pub reason: String,
}

impl Report {
    pub(super) fn counts(&mut self, of: &str) -> &mut Counts {
        self.counts.entry(of.to_owned()).or_default()
    }

    /// The number of examples that were read as a generated type and were unchanged.
    pub fn equal(&self) -> usize {
        self.counts.values().map(|counts| counts.equal).sum()
    }

    /// Returns true if there is no failure.
    pub fn is_good(&self) -> bool {
        self.failures.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (of, counts) in &self.counts {
            let typed = counts.equal + counts.defects + counts.failures;
            writeln!(f, "{of}s: {} of {typed} typed examples came back equal", counts.equal)?;
            for (reason, count) in &counts.apart {
                writeln!(f, "  apart: {count} × {reason}")?;
            }
        }
        for Defect { place, type_name, defect, reason } in &self.defects {
            writeln!(f, "the page is wrong: {place}: {type_name}: {defect} ({reason})")?;
        }
        for Failure { place, type_name, reason } in &self.failures {
            writeln!(f, "FAILED: {place}: {type_name}: {reason}")?;
        }
        write!(f, "{} failed", self.failures.len())
    }
}

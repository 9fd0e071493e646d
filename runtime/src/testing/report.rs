//! How a folder of examples fared.

use std::collections::BTreeMap;
use std::fmt;

/// How many examples there are, how many came back as they were, and what became of the rest.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    counts: BTreeMap<String, Counts>,
    /// Examples that should have come back and did not: the types are wrong, or the page is wrong
    /// in a way that edmark did not see.
    pub failures: Vec<Failure>,
    /// Examples that contradict the pages that describe their types, and rightly did not come back.
    pub defects: Vec<Defect>,
}

/// The figures of the requests, or of the responses.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// Typed, and came back equal.
    pub(super) equal: usize,
    /// Rightly did not.
    pub(super) defects: usize,
    /// Should have.
    pub(super) failures: usize,
    /// Without a type, by reason.
    pub(super) apart: BTreeMap<String, usize>,
}

/// An example that should have come back as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// Page and line.
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
    /// Page and line.
    pub place: String,
    /// The type that it was read as.
    pub type_name: String,
    /// What edmark says about it.
    pub defect: String,
    /// The error, or the first difference.
    pub reason: String,
}

impl Report {
    pub(super) fn counts(&mut self, of: &str) -> &mut Counts {
        self.counts.entry(of.to_owned()).or_default()
    }

    /// How many examples were read as a generated type and came back equal.
    pub fn equal(&self) -> usize {
        self.counts.values().map(|counts| counts.equal).sum()
    }

    /// Whether every example came back that should have.
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

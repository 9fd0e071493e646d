//! The baseline: a file with known problems, so that only new ones count.
//!
//! Each line of the file is a kind of problem on a page: the number of occurrences, the code, the
//! page and the message, separated by tabs. Lines and columns are not part of it, so that other
//! changes to a page do not make its problems new. Paths of pages are relative to the repository.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::repository::Repository;
use crate::diagnostics::Diagnostic;
use crate::report::Positions;

/// The known problems, with the number of occurrences.
#[derive(Debug, Default)]
pub(super) struct Baseline(BTreeMap<(String, String, String), usize>);

impl Baseline {
    /// Reads the known problems from a file.
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        let mut known = Baseline::default();
        for line in fs::read_to_string(path)?.lines() {
            let mut cells = line.splitn(4, '\t');
            if let (Some(Ok(count)), Some(code), Some(page), Some(message)) =
                (cells.next().map(str::parse::<usize>), cells.next(), cells.next(), cells.next())
            {
                *known.0.entry((code.to_owned(), page.to_owned(), message.to_owned())).or_default() += count;
            }
        }
        Ok(known)
    }

    /// The baseline of these problems.
    pub(super) fn of<'d>(
        problems: impl Iterator<Item = &'d Diagnostic>,
        positions: &Positions<'_>,
        repository: &Repository,
    ) -> Self {
        let mut known = Baseline::default();
        for problem in problems {
            *known.0.entry(key(problem, positions, repository)).or_default() += 1;
        }
        known
    }

    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let lines = self.0.iter().map(|((code, page, message), count)| format!("{count}\t{code}\t{page}\t{message}\n"));
        fs::write(path, lines.collect::<String>())
    }

    /// Removes one occurrence of a problem. Returns true if the problem is known.
    pub(super) fn take(&mut self, problem: &Diagnostic, positions: &Positions<'_>, repository: &Repository) -> bool {
        match self.0.get_mut(&key(problem, positions, repository)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// The number of known problems that have not been removed.
    pub(super) fn left(&self) -> usize {
        self.0.values().sum()
    }
}

fn key(problem: &Diagnostic, positions: &Positions<'_>, repository: &Repository) -> (String, String, String) {
    let page = repository.relative(positions.place(problem.primary.span).path);
    let message = problem.message.split(['\n', '\t', '\r']).collect::<Vec<_>>().join(" ");
    (problem.code.name().to_owned(), page, message)
}

//! Problems that are known: a file that keeps them apart, so that only new ones count.
//!
//! A line of the file is a kind of problem of a page: how often, the code, the page and the
//! message, with tabs between them. Lines and columns are left out, so that other changes of a page
//! do not make its problems new. Pages are named as seen from the repository.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::repository::Repository;
use crate::diagnostics::Diagnostic;
use crate::report::Positions;

/// What is known, and how often.
#[derive(Debug, Default)]
pub(super) struct Baseline(BTreeMap<(String, String, String), usize>);

impl Baseline {
    /// Those of a file.
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

    /// These.
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

    /// Takes a problem off what is known; whether it was among it.
    pub(super) fn take(&mut self, problem: &Diagnostic, positions: &Positions<'_>, repository: &Repository) -> bool {
        match self.0.get_mut(&key(problem, positions, repository)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// How many are known and were not taken.
    pub(super) fn left(&self) -> usize {
        self.0.values().sum()
    }
}

fn key(problem: &Diagnostic, positions: &Positions<'_>, repository: &Repository) -> (String, String, String) {
    let page = repository.relative(positions.place(problem.primary.span).path);
    let message = problem.message.split(['\n', '\t', '\r']).collect::<Vec<_>>().join(" ");
    (problem.code.name().to_owned(), page, message)
}

//! The result of a run.

use std::path::Path;
use std::time::SystemTime;

use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostics::Diagnostics;
use crate::file_set::Written;
use crate::file_state::FileState;
use crate::parallel;
use crate::source::{self, FileId, FoundFile};

/// A run that has written its output.
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Run {
    /// The hash of all inputs other than the pages.
    options: u128,
    pages: Vec<PageRecord>,
    /// The problems that the run found.
    pub(crate) diagnostics: Diagnostics,
    /// The pages that contribute to the output; `None` for all.
    pub(crate) concerned: Option<Vec<FileId>>,
    /// The files on disk after the run.
    pub(crate) written: Written,
    /// True if it differs from the result that is kept already.
    #[cfg_attr(feature = "cache", serde(skip))]
    pub(crate) is_new: bool,
}

/// A page at the time of the run.
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
struct PageRecord {
    path: String,
    content: u128,
    state: Option<FileState>,
}

/// The hash of the options, given as a text.
pub(crate) fn options_hash(options: &str) -> u128 {
    xxh3_128(options.as_bytes())
}

impl Run {
    /// The result of the current run. `found` are the page files before they were read, `contents`
    /// the hashes of their contents; there are none if the result will not be kept.
    pub(crate) fn new(options: u128, found: &[FoundFile], contents: &[u128]) -> Self {
        let now = SystemTime::now();
        let pages = found.iter().zip(contents).map(|(found, content)| PageRecord {
            path: found.shown.clone(),
            content: *content,
            state: found.state.and_then(|state| state.settled(now)),
        });
        let (diagnostics, written) = (Diagnostics::default(), Written::default());
        Run { options, pages: pages.collect(), diagnostics, concerned: None, written, is_new: true }
    }

    /// Returns true if another run with these options and pages would have the same result, and the
    /// output is still in `out`. Pages and files are read only if their state on disk is not
    /// conclusive. Updates the kept states.
    pub(crate) fn is_still_so(&mut self, options: u128, found: &[FoundFile], out: &Path) -> bool {
        if self.options != options || self.pages.len() != found.len() {
            return false;
        }
        let now = SystemTime::now();
        let pairs: Vec<(&PageRecord, &FoundFile)> = self.pages.iter().zip(found).collect();
        let states = parallel::map_quickly(&pairs, |(page, found)| page.state_of_now(found, now));
        let Some(states) = states.into_iter().collect::<Option<Vec<_>>>() else { return false };
        let Some(written) = self.written.still_in(out) else { return false };
        self.is_new = written != self.written || self.pages.iter().map(|page| page.state).ne(states.iter().copied());
        self.written = written;
        self.pages.iter_mut().zip(states).for_each(|(page, state)| page.state = state);
        true
    }

    /// The hashes of the pages that are unchanged by their state on disk, by position.
    pub(crate) fn known(&self, found: &[FoundFile]) -> Vec<Option<u128>> {
        let pages = self.pages.iter().zip(found);
        pages.map(|(page, found)| page.is_unchanged(found).then_some(page.content)).collect()
    }

    /// The hashes of all pages.
    pub(crate) fn contents(&self) -> Vec<Option<u128>> {
        self.pages.iter().map(|page| Some(page.content)).collect()
    }
}

impl PageRecord {
    /// Returns true if a file is this page and is unchanged by its state on disk.
    fn is_unchanged(&self, found: &FoundFile) -> bool {
        self.path == found.shown && found.state.is_some() && found.state == self.state
    }

    /// The state to keep of an unchanged page; `None` if the page has changed.
    fn state_of_now(&self, found: &FoundFile, now: SystemTime) -> Option<Option<FileState>> {
        if self.is_unchanged(found) {
            return Some(found.state);
        }
        if self.path != found.shown {
            return None;
        }
        let is_same = found.read().is_ok_and(|file| source::content_hash(&file) == self.content);
        is_same.then(|| found.state.and_then(|state| state.settled(now)))
    }
}

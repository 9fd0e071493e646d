//! How a run ended.

use std::path::Path;
use std::time::SystemTime;

use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostics::Diagnostics;
use crate::file_set::Written;
use crate::file_state::FileState;
use crate::parallel;
use crate::source::{self, FileId, FoundFile, SourceMap};

/// A run that wrote its output.
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Run {
    /// Hash of all that went into it beside the pages.
    options: u128,
    pages: Vec<PageRecord>,
    /// The problems that it found.
    pub(crate) diagnostics: Diagnostics,
    /// The pages that the output comes from; `None` for all.
    pub(crate) concerned: Option<Vec<FileId>>,
    /// The files that it left on disk.
    pub(crate) written: Written,
    /// Whether it says more than what was kept already.
    #[cfg_attr(feature = "cache", serde(skip))]
    pub(crate) is_new: bool,
}

/// A page as the run found it.
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
struct PageRecord {
    path: String,
    content: u128,
    state: Option<FileState>,
}

/// The hash of options, in whatever words they are given.
pub(crate) fn options_hash(options: &str) -> u128 {
    xxh3_128(options.as_bytes())
}

impl Run {
    /// A run of now. `found` are the pages before they were read, `sources` is what was read then.
    pub(crate) fn new(options: u128, found: &[FoundFile], sources: &SourceMap) -> Self {
        let now = SystemTime::now();
        let files: Vec<_> = sources.files().zip(found).collect();
        let pages = parallel::map(&files, |((_, file), found)| PageRecord {
            path: file.path.clone(),
            content: source::content_hash(file),
            state: found.state.and_then(|state| state.settled(now)),
        });
        let (diagnostics, written) = (Diagnostics::default(), Written::default());
        Run { options, pages, diagnostics, concerned: None, written, is_new: true }
    }

    /// Whether another run with these options and pages would come to the same, and the output is
    /// still in `out`. Pages and files are read only where their state does not tell; the states of
    /// now are taken over.
    pub(crate) fn is_still_so(&mut self, options: u128, found: &[FoundFile], out: &Path) -> bool {
        if self.options != options || self.pages.len() != found.len() {
            return false;
        }
        let now = SystemTime::now();
        let pairs: Vec<(&PageRecord, &FoundFile)> = self.pages.iter().zip(found).collect();
        let states = parallel::map(&pairs, |(page, found)| page.state_of_now(found, now));
        let Some(states) = states.into_iter().collect::<Option<Vec<_>>>() else { return false };
        let Some(written) = self.written.still_in(out) else { return false };
        self.is_new = written != self.written || self.pages.iter().map(|page| page.state).ne(states.iter().copied());
        self.written = written;
        self.pages.iter_mut().zip(states).for_each(|(page, state)| page.state = state);
        true
    }
}

impl PageRecord {
    /// The state to keep of a page that is still the same.
    fn state_of_now(&self, found: &FoundFile, now: SystemTime) -> Option<Option<FileState>> {
        if self.path != found.shown {
            return None;
        }
        if found.state.is_some() && found.state == self.state {
            return Some(found.state);
        }
        let is_same = found.read().is_ok_and(|file| source::content_hash(&file) == self.content);
        is_same.then(|| found.state.and_then(|state| state.settled(now)))
    }
}

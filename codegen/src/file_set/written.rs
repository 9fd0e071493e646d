//! The state of the output on disk after a run.

use crate::hashing::HashSet;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use xxhash_rust::xxh3::xxh3_128;

use super::lock::Lock;
use super::marker::with_line_feeds;
use super::{Owned, place};
use crate::file_state::FileState;
use crate::ordered;
use crate::parallel;

/// The files of a set, by their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Written {
    pub(super) owned: Owned,
    pub(super) files: BTreeMap<String, WrittenFile>,
}

/// A file as a run left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct WrittenFile {
    /// The hash of all inputs of the file.
    pub(super) input: u128,
    /// The hash of the text that was written.
    pub(super) content: u128,
    /// `None` if the file has changed so recently that its state is not conclusive.
    pub(super) state: Option<FileState>,
}

impl Written {
    /// The number of files.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// The hashes of the inputs of all files.
    pub(crate) fn inputs(&self) -> HashSet<u128> {
        self.files.values().map(|file| file.input).collect()
    }

    /// The same files with their current states, if `dir` still contains them unchanged and no
    /// other generated files; otherwise none, also if something cannot be read. Waits while another
    /// run is writing to `dir`.
    pub(crate) fn still_in(&self, dir: &Path) -> Option<Self> {
        let _lock = Lock::of(dir);
        let paths: HashSet<&str> = self.files.keys().map(String::as_str).collect();
        if !self.owned.search(dir, &paths).is_ok_and(|found| found.is_empty()) {
            return None;
        }
        let now = SystemTime::now();
        let files: Vec<_> = self.files.iter().collect();
        let found = parallel::map_quickly(&files, |(path, file)| {
            Some(((*path).clone(), file.still_at(&place(dir, path), now)?))
        });
        Some(Written { owned: self.owned.clone(), files: ordered::map(found.into_iter().collect::<Option<Vec<_>>>()?) })
    }
}

impl WrittenFile {
    /// The same file with its current state, if it is unchanged.
    pub(super) fn still_at(self, place: &Path, now: SystemTime) -> Option<Self> {
        let state = fs::metadata(place).ok().filter(fs::Metadata::is_file).and_then(|found| FileState::of(&found));
        if state.is_some() && state == self.state {
            return Some(self);
        }
        let text = fs::read(place).ok()?;
        let is_same = content_hash(&text) == self.content;
        is_same.then(|| WrittenFile { state: state.and_then(|state| state.settled(now)), ..self })
    }
}

/// The hash of a file's content with line ends normalized.
pub(super) fn content_hash(text: &[u8]) -> u128 {
    xxh3_128(&with_line_feeds(text))
}

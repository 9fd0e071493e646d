//! What a run left on disk, in short.

#[cfg(feature = "cache")]
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_128;

#[cfg(feature = "cache")]
use super::FileSet;
use super::marker::with_line_feeds;
use super::{Owned, place};
use crate::parallel;

/// The files of a set by their hashes.
#[derive(Clone, Default)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Recorded {
    owned: Owned,
    files: Vec<(String, u128)>,
}

impl Recorded {
    pub(super) fn new(owned: Owned) -> Self {
        Recorded { owned, files: Vec::new() }
    }

    pub(super) fn add(&mut self, path: impl Into<String>, hash: u128) {
        self.files.push((path.into(), hash));
    }

    /// The files that `dir` no longer holds as they were written.
    #[cfg(feature = "cache")]
    pub(crate) fn changed_in(&self, dir: &Path) -> BTreeSet<String> {
        let is_as_it_was = parallel::map(&self.files, |file| is_in(dir, file));
        let changed = self.files.iter().zip(is_as_it_was).filter(|(_, is_as_it_was)| !is_as_it_was);
        changed.map(|((path, _), _)| path.clone()).collect()
    }

    /// A set to fill with some of the files, beside the others that are on disk already.
    #[cfg(feature = "cache")]
    pub(crate) fn without<'p>(&self, paths: impl Iterator<Item = &'p str>) -> FileSet {
        let paths: BTreeSet<&str> = paths.collect();
        let others = self.files.iter().filter(|(path, _)| !paths.contains(path.as_str()));
        FileSet { files: BTreeMap::new(), owned: self.owned.clone(), others: others.cloned().collect() }
    }

    /// How many files there are.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether `dir` still holds these files as they were written, and no others that were generated. What cannot be read is not as it was.
    pub(crate) fn is_in(&self, dir: &Path) -> bool {
        let paths: BTreeSet<&str> = self.files.iter().map(|(path, _)| path.as_str()).collect();
        self.owned.search(dir, &paths).is_ok_and(|found| found.is_empty())
            && parallel::map(&self.files, |file| is_in(dir, file)).into_iter().all(|is_there| is_there)
    }
}

fn is_in(dir: &Path, (path, expected): &(String, u128)) -> bool {
    fs::read(place(dir, path)).is_ok_and(|text| hash(&with_line_feeds(&text)) == *expected)
}

pub(super) fn hash(text: &[u8]) -> u128 {
    xxh3_128(text)
}

//! What a run left on disk, in short.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_128;

use super::{Owned, place};
use crate::parallel;

/// The files of a set by their hashes.
#[derive(Default)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Recorded {
    owned: Owned,
    files: Vec<(String, u128)>,
}

impl Recorded {
    pub(super) fn new(owned: Owned) -> Self {
        Recorded { owned, files: Vec::new() }
    }

    pub(super) fn add(&mut self, path: &str, hash: u128) {
        self.files.push((path.to_owned(), hash));
    }

    /// How many files there are.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether `dir` still holds these files as they were written, and no others that were generated. What cannot be read is not as it was.
    pub(crate) fn is_in(&self, dir: &Path) -> bool {
        let paths: BTreeSet<&str> = self.files.iter().map(|(path, _)| path.as_str()).collect();
        let is_there =
            |(path, expected): &(String, u128)| fs::read(place(dir, path)).is_ok_and(|text| hash(&text) == *expected);
        self.owned.search(dir, &paths).is_ok_and(|found| found.is_empty())
            && parallel::map(&self.files, is_there).into_iter().all(|is_there| is_there)
    }
}

pub(super) fn hash(text: &[u8]) -> u128 {
    xxh3_128(text)
}

//! What earlier runs found out, so that the next one has less to do.
//!
//! A folder with three files: what was read on each page; what the last run left; and the model that the last run which resolved its pages made of
//! them, by which later ones go as long as nothing but the wording of descriptions changes. An entry's key is a 128-bit hash (XXH3) of all
//! that it depends on: the page's path and content, the options, and the tool itself (its version, and size and time of the program, so that
//! a tool that is being worked on does not meet its own past). A file that is damaged, or another tool's, is as good as none, and so is a
//! folder that cannot be written: the cache never fails a run, and the output is the same without it.
//!
//! XXH3 does not withstand an attacker who makes two pages with one hash. Who can write such pages can write any page.

#[cfg(feature = "cache")]
mod base;
#[cfg(feature = "cache")]
mod disk;
#[cfg(not(feature = "cache"))]
mod off;
#[cfg(feature = "cache")]
mod pages;
#[cfg(feature = "cache")]
mod rewording;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

#[cfg(feature = "cache")]
pub(crate) use self::base::{KeptBase, NewBase};
#[cfg(feature = "cache")]
pub(crate) use self::disk::Cache;
#[cfg(not(feature = "cache"))]
pub(crate) use self::off::{Cache, Kept, NewBase, Pages, Reading};
#[cfg(feature = "cache")]
pub(crate) use self::pages::{Kept, Pages, Reading};
use crate::diagnostics::Diagnostics;
use crate::file_set::Recorded;
use crate::parallel;
use crate::source::{FileId, SourceMap};

/// What a run made of its pages.
#[cfg_attr(not(feature = "cache"), expect(dead_code, reason = "nobody writes it down"))]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Record {
    /// Hash of everything that went into it.
    pub(crate) key: u128,
    /// The files that it left on disk.
    pub(crate) output: Recorded,
    /// The problems that it found.
    pub(crate) diagnostics: Diagnostics,
    /// The pages that the output comes from; `None` for all.
    pub(crate) concerned: Option<Vec<FileId>>,
}

/// A hash for each page.
pub(crate) fn hashes(sources: &SourceMap) -> Vec<u128> {
    let files: Vec<_> = sources.files().map(|(_, file)| file).collect();
    parallel::map(&files, |file| {
        let mut hasher = Xxh3::new();
        // The path shows in diagnostics and in the code.
        hasher.update(&(file.path.len() as u64).to_le_bytes());
        hasher.update(file.path.as_bytes());
        hasher.update(file.text.as_bytes());
        hasher.digest128()
    })
}

/// The hash of the options and of which pages there are.
pub(crate) fn base_key(options: &str, sources: &SourceMap) -> u128 {
    let mut hasher = Xxh3::new();
    hasher.update(options.as_bytes());
    for (_, file) in sources.files() {
        // No path has this byte.
        hasher.update(&[0xFF]);
        hasher.update(file.path.as_bytes());
    }
    hasher.digest128()
}

/// The hash of a run: of its options, in whatever words, and its pages.
pub(crate) fn run_key(options: &str, pages: &[u128]) -> u128 {
    let pages: Vec<u8> = pages.iter().flat_map(|hash| hash.to_le_bytes()).collect();
    xxh3_128(&[options.as_bytes(), &pages].concat())
}

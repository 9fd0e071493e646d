//! What earlier runs found out, so that the next one has less to do.
//!
//! Two things are kept in a folder: what was read on each page, by the hash of the page
//! ([`Readings`]), and how the last run ended ([`Run`]): the problems that it found, and for each
//! file of its output the hash of all that the file was made of. Both are also tied to the tool
//! itself (its version, and size and time of the program), so that a tool that is being worked on
//! does not meet its own past. A file that is damaged, or another tool's, is as good as none, and
//! so is a folder that cannot be written: the cache never fails a run, and the output is the same
//! without it. Without the feature `cache`, nothing is known and nothing kept.
//!
//! Hashes have 128 bits (XXH3). They do not withstand an attacker who makes two pages with one
//! hash; who can write such pages can write any page.

#[cfg(feature = "cache")]
mod disk;
mod readings;
mod run;

use std::path::PathBuf;

pub(crate) use self::readings::{Reading, Readings};
pub(crate) use self::run::{Run, options_hash};

/// What is known at the start of a run, and at its end.
#[derive(Default)]
pub(crate) struct Memory {
    /// The last run.
    pub(crate) last: Option<Run>,
    /// What was read on pages.
    pub(crate) readings: Readings,
}

impl Memory {
    /// What edmark's own folder in `dir`, an output folder or `OUT_DIR`, holds. Empty for `None`.
    #[cfg(feature = "cache")]
    pub(crate) fn open(dir: Option<PathBuf>) -> Self {
        match dir.and_then(disk::Folder::of) {
            Some(folder) => Memory { last: folder.read_run(), readings: Readings::kept_in(folder) },
            None => Memory::default(),
        }
    }

    /// Without the feature `cache`, nothing.
    #[cfg(not(feature = "cache"))]
    pub(crate) fn open(_dir: Option<PathBuf>) -> Self {
        Memory::default()
    }

    /// Keeps in `dir` what is new. Whatever goes wrong costs the next run some time, and nothing
    /// else.
    #[cfg(feature = "cache")]
    pub(crate) fn keep(&self, dir: Option<PathBuf>) {
        let Some(folder) = dir.and_then(disk::Folder::of) else { return };
        if let Some(readings) = self.readings.changed() {
            folder.write(disk::READINGS, readings);
        }
        if let Some(run) = self.last.as_ref().filter(|run| run.is_new) {
            folder.write_run(run);
        }
    }

    /// Without the feature `cache`, nothing is kept.
    #[cfg(not(feature = "cache"))]
    pub(crate) fn keep(&self, _dir: Option<PathBuf>) {}
}

//! Results of earlier runs, which make the next run faster.
//!
//! A folder keeps two things: the readings of the pages, by the hash of each page and in several
//! files ([`Readings`]), and the result of the last run ([`Run`]): the problems that it found, and
//! for each output file the hash of everything the file depends on. Both are valid only for the
//! same tool (its version, and the size and time of its program), so that a tool under development
//! does not use results of its earlier builds. A file that is damaged or was written by another
//! tool is ignored, and so is a folder that cannot be written. The cache never makes a run fail,
//! and the output is the same without it. Without the feature `cache`, nothing is read or kept.
//!
//! Hashes have 128 bits (XXH3). They are not safe against an attacker who constructs two pages with
//! the same hash, but someone who can write such pages can write any page.

#[cfg(feature = "cache")]
mod batch;
#[cfg(feature = "cache")]
mod disk;
mod readings;
mod run;

use std::path::PathBuf;

pub(crate) use self::readings::{Reading, Readings};
pub(crate) use self::run::{Run, options_hash};

/// The kept results at the start and at the end of a run.
#[derive(Default)]
pub(crate) struct Memory {
    /// The last run.
    pub(crate) last: Option<Run>,
    /// The readings of the pages.
    pub(crate) readings: Readings,
}

impl Memory {
    /// Opens edmark's own folder within `dir`, which is an output folder or `OUT_DIR`. Empty for
    /// `None`.
    #[cfg(feature = "cache")]
    pub(crate) fn open(dir: Option<PathBuf>) -> Self {
        match dir.and_then(disk::Folder::of) {
            Some(folder) => Memory { last: folder.read_run(), readings: Readings::kept_in(folder) },
            None => Memory::default(),
        }
    }

    /// Returns an empty cache, because the feature `cache` is off.
    #[cfg(not(feature = "cache"))]
    pub(crate) fn open(_dir: Option<PathBuf>) -> Self {
        Memory::default()
    }

    /// Writes new results to `dir`. Errors are ignored, because they only make the next run slower.
    #[cfg(feature = "cache")]
    pub(crate) fn keep(self, dir: Option<PathBuf>) {
        let Some(folder) = dir.and_then(disk::Folder::of) else { return };
        folder.write(self.readings.unwritten);
        if let Some(run) = self.last.as_ref().filter(|run| run.is_new) {
            folder.write_run(run);
        }
    }

    /// Does nothing, because the feature `cache` is off.
    #[cfg(not(feature = "cache"))]
    pub(crate) fn keep(self, _dir: Option<PathBuf>) {}
}

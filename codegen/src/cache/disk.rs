//! The folder and its files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::Record;
use super::base::{KeptBase, NewBase};
use super::pages::{Kept, Pages};
use crate::file_set;

const PAGES: &str = "pages";
const RUN: &str = "run";
const BASE: &str = "base";

/// A folder of what earlier runs found out.
pub(crate) struct Cache {
    folder: PathBuf,
    /// Hash of the tool.
    tool: u128,
}

impl Cache {
    /// The cache in edmark's own folder of an output folder or of `OUT_DIR`, be it there or not. `None` where it cannot be told which tool this is.
    pub(crate) fn at(folder: PathBuf) -> Option<Self> {
        let program = fs::metadata(std::env::current_exe().ok()?).ok()?;
        let time = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let tool = format!("{} {} {}", env!("CARGO_PKG_VERSION"), program.len(), time.as_nanos());
        Some(Cache { folder, tool: xxh3_128(tool.as_bytes()) })
    }

    /// What is known of pages.
    pub(crate) fn pages(&self) -> Pages {
        self.read(PAGES).and_then(Pages::of).unwrap_or_default()
    }

    /// Keeps what this run knows of its pages, and nothing else. `pages` are those that it began with.
    pub(crate) fn keep_pages(&self, pages: &Pages, kept: &[Kept]) {
        if let Some(content) = pages.next(kept) {
            self.write(PAGES, content);
        }
    }

    /// The last run, if it was this one.
    pub(crate) fn run(&self, key: u128) -> Option<Record> {
        let content = self.read(RUN)?;
        // The rest is read only where it is the right one.
        let (found, _) = postcard::take_from_bytes::<u128>(&content).ok()?;
        if found == key { postcard::from_bytes(&content).ok() } else { None }
    }

    /// The run to go by, if it had the options and the paths that this key is for.
    pub(crate) fn base(&self, key: u128) -> Option<KeptBase> {
        KeptBase::of(self.read(BASE)?, key)
    }

    /// Keeps a run to go by.
    pub(crate) fn keep_base(&self, base: &NewBase<'_>) {
        if let Ok(content) = postcard::to_stdvec(base) {
            self.write(BASE, content);
        }
    }

    /// Keeps what a run came to.
    pub(crate) fn keep_run(&self, record: &Record) {
        if let Ok(content) = postcard::to_stdvec(record) {
            self.write(RUN, content);
        }
    }

    /// A file's content; `None` where it is not there, damaged or another tool's.
    fn read(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.folder.join(file_set::PRIVATE).join(name)).ok()?;
        let length = bytes.len().checked_sub(self.seal(&[]).len())?;
        let (content, seal) = bytes.split_at(length);
        let is_whole = self.seal(content) == seal;
        bytes.truncate(length);
        is_whole.then_some(bytes)
    }

    /// Whatever goes wrong here costs the next run some time, and nothing else.
    fn write(&self, name: &str, mut content: Vec<u8>) {
        content.extend(self.seal(&content));
        let Ok(folder) = file_set::private_folder(&self.folder) else { return };
        if remove_temporary_files(&folder).is_ok() {
            let _ = file_set::replace(&folder.join(name), &content);
        }
    }

    /// What ends a file: the tool that wrote it, and a checksum.
    fn seal(&self, content: &[u8]) -> [u8; 24] {
        let mut seal = [0; 24];
        seal[..16].copy_from_slice(&self.tool.to_le_bytes());
        seal[16..].copy_from_slice(&xxh3_64(content).to_le_bytes());
        seal
    }
}

/// Removes the temporary files of runs that were killed. A run that is at work at the same time loses no more than what it wanted to keep.
fn remove_temporary_files(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(file_set::is_temporary) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::file_set::Recorded;

    fn record(key: u128) -> Record {
        Record { key, output: Recorded::default(), diagnostics: Diagnostics::default(), concerned: None }
    }

    #[test]
    fn a_run_is_known_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::at(folder.path().to_owned()).expect("a program");
        assert!(cache.run(7).is_none());
        cache.keep_run(&record(7));
        assert!(cache.run(7).is_some() && cache.run(8).is_none());
        assert!(folder.path().join(".edmark/.gitignore").is_file());
    }

    #[test]
    fn what_is_damaged_or_another_tools_is_as_good_as_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::at(folder.path().to_owned()).expect("a program");
        cache.keep_run(&record(7));
        let file = folder.path().join(".edmark/run");
        let good = fs::read(&file).expect("a file");
        for length in 0..good.len() {
            fs::write(&file, &good[..length]).expect("written");
            assert!(cache.run(7).is_none(), "{length} bytes of it");
            let mut flipped = good.clone();
            flipped[length] ^= 1;
            fs::write(&file, flipped).expect("written");
            assert!(cache.run(7).is_none(), "byte {length}");
        }
        fs::write(&file, good).expect("written");
        assert!(cache.run(7).is_some());
        let other = Cache { tool: cache.tool + 1, ..cache };
        assert!(other.run(7).is_none());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_failure() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(file_set::PRIVATE), "a file in its place").expect("written");
        let cache = Cache::at(folder.path().to_owned()).expect("a program");
        cache.keep_run(&record(7));
        assert!(cache.run(7).is_none());
    }
}

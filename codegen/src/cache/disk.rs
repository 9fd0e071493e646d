//! The folder of the cache and its files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::Run;
use crate::{file_set, parallel};

/// The name of the file with the result of the last run.
const RUN: &str = "run";

/// The length of the end of a file.
pub(super) const SEAL: usize = 24;

/// The folder with results of earlier runs.
pub(super) struct Folder {
    /// The folder that contains edmark's own folder.
    dir: PathBuf,
    /// The hash of the tool.
    tool: u128,
}

impl Folder {
    /// Edmark's own folder within an output folder or `OUT_DIR`; it need not exist yet. `None` if
    /// the version of the tool cannot be determined.
    pub(super) fn of(dir: PathBuf) -> Option<Self> {
        let program = fs::metadata(std::env::current_exe().ok()?).ok()?;
        let time = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let tool = format!("{} {} {}", env!("CARGO_PKG_VERSION"), program.len(), time.as_nanos());
        Some(Folder { dir, tool: xxh3_128(tool.as_bytes()) })
    }

    /// Returns true if edmark's own folder exists.
    pub(super) fn exists(&self) -> bool {
        self.dir.join(file_set::PRIVATE).is_dir()
    }

    pub(super) fn read_run(&self) -> Option<Run> {
        postcard::from_bytes(&self.read(RUN)?).ok()
    }

    pub(super) fn write_run(&self, run: &Run) {
        if let Ok(content) = postcard::to_stdvec(run) {
            self.write(vec![(RUN.to_owned(), content)]);
        }
    }

    /// The content of a file; `None` if the file does not exist, is damaged or was written by
    /// another tool.
    pub(super) fn read(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.dir.join(file_set::PRIVATE).join(name)).ok()?;
        let length = bytes.len().checked_sub(SEAL)?;
        let (content, seal) = bytes.split_at(length);
        let is_whole = self.seal(content) == seal;
        bytes.truncate(length);
        is_whole.then_some(bytes)
    }

    /// Writes files, given by their names and contents. Errors are ignored, because they only make
    /// the next run slower.
    pub(super) fn write(&self, mut files: Vec<(String, Vec<u8>)>) {
        if files.is_empty() {
            return;
        }
        let Ok(folder) = file_set::private_folder(&self.dir) else { return };
        if remove_temporary_files(&folder).is_ok() {
            parallel::each(&mut files, |(name, content)| {
                content.extend(self.seal(content));
                let _ = file_set::replace(&folder.join(name), content);
            });
        }
    }

    /// Removes files until one of them does not exist.
    pub(super) fn remove(&self, names: impl Iterator<Item = String>) {
        let folder = self.dir.join(file_set::PRIVATE);
        for name in names {
            if fs::remove_file(folder.join(name)).is_err() {
                return;
            }
        }
    }

    /// The end of a file: the hash of the tool that wrote it, and a checksum.
    fn seal(&self, content: &[u8]) -> [u8; SEAL] {
        let mut seal = [0; SEAL];
        seal[..16].copy_from_slice(&self.tool.to_le_bytes());
        seal[16..].copy_from_slice(&xxh3_64(content).to_le_bytes());
        seal
    }
}

/// Removes temporary files of runs that were killed. Another run at the same time may lose the
/// results that it wanted to keep, but nothing else.
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

    fn folder(dir: &tempfile::TempDir) -> Folder {
        Folder::of(dir.path().to_owned()).expect("a program")
    }

    #[test]
    fn what_is_damaged_or_another_tools_is_as_good_as_none() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = folder(&dir);
        assert!(folder.read("x").is_none());
        folder.write(vec![("x".to_owned(), b"something".to_vec())]);
        assert!(dir.path().join(".edmark/.gitignore").is_file());
        let file = dir.path().join(".edmark/x");
        let good = fs::read(&file).expect("a file");
        for length in 0..good.len() {
            fs::write(&file, &good[..length]).expect("written");
            assert!(folder.read("x").is_none(), "{length} bytes of it");
            let mut flipped = good.clone();
            flipped[length] ^= 1;
            fs::write(&file, flipped).expect("written");
            assert!(folder.read("x").is_none(), "byte {length}");
        }
        fs::write(&file, good).expect("written");
        assert_eq!(folder.read("x").as_deref(), Some(&b"something"[..]));
        let other = Folder { tool: folder.tool + 1, ..folder };
        assert!(other.read("x").is_none());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_failure() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join(file_set::PRIVATE), "a file in its place").expect("written");
        let folder = folder(&dir);
        folder.write(vec![("x".to_owned(), Vec::new())]);
        assert!(folder.read("x").is_none());
    }
}

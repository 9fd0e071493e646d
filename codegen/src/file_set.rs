//! Writes a [`FileSet`] to disk.
//!
//! - Only files that differ are written, each to a temporary file in the same folder that is then
//!   renamed: a reader sees either the old text or the new one. All temporary files are written
//!   before the first is renamed, so nothing has changed if the disk is full. A folder that is
//!   missing is written under a temporary name with all its files, and renamed as a whole.
//! - A generated file contains [`MARKER`]. One that is no longer in the set is removed. A file
//!   without the marker is never changed, nor is one that was generated for another output folder,
//!   which may be below this one.
//! - A seal after the marker shows if a file was edited since. Such a file is overwritten only on
//!   request ([`Edits`]).
//! - Nothing is written outside the output folder: a link in it that leads outside is an error.
//! - Only one run at a time writes to a folder. If a run was killed, the next one completes its
//!   work and removes its temporary files.

mod drafts;
mod error;
mod links;
mod lock;
mod marker;
mod search;
mod staged;
#[cfg(test)]
mod tests;
mod written;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::ordered;
pub(crate) use drafts::{Draft, Drafts};
pub use error::WriteError;
pub use marker::MARKER;
pub(crate) use search::Owned;
#[cfg(feature = "cache")]
pub(crate) use staged::is_temporary;
#[cfg(any(feature = "cache", feature = "cli"))]
pub(crate) use staged::replace;
pub(crate) use written::Written;

/// The files to write, by their path below an output folder, with `/` as the separator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
    owned: Owned,
}

/// The treatment of generated files that were edited by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edits {
    /// They make the run fail before anything is written.
    #[default]
    Keep,
    /// They are overwritten, or removed, like all generated files.
    Overwrite,
}

impl FileSet {
    #[cfg(test)]
    pub(crate) fn new(owned: Owned) -> Self {
        FileSet { files: BTreeMap::new(), owned }
    }

    #[cfg(test)]
    pub(crate) fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), text.into());
    }

    /// The paths and texts, sorted by path. The texts do not have the seal, which is added when
    /// they are written.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Writes the set to `dir`, and fails if a file was edited by hand: [`FileSet::write_over`]
    /// with [`Edits::Keep`].
    ///
    /// # Errors
    /// Those of [`FileSet::write_over`].
    pub fn write(&self, dir: &Path) -> Result<WriteReport, WriteError> {
        self.write_over(dir, Edits::Keep)
    }

    /// Writes the set to `dir`. Waits while another run is writing to `dir`.
    ///
    /// # Errors
    /// Before anything is written: [`WriteError::NotOurs`] if a file of the set exists already and
    /// was not generated, [`WriteError::OtherRun`] if it was generated for another output folder,
    /// [`WriteError::LeadsOut`] if a folder is a link that leads outside, and with [`Edits::Keep`]
    /// also [`WriteError::Edited`] if generated files were edited by hand. [`WriteError::Read`] and
    /// [`WriteError::Write`] for errors of the operating system.
    pub fn write_over(&self, dir: &Path, edits: Edits) -> Result<WriteReport, WriteError> {
        self.drafts().write(dir, edits, &Written::default()).map(|(report, _)| report)
    }

    /// Compares `dir` with the set and changes nothing.
    ///
    /// # Errors
    /// [`WriteError::Read`] if something cannot be read.
    pub fn check(&self, dir: &Path) -> Result<Vec<Difference>, WriteError> {
        self.drafts().check(dir, &Written::default())
    }

    /// The files as drafts with their texts.
    pub(crate) fn drafts(&self) -> Drafts<'_> {
        Drafts::new(self.iter().map(|(path, text)| Draft::made(path, text)).collect(), self.owned.clone())
    }
}

/// The result of [`FileSet::write`]. All paths are those of the set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteReport {
    /// The paths of files that are new or changed.
    pub written: Vec<String>,
    /// The number of files that were up to date.
    pub unchanged: usize,
    /// The paths of files that were removed, because they are no longer generated.
    pub removed: Vec<String>,
}

/// A difference that [`FileSet::check`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The file does not exist.
    Missing {
        /// Its path in the set.
        path: String,
    },
    /// The file has another text.
    Stale {
        /// Its path in the set.
        path: String,
        /// A unified diff from the current text to the right one; empty without the feature `cli`.
        diff: String,
    },
    /// The file was edited by hand after it was generated.
    Edited {
        /// Its path in the set.
        path: String,
        /// A unified diff, as for [`Difference::Stale`].
        diff: String,
    },
    /// The file was generated, but is no longer.
    Extra {
        /// Its path below the output folder.
        path: String,
    },
}

impl Difference {
    /// The file's path below the output folder.
    pub fn path(&self) -> &str {
        match self {
            Difference::Missing { path }
            | Difference::Stale { path, .. }
            | Difference::Edited { path, .. }
            | Difference::Extra { path } => path,
        }
    }
}

/// Removes the folders of removed files if they are empty now, but never `dir` itself.
fn remove_empty_folders(dir: &Path, removed: &[String]) {
    let folders = removed.iter().flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at]));
    // In reverse order, a folder comes after the folders in it.
    for folder in ordered::unique(folders).into_iter().rev() {
        // This fails if the folder is not empty.
        let _ = fs::remove_dir(place(dir, folder));
    }
}

/// Creates edmark's own folder in an output folder. It is not part of the output. Git, and cargo
/// when it packs a crate, ignore it.
///
/// # Errors
/// If it does not exist and cannot be created.
pub(crate) fn private_folder(dir: &Path) -> io::Result<PathBuf> {
    const GIT_IGNORE: &[u8] =
        b"# Made by edmark, to do less next time. The folder can be removed whenever you like.\n*\n";
    let folder = dir.join(PRIVATE);
    fs::create_dir_all(&folder)?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(&ignore, GIT_IGNORE)?;
    }
    Ok(folder)
}

/// The folder in which a path of the set is.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of the folder that [`private_folder`] makes.
pub(crate) const PRIVATE: &str = ".edmark";

fn place(dir: &Path, path: &str) -> PathBuf {
    let mut place = dir.to_owned();
    place.extend(path.split('/').filter(|part| !part.is_empty()));
    place
}

#[cfg(feature = "cli")]
fn diff(path: &str, old: &str, new: &str) -> String {
    similar::TextDiff::from_lines(old, new).unified_diff().context_radius(3).header(path, path).to_string()
}

#[cfg(not(feature = "cli"))]
fn diff(_path: &str, _old: &str, _new: &str) -> String {
    String::new()
}

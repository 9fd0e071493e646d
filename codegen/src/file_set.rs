//! Writing: [`FileSet`] → disk.
//!
//! - Only files that differ are written, each through a temporary file beside it and a rename: a
//!   reader sees the old text or the new. All are staged before the first rename: when there is no
//!   room, nothing has changed.
//! - A generated file carries [`MARKER`]. One that is no longer in the set is removed; a file
//!   without the marker is never touched, nor is one of a run with another output folder, which may
//!   lie below this one.
//! - A seal behind the marker tells whether somebody changed the file since. Such a file is
//!   overwritten only on request ([`Edits`]).
//! - Nothing is written outside the output folder: a link in it that leads out is refused.
//! - One run at a time writes to a folder. What a run that was killed left half done, the next one
//!   completes, and removes its temporary files.

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

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) use drafts::{Draft, Drafts};
pub use error::WriteError;
pub use marker::MARKER;
pub(crate) use search::Owned;
#[cfg(feature = "cache")]
pub(crate) use staged::is_temporary;
#[cfg(any(feature = "cache", feature = "cli"))]
pub(crate) use staged::replace;
pub(crate) use written::Written;

/// Files to be, by their path below an output folder, with `/` between its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
    owned: Owned,
}

/// What becomes of generated files that were changed by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edits {
    /// They stop the run before anything is written.
    #[default]
    Keep,
    /// They are overwritten, or removed, as all generated files.
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

    /// Paths and texts, by path. The texts are those of the files but for the seal, which is added
    /// when they are written.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Makes `dir` hold the set, and keeps what was changed by hand: [`FileSet::write_over`] with
    /// [`Edits::Keep`].
    ///
    /// # Errors
    /// As [`FileSet::write_over`].
    pub fn write(&self, dir: &Path) -> Result<WriteReport, WriteError> {
        self.write_over(dir, Edits::Keep)
    }

    /// Makes `dir` hold the set. Waits where another run is writing to `dir`.
    ///
    /// # Errors
    /// Before anything is written: [`WriteError::NotOurs`] where a file of the set is there already
    /// and was not generated, [`WriteError::OtherRun`] where a run with another output folder
    /// generated it, [`WriteError::LeadsOut`] where a link takes the place of a folder,
    /// [`WriteError::Edited`] for [`Edits::Keep`] where generated files were changed by hand.
    /// [`WriteError::Read`] and [`WriteError::Write`] where the system refuses.
    pub fn write_over(&self, dir: &Path, edits: Edits) -> Result<WriteReport, WriteError> {
        self.drafts().write(dir, edits, &Written::default()).map(|(report, _)| report)
    }

    /// Compares `dir` to the set and changes nothing.
    ///
    /// # Errors
    /// [`WriteError::Read`] where something cannot be read.
    pub fn check(&self, dir: &Path) -> Result<Vec<Difference>, WriteError> {
        self.drafts().check(dir, &Written::default())
    }

    /// The files as drafts of which nothing is known but their texts.
    pub(crate) fn drafts(&self) -> Drafts<'_> {
        Drafts::new(self.iter().map(|(path, text)| Draft::made(path, text)).collect(), self.owned.clone())
    }
}

/// What [`FileSet::write`] did. All paths are those of the set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteReport {
    /// New or changed.
    pub written: Vec<String>,
    /// How many files were as they should be already.
    pub unchanged: usize,
    /// Generated once, and no longer.
    pub removed: Vec<String>,
}

/// What [`FileSet::check`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The file is not there.
    Missing {
        /// Its path in the set.
        path: String,
    },
    /// The file has another text.
    Stale {
        /// Its path in the set.
        path: String,
        /// A unified diff from what is there to what should be; empty without the feature `cli`.
        diff: String,
    },
    /// The file was changed by hand after it was generated.
    Edited {
        /// Its path in the set.
        path: String,
        /// A unified diff, as for [`Difference::Stale`].
        diff: String,
    },
    /// The file was generated once, and no longer is.
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

/// The folders that held removed files, as far as they are empty now; never `dir` itself.
fn remove_empty_folders(dir: &Path, removed: &[String]) {
    let folders: BTreeSet<&str> =
        removed.iter().flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at])).collect();
    // In reverse order a folder comes after those in it.
    for folder in folders.into_iter().rev() {
        // Fails where something is left in it.
        let _ = fs::remove_dir(place(dir, folder));
    }
}

/// The folder in an output folder that is edmark's own, and no part of the output. Git, and cargo
/// when it packs a crate, leave it alone.
///
/// # Errors
/// Where it is not there and cannot be made.
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

//! Writing: [`FileSet`] → disk.
//!
//! - Only files that differ are written, each through a temporary file beside it and a rename: a reader sees the old text or the new. All are
//!   staged before the first rename: when there is no room, nothing has changed.
//! - A generated file carries [`MARKER`]. One that is no longer in the set is removed; a file without the marker is never touched, nor is one
//!   of a run with another output folder, which may lie below this one.
//! - A seal behind the marker tells whether somebody changed the file since. Such a file is overwritten only on request ([`Edits`]).
//! - Nothing is written outside the output folder: a link in it that leads out is refused.
//! - One run at a time writes to a folder. What a run that was killed left half done, the next one completes, and removes its temporary files.

mod error;
mod links;
mod lock;
mod marker;
mod recorded;
mod search;
mod staged;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use error::WriteError;
use lock::Lock;
pub use marker::MARKER;
use marker::{Author, author, sealed, unsealed, with_line_feeds};
pub(crate) use recorded::Recorded;
pub(crate) use search::Owned;
use staged::Staged;
#[cfg(feature = "cache")]
pub(crate) use staged::is_temporary;
#[cfg(any(feature = "cache", feature = "cli"))]
pub(crate) use staged::replace;

use crate::parallel;

/// Files to be, by their path below an output folder, with `/` between its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
    owned: Owned,
    /// Files that belong to the set and are on disk as they should be, with their hashes. They take part in no comparison.
    others: Vec<(String, u128)>,
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
    pub(crate) fn new(owned: Owned) -> Self {
        FileSet { files: BTreeMap::new(), owned, others: Vec::new() }
    }

    pub(crate) fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), text.into());
    }

    /// Paths and texts, by path. The texts are those of the files but for the seal, which is added when they are written.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Makes `dir` hold the set, and keeps what was changed by hand: [`FileSet::write_over`] with [`Edits::Keep`].
    ///
    /// # Errors
    /// As [`FileSet::write_over`].
    pub fn write(&self, dir: &Path) -> Result<WriteReport, WriteError> {
        self.write_over(dir, Edits::Keep)
    }

    /// Makes `dir` hold the set. Waits where another run is writing to `dir`.
    ///
    /// # Errors
    /// Before anything is written: [`WriteError::NotOurs`] where a file of the set is there already and was not generated,
    /// [`WriteError::OtherRun`] where a run with another output folder generated it, [`WriteError::LeadsOut`] where a link takes the place of a folder,
    /// [`WriteError::Edited`] for [`Edits::Keep`] where generated files were changed by hand. [`WriteError::Read`] and [`WriteError::Write`] where
    /// the system refuses.
    pub fn write_over(&self, dir: &Path, edits: Edits) -> Result<WriteReport, WriteError> {
        self.write_recorded(dir, edits).map(|(report, _)| report)
    }

    /// [`FileSet::write_over`], with what is on disk afterwards.
    pub(crate) fn write_recorded(&self, dir: &Path, edits: Edits) -> Result<(WriteReport, Recorded), WriteError> {
        let mut staged = Staged::default();
        staged.create_folder(dir)?;
        links::stay_inside(dir, &self.paths(), &self.owned)?;
        let lock = Lock::of(dir);
        let (changed, recorded) = self.compare(dir)?;
        for file in &changed {
            match file.state {
                State::Foreign => return Err(WriteError::NotOurs { path: place(dir, file.path) }),
                State::OtherRun => return Err(WriteError::OtherRun { path: place(dir, file.path) }),
                State::Missing | State::Stale | State::Edited => {}
            }
        }
        let found = self.owned.search(dir, &self.paths())?;
        if edits == Edits::Keep {
            let edited = changed.iter().filter(|file| file.state == State::Edited).map(|file| file.path);
            let edited: BTreeSet<&str> = edited.chain(found.edited.iter().map(String::as_str)).collect();
            if !edited.is_empty() {
                return Err(WriteError::Edited { paths: edited.into_iter().map(|path| place(dir, path)).collect() });
            }
        }
        if lock.is_held() {
            for path in &found.temporary {
                fs::remove_file(path).map_err(|source| WriteError::write(path, source))?;
            }
        }
        for file in &changed {
            let place = place(dir, file.path);
            staged.create_folder(place.parent().unwrap_or(dir))?;
            staged.add(place, file.text.as_bytes())?;
        }
        staged.commit()?;
        let mut removed: Vec<String> = [found.extra, found.edited].concat();
        removed.sort();
        for path in &removed {
            let path = place(dir, path);
            fs::remove_file(&path).map_err(|source| WriteError::write(&path, source))?;
        }
        remove_empty_folders(dir, &removed);
        let report = WriteReport {
            unchanged: self.files.len() + self.others.len() - changed.len(),
            written: changed.into_iter().map(|file| file.path.to_owned()).collect(),
            removed,
        };
        Ok((report, recorded))
    }

    /// Compares `dir` to the set and changes nothing.
    ///
    /// # Errors
    /// [`WriteError::Read`] where something cannot be read.
    pub fn check(&self, dir: &Path) -> Result<Vec<Difference>, WriteError> {
        let mut all = Vec::new();
        for file in self.compare(dir)?.0 {
            let path = file.path.to_owned();
            all.push(match file.state {
                State::Missing => Difference::Missing { path },
                State::Edited => Difference::Edited { path, diff: file.diff(dir)? },
                State::Stale | State::Foreign | State::OtherRun => Difference::Stale { path, diff: file.diff(dir)? },
            });
        }
        let found = self.owned.search(dir, &self.paths())?;
        all.extend([found.extra, found.edited].concat().into_iter().map(|path| Difference::Extra { path }));
        all.sort_by(|a, b| a.path().cmp(b.path()));
        Ok(all)
    }

    fn paths(&self) -> BTreeSet<&str> {
        self.files.keys().chain(self.others.iter().map(|(path, _)| path)).map(String::as_str).collect()
    }

    /// The files of the set that are not on disk as they should be, and how all of them should be.
    fn compare(&self, dir: &Path) -> Result<(Vec<Changed<'_>>, Recorded), WriteError> {
        let files: Vec<(&str, &str)> = self.iter().collect();
        let compared = parallel::map(&files, |(path, text)| {
            let place = place(dir, path);
            let text = sealed(path, text);
            let hash = recorded::hash(text.as_bytes());
            let state = match fs::read(&place) {
                Ok(old) if *with_line_feeds(&old) == *text.as_bytes() => return Ok((hash, None)),
                Ok(old) => State::of(path, &old, &text),
                Err(error) if error.kind() == io::ErrorKind::NotFound => State::Missing,
                Err(error) => return Err(WriteError::read(&place, error)),
            };
            Ok((hash, Some(Changed { path, text, state })))
        });
        let mut changed = Vec::new();
        let mut recorded = Recorded::new(self.owned.clone());
        for ((path, _), compared) in files.iter().zip(compared) {
            let (hash, difference) = compared?;
            recorded.add(*path, hash);
            changed.extend(difference);
        }
        for (path, hash) in &self.others {
            recorded.add(path.as_str(), *hash);
        }
        Ok((changed, recorded))
    }
}

/// A file of the set that is not on disk as it should be.
struct Changed<'a> {
    path: &'a str,
    /// The text that it should have, with its seal.
    text: String,
    state: State,
}

impl Changed<'_> {
    /// What would change, without the seal: that it changes goes without saying.
    fn diff(&self, dir: &Path) -> Result<String, WriteError> {
        let place = place(dir, self.path);
        let old = fs::read(&place).map_err(|source| WriteError::read(&place, source))?;
        let (old_text, new_text) = (unsealed(&old), unsealed(self.text.as_bytes()));
        let same = old_text == new_text;
        let (old, new) = if same { (old, self.text.clone().into_bytes()) } else { (old_text, new_text) };
        Ok(diff(self.path, &String::from_utf8_lossy(&old), &String::from_utf8_lossy(&new)))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Missing,
    Stale,
    Edited,
    OtherRun,
    Foreign,
}

impl State {
    fn of(path: &str, old: &[u8], new: &str) -> Self {
        match author(path, old) {
            Author::ThisRun => State::Stale,
            // Where the text is as it is to be, nothing can be lost, whatever became of the seal.
            Author::Edited if unsealed(old) == unsealed(new.as_bytes()) => State::Stale,
            Author::Edited => State::Edited,
            Author::OtherRun => State::OtherRun,
            Author::Other => State::Foreign,
        }
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

/// The folder in an output folder that is edmark's own, and no part of the output. Git, and cargo when it packs a crate, leave it alone.
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

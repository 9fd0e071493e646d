//! Searches the output folder for files that are not in the set: generated files of earlier runs,
//! and temporary files of killed runs.

use crate::hashing::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::marker::{Author, HEAD, author, is_marked, is_of_other_run};
use super::{WriteError, folder_of, place, staged};
use crate::ordered;

/// The folders that are searched for generated files of earlier runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Owned {
    /// These folders in the output folder and all folders below them; an empty path is the output
    /// folder itself.
    Below(Vec<String>),
    /// Only the paths of the set.
    #[default]
    Listed,
}

/// The files that were found. Paths of generated files are relative, like those of the set.
#[derive(Default)]
pub(super) struct Found {
    /// Generated files that are not in the set.
    pub(super) extra: Vec<String>,
    /// Those of them that were edited by hand.
    pub(super) edited: Vec<String>,
    /// Temporary files and folders.
    pub(super) temporary: Vec<PathBuf>,
}

impl Owned {
    /// Searches `dir`; `paths` are those of the set.
    pub(super) fn search(&self, dir: &Path, paths: &HashSet<&str>) -> Result<Found, WriteError> {
        let mut found = Found::default();
        if let Owned::Below(roots) = self {
            let mut open = roots.clone();
            while let Some(folder) = open.pop() {
                for entry in entries(&place(dir, &folder))? {
                    let path = if folder.is_empty() { entry.name } else { format!("{folder}/{}", entry.name) };
                    match entry.kind {
                        Kind::Folder => open.push(path),
                        Kind::Temporary => {}
                        Kind::File if can_be_ours(&path) && !paths.contains(path.as_str()) => {
                            found.add(path, &entry.path)?;
                        }
                        Kind::File => {}
                    }
                }
            }
        }
        // Temporary files are in the folders of the files that they replace. Those in other folders
        // may belong to other runs.
        let ours = paths.iter().copied().chain([&found.extra, &found.edited].into_iter().flatten().map(String::as_str));
        for folder in ordered::unique(ours.map(folder_of)) {
            let entries = entries(&place(dir, folder))?.into_iter();
            found.temporary.extend(entries.filter(|entry| entry.kind == Kind::Temporary).map(|entry| entry.path));
        }
        ordered::sort(&mut found.extra);
        ordered::sort(&mut found.edited);
        Ok(found)
    }
}

impl Found {
    pub(super) fn is_empty(&self) -> bool {
        self.extra.is_empty() && self.edited.is_empty() && self.temporary.is_empty()
    }

    fn add(&mut self, path: String, place: &Path) -> Result<(), WriteError> {
        let read = |limit| {
            let mut text = Vec::new();
            File::open(place).and_then(|file| file.take(limit).read_to_end(&mut text)).map(|_| text)
        };
        let error = |source| WriteError::read(place, source);
        let head = read(HEAD as u64).map_err(error)?;
        if is_marked(&head) && !is_of_other_run(&path, &head) {
            match author(&path, &read(u64::MAX).map_err(error)?) {
                Author::ThisRun => self.extra.push(path),
                Author::Edited => self.edited.push(path),
                Author::OtherRun | Author::Other => {}
            }
        }
        Ok(())
    }
}

fn can_be_ours(path: &str) -> bool {
    path.ends_with(".rs") || path.ends_with(".json")
}

struct Entry {
    name: String,
    path: PathBuf,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Temporary,
}

/// The files and folders in a folder; none if it does not exist. Names that are not UTF-8, links
/// and hidden folders are left out, because edmark does not generate them.
fn entries(folder: &Path) -> Result<Vec<Entry>, WriteError> {
    let listed = match fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(WriteError::read(folder, error)),
    };
    let mut entries = Vec::new();
    for entry in listed {
        let entry = entry.map_err(|source| WriteError::read(folder, source))?;
        let path = entry.path();
        let kind = match entry.file_type().map_err(|source| WriteError::read(&path, source))? {
            kind if !kind.is_dir() && !kind.is_file() => continue,
            _ if entry.file_name().to_str().is_some_and(staged::is_temporary) => Kind::Temporary,
            kind if kind.is_dir() => {
                if entry.file_name().as_encoded_bytes().starts_with(b".") {
                    continue;
                }
                Kind::Folder
            }
            _ => Kind::File,
        };
        if let Ok(name) = entry.file_name().into_string() {
            entries.push(Entry { name, path, kind });
        }
    }
    Ok(entries)
}

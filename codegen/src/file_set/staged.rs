//! Writes files to temporary files first and then renames them, so that a reader sees either the
//! old text or the new one. A folder that does not exist yet is written under a temporary name and
//! renamed as a whole, which is one step in place of one for each of its files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::WriteError;
use crate::ordered;
use crate::parallel;

/// The end of the name of a temporary file or folder: `.user.rs.4711.edmark-tmp`.
const END: &str = ".edmark-tmp";

/// Temporary files in the folders of the files that they replace, and temporary folders. If they
/// are dropped before `commit`, they are removed, together with the folders that were created for
/// them.
#[derive(Default)]
pub(super) struct Staged {
    /// The temporary files, and temporary folders with all that is in them, each with its place.
    entries: Vec<(PathBuf, PathBuf)>,
    created: Vec<PathBuf>,
}

impl Staged {
    /// Makes the folders that files need and that do not exist.
    pub(super) fn add_folders(&mut self, files: &[(PathBuf, &[u8])]) -> Result<(), WriteError> {
        let mut folders: Vec<&Path> = files.iter().filter_map(|(place, _)| place.parent()).collect();
        ordered::sort_by(&mut folders, Ord::cmp);
        folders.dedup();
        // Folders come after those that they are in.
        folders.into_iter().try_for_each(|folder| self.add_folder(folder))
    }

    /// Writes files to folders that exist or were added; all files are tried before the first
    /// failure is reported.
    pub(super) fn add(&mut self, files: &[(PathBuf, &[u8])]) -> Result<(), WriteError> {
        let new_folders = self.entries.len();
        let mut staged: Vec<(PathBuf, &[u8])> = Vec::with_capacity(files.len());
        for (place, text) in files {
            let path = self.entries[..new_folders].iter().find_map(|folder| within(folder, place));
            let path = path.unwrap_or_else(|| {
                let path = temporary(place, self.entries.len());
                self.entries.push((path.clone(), place.clone()));
                path
            });
            staged.push((path, text));
        }
        let results = parallel::map(&staged, |(path, text)| fs::write(path, text));
        let failed = results.into_iter().zip(files).find_map(|(result, (place, _))| Some((result.err()?, place)));
        failed.map_or(Ok(()), |(source, place)| Err(WriteError::write(place, source)))
    }

    /// Makes a folder under a temporary name if it does not exist, with those above it.
    fn add_folder(&mut self, folder: &Path) -> Result<(), WriteError> {
        let made = match self.entries.iter().find_map(|new| within(new, folder)) {
            Some(made) => made,
            None => {
                let above = folder.ancestors().filter(|folder| !folder.as_os_str().is_empty());
                let Some(first) = above.take_while(|folder| !folder.exists()).last() else { return Ok(()) };
                self.entries.push((temporary(first, self.entries.len()), first.to_owned()));
                return self.add_folder(folder);
            }
        };
        fs::create_dir_all(made).map_err(|source| WriteError::write(folder, source))
    }

    /// Creates a folder and those above it if they are missing.
    pub(super) fn create_folder(&mut self, folder: &Path) -> Result<(), WriteError> {
        let mut missing: Vec<&Path> =
            folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
        while let Some(folder) = missing.pop() {
            match fs::create_dir(folder) {
                Ok(()) => self.created.push(folder.to_owned()),
                // Another run has created it in the meantime.
                Err(_) if folder.is_dir() => {}
                Err(source) => return Err(WriteError::write(folder, source)),
            }
        }
        Ok(())
    }

    /// Renames the temporary files and folders. If that fails, those that were renamed already are
    /// kept, and the others are removed.
    pub(super) fn commit(mut self) -> Result<(), WriteError> {
        self.created.clear();
        while let Some((temporary, place)) = self.entries.pop() {
            if let Err(source) = fs::rename(&temporary, &place) {
                let error = WriteError::write(&place, source);
                self.entries.push((temporary, place));
                return Err(error);
            }
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (temporary, _) in &self.entries {
            let _ = remove(temporary);
        }
        for folder in self.created.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Removes a temporary file, or a temporary folder with all that is in it.
pub(super) fn remove(temporary: &Path) -> io::Result<()> {
    match temporary.is_dir() {
        true => fs::remove_dir_all(temporary),
        false => fs::remove_file(temporary),
    }
}

/// The path under which a place in a temporary folder is written until the folder is renamed.
fn within((temporary, folder): &(PathBuf, PathBuf), place: &Path) -> Option<PathBuf> {
    place.strip_prefix(folder).ok().map(|below| temporary.join(below))
}

/// The temporary file or folder beside a place, for one of those that are staged. Of the place's
/// name it has the beginning: a name can be no longer than the place's own may be already.
fn temporary(place: &Path, number: usize) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beginning: String = name.chars().take(40).collect();
    place.with_file_name(format!(".{beginning}.{number}.{}{END}", std::process::id()))
}

/// Returns true if a name is one that [`Staged`] gives.
pub(crate) fn is_temporary(name: &str) -> bool {
    let number = name.strip_prefix('.').and_then(|name| name.strip_suffix(END)).and_then(|name| name.rsplit_once('.'));
    number.is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Replaces the text of one file, even if edmark did not generate it. A device or a pipe is written
/// to directly, and a link is kept.
///
/// # Errors
/// [`WriteError::Write`] for an error of the operating system; then the old text is kept.
#[cfg(any(feature = "cache", feature = "cli"))]
pub(crate) fn replace(path: &Path, text: &[u8]) -> Result<(), WriteError> {
    let place = match fs::metadata(path) {
        Ok(there) if !there.is_file() => {
            return fs::write(path, text).map_err(|source| WriteError::write(path, source));
        }
        Ok(_) => fs::canonicalize(path).map_err(|source| WriteError::write(path, source))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => path.to_owned(),
        Err(source) => return Err(WriteError::write(path, source)),
    };
    let mut staged = Staged::default();
    staged.add(&[(place, text)])?;
    staged.commit()
}

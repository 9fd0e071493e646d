//! Files on their way: written beside their places, then renamed, so that a reader sees the old
//! text or the new.

use std::fs;
use std::path::{Path, PathBuf};

use super::WriteError;
use crate::parallel;

/// The end of a temporary file's name: `.user.rs.12.4711.edmark-tmp`.
const END: &str = ".edmark-tmp";

/// Temporary files beside the places they are meant for. Dropped before the end, they are removed
/// again, with the folders made for them.
#[derive(Default)]
pub(super) struct Staged {
    files: Vec<(PathBuf, PathBuf)>,
    folders: Vec<PathBuf>,
}

impl Staged {
    /// Writes files beside their places, in folders that are there; all are tried before the first
    /// failure is reported.
    pub(super) fn add(&mut self, files: &[(PathBuf, &[u8])]) -> Result<(), WriteError> {
        let first = self.files.len();
        let numbered = files.iter().enumerate();
        self.files.extend(numbered.map(|(index, (place, _))| (temporary(place, first + index), place.clone())));
        let staged = &self.files[first..];
        let pairs: Vec<(&Path, &[u8])> =
            staged.iter().zip(files).map(|((temporary, _), (_, text))| (temporary.as_path(), *text)).collect();
        let results = parallel::map(&pairs, |(temporary, text)| fs::write(temporary, text));
        let failed = results.into_iter().zip(files).find_map(|(result, (place, _))| Some((result.err()?, place)));
        failed.map_or(Ok(()), |(source, place)| Err(WriteError::write(place, source)))
    }

    /// Makes a folder and those above it, as far as they are missing.
    pub(super) fn create_folder(&mut self, folder: &Path) -> Result<(), WriteError> {
        let mut missing: Vec<&Path> =
            folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
        while let Some(folder) = missing.pop() {
            match fs::create_dir(folder) {
                Ok(()) => self.folders.push(folder.to_owned()),
                // Another run was quicker.
                Err(_) if folder.is_dir() => {}
                Err(source) => return Err(WriteError::write(folder, source)),
            }
        }
        Ok(())
    }

    /// Puts the files in their places. Where that fails, those that are there already stay, and the
    /// rest is removed.
    pub(super) fn commit(mut self) -> Result<(), WriteError> {
        self.folders.clear();
        while let Some((temporary, place)) = self.files.pop() {
            if let Err(source) = fs::rename(&temporary, &place) {
                let error = WriteError::write(&place, source);
                self.files.push((temporary, place));
                return Err(error);
            }
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (temporary, _) in &self.files {
            let _ = fs::remove_file(temporary);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The temporary file beside a place, for one of the files that are staged. Of the place's name it
/// has the beginning: a name of a file can be no longer than the place's own may be already.
fn temporary(place: &Path, number: usize) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beginning: String = name.chars().take(40).collect();
    place.with_file_name(format!(".{beginning}.{number}.{}{END}", std::process::id()))
}

/// Whether a file's name is one that [`Staged`] gives.
pub(crate) fn is_temporary(name: &str) -> bool {
    let number = name.strip_prefix('.').and_then(|name| name.strip_suffix(END)).and_then(|name| name.rsplit_once('.'));
    number.is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Gives one file a new text, whoever wrote the old one. What is no file (a device, a pipe) is
/// written to as it is, and a link stays one.
///
/// # Errors
/// [`WriteError::Write`] where the system refuses; the old text is still there then.
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

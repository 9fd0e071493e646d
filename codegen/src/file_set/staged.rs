//! Writes files to temporary files first and then renames them, so that a reader sees either the
//! old text or the new one.

use std::fs;
use std::path::{Path, PathBuf};

use super::WriteError;
use crate::parallel;

/// The end of the name of a temporary file: `.user.rs.4711.edmark-tmp`.
const END: &str = ".edmark-tmp";

/// Temporary files in the folders of the files that they replace. If they are dropped before
/// `commit`, they are removed, together with the folders that were created for them.
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

    /// Creates a folder and those above it if they are missing.
    pub(super) fn create_folder(&mut self, folder: &Path) -> Result<(), WriteError> {
        let mut missing: Vec<&Path> =
            folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
        while let Some(folder) = missing.pop() {
            match fs::create_dir(folder) {
                Ok(()) => self.folders.push(folder.to_owned()),
                // Another run has created it in the meantime.
                Err(_) if folder.is_dir() => {}
                Err(source) => return Err(WriteError::write(folder, source)),
            }
        }
        Ok(())
    }

    /// Renames the temporary files. If that fails, files that were renamed already are kept, and
    /// the other temporary files are removed.
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

/// Returns true if a file's name is one that [`Staged`] gives.
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

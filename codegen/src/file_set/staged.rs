//! Writes files to temporary files first and then renames them, so that a reader sees either the
//! old text or the new one.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::WriteError;

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
    /// Writes a temporary file for `place`, in a folder that exists.
    pub(super) fn add(&mut self, place: PathBuf, text: &[u8]) -> Result<(), WriteError> {
        let folder = place.parent().unwrap_or(Path::new(""));
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let temporary = folder.join(format!(".{name}.{}{END}", std::process::id()));
        let result = fs::File::create(&temporary).and_then(|mut file| file.write_all(text));
        let error = result.err().map(|source| WriteError::write(&place, source));
        self.files.push((temporary, place));
        error.map_or(Ok(()), Err)
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

/// Returns true if a file's name is that of a temporary file of [`Staged`].
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
    staged.add(place, text)?;
    staged.commit()
}

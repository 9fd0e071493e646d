//! Reads the files that were found.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3;

use super::file::{Content, Known};
use super::{Format, FoundFile, Inputs, LeftOut, LoadError, SourceFile, SourceMap, find};
use crate::file_state::FileState;
use crate::parallel;

/// The maximum size of a page, in bytes.
pub(crate) const LIMIT: u64 = 16 << 20;

/// The maximum size of a metadata document, in bytes; that of Microsoft Graph has 4 MiB.
const METADATA_LIMIT: u64 = 256 << 20;

/// Reads every `*.md` below `roots`.
///
/// The path of a file that is shown is its root joined with the path below it. A file that can be
/// reached in several ways (a root inside another one, links) is read once. A file that is not
/// UTF-8 or is too large for a page (over 16 MiB) is left out; see [`SourceFile::left_out`].
///
/// # Errors
/// [`LoadError`] if a root is not a folder, something cannot be read, or no page is found at all.
pub fn load(roots: &[impl AsRef<Path>]) -> Result<SourceMap, LoadError> {
    let docs: Vec<PathBuf> = roots.iter().map(|root| root.as_ref().to_path_buf()).collect();
    load_all(Inputs { docs: &docs, metadata: &[], references: |_| Vec::new() })
}

/// Reads every `*.md` below the folders of pages, as [`load`] does, and the metadata documents.
///
/// # Errors
/// Those of [`load`], and also if a metadata document cannot be read.
pub fn load_all(inputs: Inputs<'_>) -> Result<SourceMap, LoadError> {
    read(&find(inputs)?, &[])
}

/// Reads files. `known` are the hashes of those that are the same as in an earlier run, by
/// position; these are read when their text is asked for.
///
/// # Errors
/// [`LoadError::Io`] if a metadata document cannot be read or is too large.
pub(crate) fn read(found: &[FoundFile], known: &[Option<u128>]) -> Result<SourceMap, LoadError> {
    let known = |position: usize| known.get(position).copied().flatten();
    let wanted: Vec<&FoundFile> =
        found.iter().enumerate().filter(|(at, _)| known(*at).is_none()).map(|(_, file)| file).collect();
    let mut read = parallel::map(&wanted, |file| file.read()).into_iter();
    // Thousands of files are moved only once.
    let mut files = Vec::with_capacity(found.len());
    for (position, file) in found.iter().enumerate() {
        match known(position) {
            Some(hash) => files.push(file.unread(hash)),
            None => files.extend(read.next().transpose()?),
        }
    }
    Ok(SourceMap::of(files))
}

impl FoundFile {
    /// Reads the file.
    ///
    /// # Errors
    /// [`LoadError::Io`] for metadata that cannot be read or is too large.
    pub(crate) fn read(&self) -> Result<SourceFile, LoadError> {
        let content = content(self.format, &self.path, self.length());
        let content = content.map_err(|source| LoadError::Io { path: self.path.clone(), source })?;
        Ok(SourceFile::of(self.format, self.shown.clone(), content))
    }

    /// The file, of which an earlier run knows the hash.
    fn unread(&self, hash: u128) -> SourceFile {
        let known = Known { path: self.path.clone(), length: self.length(), hash };
        SourceFile::unread(self.format, self.shown.clone(), known)
    }

    fn length(&self) -> Option<u64> {
        self.state.map(FileState::length)
    }
}

/// Reads what a file contains. `length` is its length if that is known. It fails only for metadata.
pub(super) fn content(format: Format, path: &Path, length: Option<u64>) -> io::Result<Content> {
    if format != Format::Page {
        return metadata_text(path).map(|text| Content::of(format, text));
    }
    Ok(match text(path, LIMIT, length) {
        Ok(Ok(text)) => Content::of(format, text),
        Ok(Err(reason)) => Content::left_out(reason),
        // Only this page is left out.
        Err(error) => Content::left_out(LeftOut::Unreadable(error.kind())),
    })
}

/// The text of a metadata document.
pub(super) fn metadata_text(path: &Path) -> io::Result<String> {
    text(path, METADATA_LIMIT, None)?.map_err(|left_out| {
        io::Error::other(match left_out {
            LeftOut::TooLarge => "larger than 256 MiB, which no metadata is".to_owned(),
            LeftOut::Unreadable(kind) => kind.to_string(),
            LeftOut::NotUtf8 { line, column, .. } => {
                format!("not UTF-8 from line {line}, column {column} on; save it as UTF-8")
            }
        })
    })
}

/// The text of a file. `length` is its length if that is known.
fn text(path: &Path, limit: u64, length: Option<u64>) -> io::Result<Result<String, LeftOut>> {
    let file = fs::File::open(path)?;
    let length = length.map_or_else(|| file.metadata().map(|found| found.len()), Ok)?;
    if length > limit {
        return Ok(Err(LeftOut::TooLarge));
    }
    let mut bytes = Vec::with_capacity(length as usize + 1);
    // The length may be wrong by now, so the bytes that were read are counted.
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(Err(LeftOut::TooLarge));
    }
    Ok(String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
        let last = before.rsplit('\n').next().unwrap_or_default();
        LeftOut::NotUtf8 { valid, line: before.matches('\n').count() + 1, column: last.chars().count() + 1 }
    }))
}

/// The hashes of all files' contents and paths.
#[cfg(feature = "cache")]
pub(crate) fn content_hashes(sources: &SourceMap) -> Vec<u128> {
    let files: Vec<&SourceFile> = sources.files().map(|(_, file)| file).collect();
    parallel::map(&files, |file| file.known_hash().unwrap_or_else(|| content_hash(file)))
}

/// The hash of a file's content and path.
pub(crate) fn content_hash(file: &SourceFile) -> u128 {
    hash(&file.path, file.text(), file.left_out())
}

pub(super) fn hash(path: &str, text: &str, left_out: Option<LeftOut>) -> u128 {
    let mut hasher = Xxh3::new();
    // The path is part of diagnostics and of the generated code.
    hasher.update(&(path.len() as u64).to_le_bytes());
    hasher.update(path.as_bytes());
    let left_out = match left_out {
        None => 0,
        Some(LeftOut::NotUtf8 { valid, .. }) => valid as u64 + 1,
        Some(LeftOut::TooLarge) => u64::MAX,
        Some(LeftOut::Unreadable(_)) => u64::MAX - 1,
    };
    hasher.update(&left_out.to_le_bytes());
    hasher.update(text.as_bytes());
    hasher.digest128()
}

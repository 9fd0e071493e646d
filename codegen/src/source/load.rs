//! Reading what the folders hold.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::{FoundPage, LeftOut, LoadError, SourceFile, SourceMap, find};
use crate::parallel;

/// No page is larger, in bytes.
pub(crate) const LIMIT: u64 = 16 << 20;

/// Reads every `*.md` below `roots`.
///
/// The shown path of a file is its root joined with the path below it. A file that can be reached in several ways (a root
/// inside another one, links) is read once. A file that is not UTF-8 or cannot hold a page (over 16 MiB) is left out; see
/// [`SourceFile::left_out`].
///
/// # Errors
/// [`LoadError`] where a root is not a folder, something cannot be read, or no page is found at all.
pub fn load(roots: &[impl AsRef<Path>]) -> Result<SourceMap, LoadError> {
    read(&find(roots)?, |_| true)
}

/// Reads the pages that are wanted, by their positions; the others have no text.
///
/// # Errors
/// [`LoadError::Io`] where one cannot be read.
pub(crate) fn read(pages: &[FoundPage], is_wanted: impl Fn(usize) -> bool + Sync) -> Result<SourceMap, LoadError> {
    let positions: Vec<usize> = (0..pages.len()).collect();
    let files = parallel::map(&positions, |position| {
        let page = &pages[*position];
        if is_wanted(*position) {
            page.read()
        } else {
            Ok(SourceFile { path: page.shown.clone(), text: String::new(), left_out: None })
        }
    });
    Ok(SourceMap { files: files.into_iter().collect::<Result<_, _>>()?, configuration: None })
}

impl FoundPage {
    /// Reads the page.
    ///
    /// # Errors
    /// [`LoadError::Io`] where it cannot be read.
    pub(crate) fn read(&self) -> Result<SourceFile, LoadError> {
        let (text, left_out) = match read_text(&self.path) {
            Ok(Ok(text)) => (text, None),
            Ok(Err(left_out)) => (String::new(), Some(left_out)),
            Err(source) => return Err(LoadError::Io { path: self.path.clone(), source }),
        };
        Ok(SourceFile { path: self.shown.clone(), text, left_out })
    }
}

fn read_text(path: &Path) -> io::Result<Result<String, LeftOut>> {
    let file = fs::File::open(path)?;
    let length = file.metadata()?.len();
    if length > LIMIT {
        return Ok(Err(LeftOut::TooLarge));
    }
    let mut bytes = Vec::with_capacity(length as usize + 1);
    // The length is what the system says; what comes is what counts.
    file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Ok(Err(LeftOut::TooLarge));
    }
    Ok(String::from_utf8(bytes).map_err(|error| LeftOut::NotUtf8 { valid: error.utf8_error().valid_up_to() }))
}

/// The hash of all that a page says, and of where.
pub(crate) fn content_hash(file: &SourceFile) -> u128 {
    let mut hasher = Xxh3::new();
    // The path shows in diagnostics and in the code.
    hasher.update(&(file.path.len() as u64).to_le_bytes());
    hasher.update(file.path.as_bytes());
    let left_out = match file.left_out {
        None => 0,
        Some(LeftOut::NotUtf8 { valid }) => valid as u64 + 1,
        Some(LeftOut::TooLarge) => u64::MAX,
    };
    hasher.update(&left_out.to_le_bytes());
    hasher.update(file.text.as_bytes());
    hasher.digest128()
}

//! Why files could not be written or compared.

use std::error;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::marker::KNOWN_BY;

/// So many files are named.
const NAMED: usize = 3;

/// Why the files could not be written or compared.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// A file is in the way.
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// Generated files were changed by hand, and the changes would be lost.
    Edited {
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// A file or folder could not be read.
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder could not be written or removed.
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::NotOurs { path } => write!(
                f,
                "{} is in the way: edmark did not write it (its first line has no `{KNOWN_BY}`); move it, or choose another folder",
                path.display()
            ),
            WriteError::Edited { paths } => write!(
                f,
                "{}: edited after edmark wrote it, and would be overwritten; move the edits elsewhere (`edmark generate --check` shows \
                 them), or overwrite them with `--force` or `Config::overwrite_edits`",
                list(paths)
            ),
            WriteError::Read { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            WriteError::Write { path, source } => {
                write!(f, "cannot write {}: {source}{}", path.display(), remedy(source))
            }
        }
    }
}

impl error::Error for WriteError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            WriteError::Read { source, .. } | WriteError::Write { source, .. } => Some(source),
            WriteError::NotOurs { .. } | WriteError::Edited { .. } => None,
        }
    }
}

impl WriteError {
    pub(super) fn read(path: &Path, source: io::Error) -> Self {
        WriteError::Read { path: path.to_owned(), source }
    }

    pub(super) fn write(path: &Path, source: io::Error) -> Self {
        WriteError::Write { path: path.to_owned(), source }
    }
}

fn list(paths: &[PathBuf]) -> String {
    let mut text = paths.iter().take(NAMED).map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
    if paths.len() > NAMED {
        text += &format!(" and {} more", paths.len() - NAMED);
    }
    text
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "; make room and run again: every file is whole, as it was or as it should be"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "; make the folder writable, or choose another one"
        }
        _ => "",
    }
}

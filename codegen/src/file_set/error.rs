//! Errors of writing and comparing files.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::marker::KNOWN_BY;

/// The maximum number of files that are named.
const NAMED: usize = 3;

/// The reason why the files could not be written or compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A file that edmark did not generate is in the way.
    #[error(
        "{} is in the way: edmark did not write it (its first line has no `{KNOWN_BY}`); move it, or choose another folder",
        .path.display()
    )]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// A file that was generated for another output folder is in the way.
    #[error(
        "{} is in the way: a run with another output folder wrote it (its first line says which file it was to be); choose another \
         folder, or remove the file",
        .path.display()
    )]
    OtherRun {
        /// The file.
        path: PathBuf,
    },
    /// A folder of the output is a link that leads out of the output folder.
    #[error(
        "{} is a link that leads out of the output folder, to {}, and nothing is written there; remove the link, or name that folder \
         as the output folder",
        .path.display(), .target.display()
    )]
    LeadsOut {
        /// The link.
        path: PathBuf,
        /// The target of the link.
        target: PathBuf,
    },
    /// Generated files were edited by hand, and the edits would be lost.
    #[error(
        "{}: edited after edmark wrote it, and would be overwritten; move the edits elsewhere (`edmark generate --check` shows \
         them), or overwrite them with `--force` or `Config::overwrite_edits`",
        list(.paths)
    )]
    Edited {
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// A file or folder could not be read.
    #[error("cannot read {}: {source}", .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A file or folder could not be written or removed.
    #[error("cannot write {}: {source}{}", .path.display(), remedy(.source))]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
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

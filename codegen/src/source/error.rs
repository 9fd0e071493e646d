//! Why pages could not be loaded.

use std::error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why the pages could not be loaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// A folder or file could not be read.
    Io {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An argument is a file where a folder of pages is expected, or is not there at all.
    NotAFolder {
        /// The argument.
        path: PathBuf,
    },
    /// No file that ends in `.md` was found.
    NoPages {
        /// The folders that were searched.
        roots: Vec<PathBuf>,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Io { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            LoadError::NotAFolder { path } => write!(f, "{} is not a folder of pages", path.display()),
            LoadError::NoPages { roots } => write!(f, "no pages (*.md) in {}", list(roots)),
        }
    }
}

impl error::Error for LoadError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            LoadError::Io { source, .. } => Some(source),
            LoadError::NotAFolder { .. } | LoadError::NoPages { .. } => None,
        }
    }
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

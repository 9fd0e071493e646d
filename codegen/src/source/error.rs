//! Errors of loading pages.

use std::io;
use std::path::PathBuf;

/// The reason why the pages could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A folder or file could not be read.
    #[error("cannot read {}: {source}", .path.display())]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// An argument is a file instead of a folder of pages, or does not exist.
    #[error("{} is not a folder of pages; name the folder that holds them", .path.display())]
    NotAFolder {
        /// The argument.
        path: PathBuf,
    },
    /// No file that ends in `.md` was found.
    #[error("no pages (*.md) in {}; name the folders that hold them", list(.roots))]
    NoPages {
        /// The folders that were searched.
        roots: Vec<PathBuf>,
    },
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

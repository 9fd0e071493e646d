//! What can be wrong with a configuration's text.

use std::error;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A place in `edmark.toml` that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ConfigError { path, line, column, message } = self;
        write!(f, "{}:{line}:{column}: {message}", path.display())
    }
}

impl error::Error for ConfigError {}

impl ConfigError {
    pub(super) fn new(path: &Path, text: &str, range: Range<usize>, message: String) -> Self {
        let before = text.get(..range.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |index| index + 1);
        ConfigError {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
        }
    }
}

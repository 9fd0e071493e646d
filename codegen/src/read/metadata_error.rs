//! The error of a document of metadata.

/// The reason why a document of metadata cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}:{column}: {message}")]
#[non_exhaustive]
pub struct MetadataError {
    /// The path of the document.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The mistake, in words.
    pub message: String,
}

//! Takes the place of [`csdl`](super::csdl) in a build without the feature `metadata`.

use crate::diagnostics::Diagnostics;
use crate::schema::Schema;
use crate::source::{FileId, SourceMap};

pub use super::metadata_error::MetadataError;

/// Refuses the first document of metadata.
///
/// # Errors
/// If there is a document.
pub fn read(sources: &SourceMap, files: &[FileId], _: &mut Diagnostics) -> Result<Schema, MetadataError> {
    let Some(file) = files.first() else { return Ok(Schema::default()) };
    let message = "to read metadata, edmark has to be built with its feature `metadata`".to_owned();
    Err(MetadataError { path: sources.file(*file).path.clone(), line: 1, column: 1, message })
}

/// The addresses of the documents that a document refers to are not known without reading it.
pub fn references(_: &str) -> Vec<String> {
    Vec::new()
}

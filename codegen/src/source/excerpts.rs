//! Parts of files whose texts are known although the files were not read.

use std::collections::HashMap;

use super::{FileId, Span};

/// The text of a place.
pub(crate) type Excerpt = (Span, String);

/// Excerpts by file. There are a few of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Excerpts(HashMap<FileId, Vec<Excerpt>>);

impl Excerpts {
    pub(super) fn add(&mut self, excerpt: Excerpt) {
        self.0.entry(excerpt.0.file).or_default().push(excerpt);
    }

    /// The text of a place that an excerpt covers.
    pub(super) fn get(&self, span: Span) -> Option<&str> {
        let of_file = self.0.get(&span.file)?;
        let (all, text) = of_file.iter().find(|(all, _)| all.start <= span.start && span.end <= all.end)?;
        text.get((span.start - all.start) as usize..(span.end - all.start) as usize)
    }
}

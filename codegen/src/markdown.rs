//! Parsing: a file's text → [`Page`]. The only user of pulldown-cmark.
//!
//! Structure only: what a heading, a table's column or a comment means is for the read stage to
//! say. Where markdown and what an author plainly meant differ (a table without its delimiter row,
//! a pipe inside inline code), the meaning is taken and a diagnostic says so. Nothing that can be
//! seen on the page is missing from what this returns, except the marks themselves and includes
//! that lead outside the map.

mod blocks;
mod builder;
mod front_matter;
mod html;
mod include;
mod inline;
mod pieces;
#[cfg(test)]
mod random_tests;
mod table;
#[cfg(test)]
mod tests;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::Page;
use crate::source::{FileId, SourceMap};

/// Parses a page. Includes that lead inside the map are spliced in; others are skipped.
pub fn parse<'a>(sources: &'a SourceMap, file: FileId, diagnostics: &mut Diagnostics) -> Page<'a> {
    let text = sources.readable(file);
    if let Some(mark) = sources.conflict(file) {
        diagnostics.push(
            Diagnostic::new(
                Code::MergeConflict,
                mark,
                "merge conflict: the page holds both sides of an unfinished merge",
            )
            .label("the first mark")
            .help("decide which side is right, and remove the marks; the page was read as its first side has it"),
        );
    }
    let (front_matter, body) = front_matter::read(file, text, diagnostics);
    let mut context = blocks::Context::new(sources, file, diagnostics);
    let mut builder = builder::Builder::default();
    blocks::parse(&mut context, &mut builder, file, body..text.len());
    let includes = context.finish();
    Page { file, front_matter, sections: builder.finish(), includes }
}

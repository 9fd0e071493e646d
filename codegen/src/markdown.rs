//! Parses the text of a file to a [`Page`]. This is the only user of pulldown-cmark.
//!
//! The result is structure only: the read stage interprets headings, columns of tables and
//! comments. If the author's intention is obvious but not valid markdown (a table without its
//! delimiter row, a pipe within inline code), the intention is followed and a diagnostic reports
//! it. Everything that is visible on the page is in the result, except for the marks of markdown
//! and includes of files that are not in the source map.

mod annotation;
mod blocks;
mod builder;
mod front_matter;
mod html;
mod html_table;
mod include;
mod inline;
mod pieces;
#[cfg(test)]
mod random_tests;
mod reader;
mod swallowed;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use self::include::gather as gather_includes;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::Page;
use crate::source::{FileId, SourceMap};

/// Parses a page. Includes of files in the source map are replaced by their contents; others are
/// skipped.
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
    let mut context = reader::Context::new(sources, file, blocks::parse, diagnostics);
    let mut builder = builder::Builder::default();
    blocks::parse(&mut context, &mut builder, file, body..text.len());
    let includes = context.finish();
    Page { file, front_matter, sections: builder.finish(), includes }
}

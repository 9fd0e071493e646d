//! Reads texts of a file, with the contents of the files that they include.

use std::ops::Range;

use super::builder::Builder;
use super::inline::Inline;
use super::{front_matter, include, pieces};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::{Block, Piece, PieceKind, Text};
use crate::source::{FileId, SourceMap, Span};

/// The maximum nesting of includes, and of texts recovered from HTML blocks.
pub(super) const DEPTH: usize = 8;
/// The maximum number of includes of one page, including nested ones.
const INCLUDES: usize = 256;

/// Parses a range of a file's text.
pub(super) type Parse = for<'a> fn(&mut Context<'a, '_>, &mut Builder<'a>, FileId, Range<usize>);

/// The state that a page shares with all of its includes.
pub(super) struct Context<'a, 'd> {
    pub(super) sources: &'a SourceMap,
    pub(super) diagnostics: &'d mut Diagnostics,
    /// The files that are being read; the page is the first.
    files: Vec<FileId>,
    /// The parser of files, which the parts of a file do not know.
    parse: Parse,
    /// The other files that were read for the page, in order.
    pub(super) includes: Vec<FileId>,
    pub(super) recovered: usize,
    /// Includes of missing files: their targets and positions.
    missing: Vec<(String, Span)>,
}

impl<'a, 'd> Context<'a, 'd> {
    pub(super) fn new(sources: &'a SourceMap, page: FileId, parse: Parse, diagnostics: &'d mut Diagnostics) -> Self {
        Context {
            sources,
            diagnostics,
            files: vec![page],
            parse,
            includes: Vec::new(),
            recovered: 0,
            missing: Vec::new(),
        }
    }

    /// Adds the blocks of a file that was entered, and leaves it.
    fn read(&mut self, builder: &mut Builder<'a>, file: FileId) {
        let text = self.sources.readable(file);
        (self.parse)(self, builder, file, front_matter::skip(text)..text.len());
        self.files.pop();
    }

    /// Returns the included files. Missing ones are reported as one note for the page, at the
    /// first.
    pub(super) fn finish(self) -> Vec<FileId> {
        let Some((target, span)) = self.missing.first() else { return self.includes };
        let page = &self.sources.file(span.file).path;
        let more = match self.missing.len() - 1 {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        self.diagnostics.push(
            Diagnostic::new(Code::IncludeMissing, *span, format!("`{target}` is not among the inputs{more}"))
                .label("what it says is missing here")
                .absent(target.as_str())
                .help(format!("hand over the folder that holds it, too: `--docs {}`", include::folder(page, target))),
        );
        self.includes
    }
}

/// What the kinds of blocks need to read their texts from a file.
pub(super) struct Reader<'r, 'a, 'd> {
    pub(super) context: &'r mut Context<'a, 'd>,
    pub(super) builder: &'r mut Builder<'a>,
    pub(super) inline: Inline<'a>,
    pub(super) file: FileId,
    pub(super) source: &'a str,
    /// The range of the last HTML table, or of the end of a table, which markdown takes for several
    /// blocks.
    pub(super) read: Range<usize>,
}

impl<'r, 'a, 'd> Reader<'r, 'a, 'd> {
    pub(super) fn new(context: &'r mut Context<'a, 'd>, builder: &'r mut Builder<'a>, file: FileId) -> Self {
        let source: &'a str = context.sources.readable(file);
        Reader { context, builder, inline: Inline::new(file, source), file, source, read: 0..0 }
    }

    /// The collected pieces as a text at `range`, with includes replaced by their contents.
    pub(super) fn finish(&mut self, range: Range<usize>) -> Text<'a> {
        if !self.inline.has_includes() {
            return self.inline.take(range);
        }
        let (pieces, includes) = self.inline.take_parts();
        let mut whole = Vec::new();
        let mut pieces = pieces.into_iter();
        let mut before = 0;
        for include in includes {
            whole.extend(pieces.by_ref().take(include.at - before));
            before = include.at;
            let place = Span::new(self.file, include.span.clone());
            whole.extend(self.included_pieces(&include.target, place));
        }
        whole.extend(pieces);
        pieces::merge(&mut whole);
        pieces::trim(&mut whole);
        Text { span: Span::new(self.file, range), pieces: whole }
    }

    /// Adds the blocks of an included file.
    pub(super) fn include(&mut self, target: &str, place: Span) {
        if let Some(file) = self.enter(target, place) {
            self.context.read(self.builder, file);
        }
    }

    /// The pieces of a file that is included within a line of text.
    pub(super) fn included_pieces(&mut self, target: &str, place: Span) -> Vec<Piece<'a>> {
        let Some(file) = self.enter(target, place) else { return Vec::new() };
        let mut inner = Builder::default();
        self.context.read(&mut inner, file);
        let mut pieces: Vec<Piece<'a>> = Vec::new();
        let mut add = |text: Text<'a>| {
            if !pieces.is_empty() {
                pieces.push(Piece { span: text.span, kind: PieceKind::Break, strong: false });
            }
            pieces.extend(text.pieces);
        };
        for section in inner.finish() {
            if let Some(heading) = section.heading {
                add(heading.text);
            }
            texts(section.blocks, &mut add);
        }
        pieces
    }

    /// Enters an include, unless its file is missing or it is nested too deep.
    fn enter(&mut self, target: &str, place: Span) -> Option<FileId> {
        let context = &mut *self.context;
        let Some(file) = include::resolve(context.sources, self.file, target) else {
            if !include::is_snippet(target) {
                context.missing.push((target.to_owned(), place));
            }
            return None;
        };
        if context.files.len() > DEPTH || context.includes.len() >= INCLUDES || context.files.contains(&file) {
            return None;
        }
        context.includes.push(file);
        context.files.push(file);
        Some(file)
    }
}

/// The texts of blocks that are included within a line of text.
fn texts<'a>(blocks: Vec<Block<'a>>, add: &mut impl FnMut(Text<'a>)) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => add(text),
            Block::List(items) => items.into_iter().for_each(&mut *add),
            Block::Quote(blocks) => texts(blocks, add),
            Block::Table(_) | Block::Fence(_) | Block::Comment(_) | Block::Html(_) => {}
        }
    }
}

/// Returns true for lines that only say for which readers the text around them is: `::: zone`,
/// `::: moniker range=…`.
pub(super) fn is_directive(text: &str) -> bool {
    // Nearly no text begins so, and lines of a paragraph take time to find.
    !text.trim_start().starts_with(|first| first != ':')
        && text.lines().all(|line| line.trim_start().starts_with(":::"))
}

/// `range` without white space at its ends.
pub(super) fn trim(source: &str, range: Range<usize>) -> Range<usize> {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let bytes = &source.as_bytes()[range.clone()];
    let start = bytes.iter().take_while(|byte| blank(byte)).count();
    let end = bytes.len() - bytes[start..].iter().rev().take_while(|byte| blank(byte)).count();
    range.start + start..range.start + end
}

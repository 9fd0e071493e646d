//! Turns what the model says about an item into rustdoc that neither rustdoc nor clippy complains
//! about.
//!
//! Descriptions become paragraphs. Their text is escaped, and their links point to generated items
//! or to the web ([`inline`]). Words at the beginning of a line are escaped where Markdown would
//! read them as a list, a heading or a fence.

mod inline;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

pub(crate) use self::inline::code;
use super::print::opening;
use super::types::Scope;
use crate::model::{Deprecation, Description, ReferencePage};
use crate::source::At;

/// A documentation comment that is being put together.
#[derive(Default, Hash)]
pub(crate) struct Doc {
    blocks: Vec<Block>,
}

/// A block of Markdown: words that are filled into lines, or lines that are kept as they are, such
/// as those of a table.
#[derive(Hash)]
enum Block {
    Paragraph(Vec<String>),
    List(Vec<Vec<String>>),
    Lines(Vec<String>),
}

impl Doc {
    /// Adds a description. Links to types are written as `scope` names them. Returns false if the
    /// description has no visible text, so that nothing was added.
    pub(crate) fn description(&mut self, said: &Description, scope: &Scope<'_>) -> bool {
        self.description_without("", said, scope)
    }

    /// The same for an item with a deprecation: its text is left out, because rustdoc shows that of
    /// the attribute.
    pub(crate) fn description_of(
        &mut self,
        deprecation: Option<&At<Deprecation>>,
        said: &Description,
        scope: &Scope<'_>,
    ) -> bool {
        self.description_without(deprecation.map_or("", |deprecation| &deprecation.value.text), said, scope)
    }

    fn description_without(&mut self, sentence: &str, said: &Description, scope: &Scope<'_>) -> bool {
        let mut paragraphs = inline::paragraphs(said.pieces(), |link| scope.link(link));
        let sentence: Vec<String> = inline::words(sentence).iter().map(|word| unmarked(word)).collect();
        if !sentence.is_empty() {
            for words in &mut paragraphs {
                let is_here = |words: &[String]| words.iter().map(|word| unmarked(word)).eq(sentence.iter().cloned());
                if let Some(at) = words.windows(sentence.len()).position(is_here) {
                    words.drain(at..at + sentence.len());
                }
            }
            paragraphs.retain(|words| !words.is_empty());
        }
        let any = !paragraphs.is_empty();
        self.blocks.extend(paragraphs.into_iter().map(Block::Paragraph));
        any
    }

    /// Adds a paragraph of plain text. Returns false if the text is blank, so that nothing was
    /// added.
    pub(crate) fn plain(&mut self, text: &str) -> bool {
        let words = inline::words(text);
        let any = !words.is_empty();
        if any {
            self.blocks.push(Block::Paragraph(words));
        }
        any
    }

    /// Adds a paragraph of edmark's own Markdown. Inline code and links are not broken at their
    /// blanks.
    pub(crate) fn text(&mut self, text: &str) {
        let words = own_words(text);
        if !words.is_empty() {
            self.blocks.push(Block::Paragraph(words));
        }
    }

    /// Adds a list. Each item is edmark's own Markdown, followed by a description.
    pub(crate) fn list<'t>(&mut self, items: impl Iterator<Item = (String, &'t Description)>, scope: &Scope<'_>) {
        let items: Vec<Vec<String>> = items
            .map(|(beginning, said)| {
                let paragraphs = inline::paragraphs(said.pieces(), |link| scope.link(link));
                own_words(&beginning).into_iter().chain(paragraphs.into_iter().flatten()).collect()
            })
            .collect();
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Adds links to the reference pages that describe the item.
    pub(crate) fn pages<'p>(&mut self, pages: impl Iterator<Item = &'p ReferencePage>) {
        let links: Vec<String> = pages.map(page).collect();
        if !links.is_empty() {
            self.text(&format!("Reference: {}", links.join(", ")));
        }
    }

    /// Adds a table of edmark's own Markdown, with its heading first.
    pub(crate) fn table<const COLUMNS: usize>(&mut self, head: [&str; COLUMNS], rows: Vec<[String; COLUMNS]>) {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines = vec![line(&head.map(str::to_owned)), line(&head.map(|_| "---".to_owned()))];
        lines.extend(rows.iter().map(|row| line(row)));
        self.blocks.push(Block::Lines(lines));
    }

    /// Adds a fenced block of code, fences included.
    pub(crate) fn code(&mut self, lines: Vec<String>) {
        // A comment's first blank is not part of its text.
        let lines = lines.into_iter().map(|line| if line.starts_with(' ') { format!(" {line}") } else { line });
        self.blocks.push(Block::Lines(lines.collect()));
    }

    /// Adds a heading.
    #[cfg(feature = "package")]
    pub(crate) fn heading(&mut self, level: usize, text: &str) {
        self.blocks.push(Block::Lines(vec![format!("{} {text}", "#".repeat(level))]));
    }

    /// Adds a list of edmark's own Markdown.
    #[cfg(feature = "package")]
    pub(crate) fn items(&mut self, items: impl Iterator<Item = String>) {
        let items: Vec<Vec<String>> = items.map(|item| own_words(&item)).collect();
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// The lines of Markdown of this comment. A block is one line, however long it is; the printer
    /// breaks it.
    pub(crate) fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for (index, block) in self.blocks.iter().enumerate() {
            if index > 0 {
                texts.push(String::new());
            }
            match block {
                Block::Paragraph(words) => texts.push(text_of(words)),
                Block::List(items) => texts.extend(items.iter().map(|words| format!("- {}", text_of(words)))),
                Block::Lines(lines) => texts.extend(lines.iter().cloned()),
            }
        }
        texts
    }
}

impl ToTokens for Doc {
    /// `#[doc = "…"]`
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let texts = self.texts();
        let texts = texts.iter().map(|text| super::code::comment(text));
        tokens.extend(quote!(#(#[doc = #texts])*));
    }
}

/// Joins words to one line that Markdown does not read as the beginning of a list or a heading.
fn text_of(words: &[String]) -> String {
    let mut text = String::with_capacity(words.iter().map(|word| word.len() + 1).sum());
    text.push_str(&words.first().map_or_else(String::new, |word| opening(word)));
    for word in words.iter().skip(1) {
        text.push(' ');
        text.push_str(word);
    }
    text
}

/// A word without the marks of code and of escapes.
fn unmarked(word: &str) -> String {
    word.replace(['`', '\\'], "")
}

/// Splits edmark's own Markdown into words. Inline code, and the text of a link, is one word with
/// its blanks.
fn own_words(text: &str) -> Vec<String> {
    let mut code = false;
    let mut label = 0_u32;
    let words = text.split(|c| {
        match c {
            '`' => code = !code,
            '[' if !code => label += 1,
            ']' if !code => label = label.saturating_sub(1),
            _ => {}
        }
        c == ' ' && !code && label == 0
    });
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Escapes plain text for a table cell or for a sentence of edmark's own.
pub(crate) fn plain(text: &str) -> String {
    inline::words(text).join(" ")
}

/// The link to a reference page, or only its title if its address is not known.
pub(crate) fn page(page: &ReferencePage) -> String {
    match &page.address {
        Some(address) => inline::link(&page.title, address),
        None => plain(&page.title),
    }
}

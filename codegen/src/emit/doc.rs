//! Turns what the model says about an item into rustdoc that neither rustdoc nor clippy complains
//! about.
//!
//! Descriptions become paragraphs. Their text is escaped, and their links point to generated items
//! or to the web ([`inline`]). Words at the beginning of a line are escaped where Markdown would
//! read them as a list, a heading or a fence.

mod inline;

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

pub(crate) use self::inline::code;
use super::print::{self, Tokens, opening_mark};
use super::template::Template;
use super::types::Scope;
use crate::model::{Deprecation, Description, ReferencePage};
use crate::source::At;

/// A documentation comment that is being put together: blocks of Markdown with an empty line
/// between them. A paragraph or an item of a list is one line, however long it is; the printer
/// breaks it.
#[derive(Default, Hash)]
pub(crate) struct Doc {
    text: String,
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
        let sentence = unmarked(&inline::escaped(sentence));
        let mut any = false;
        for mut paragraph in inline::paragraphs(said.pieces(), |link| scope.link(link)) {
            if !sentence.is_empty() {
                paragraph = without(&paragraph, &sentence);
            }
            any |= self.paragraph(&paragraph);
        }
        any
    }

    /// Adds a paragraph of plain text. Returns false if the text is blank, so that nothing was
    /// added.
    pub(crate) fn plain(&mut self, text: &str) -> bool {
        self.paragraph(&inline::escaped(text))
    }

    /// Adds a paragraph of edmark's own Markdown. Inline code and links are not broken at their
    /// blanks.
    pub(crate) fn text(&mut self, text: &str) {
        self.paragraph(&folded(text));
    }

    /// Adds a list. Each item is edmark's own Markdown, followed by a description.
    pub(crate) fn list<'t>(&mut self, items: impl Iterator<Item = (String, &'t Description)>, scope: &Scope<'_>) {
        let items = items.map(|(beginning, said)| {
            let paragraphs = inline::paragraphs(said.pieces(), |link| scope.link(link));
            let beginning = Some(folded(&beginning)).filter(|beginning| !beginning.is_empty());
            beginning.into_iter().chain(paragraphs.into_iter().map(Cow::Owned)).collect::<Vec<_>>().join(" ")
        });
        self.list_items(items);
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
        self.begin_block();
        self.row(&head);
        for row in std::iter::once(["---"; COLUMNS].map(str::to_owned)).chain(rows) {
            self.text.push('\n');
            self.row(&row);
        }
    }

    fn row(&mut self, cells: &[impl AsRef<str>]) {
        self.text.push('|');
        for cell in cells {
            self.text.extend([" ", &*escaped_bars(cell.as_ref()), " |"]);
        }
    }

    /// Adds a fenced block of code, fences included.
    pub(crate) fn code(&mut self, block: &str) {
        self.begin_block();
        for (index, line) in block.lines().enumerate() {
            if index > 0 {
                self.text.push('\n');
            }
            // A comment's first blank is not part of its text.
            if line.starts_with(' ') {
                self.text.push(' ');
            }
            self.text.push_str(line);
        }
    }

    /// Adds a heading.
    #[cfg(feature = "package")]
    pub(crate) fn heading(&mut self, level: usize, text: &str) {
        self.begin_block();
        self.text.extend([&*"#".repeat(level), " ", text]);
    }

    /// Adds a list of edmark's own Markdown.
    #[cfg(feature = "package")]
    pub(crate) fn items(&mut self, items: impl Iterator<Item = String>) {
        self.list_items(items.map(|item| folded(&item).into_owned()));
    }

    /// The comment of the module or crate that it stands in: `#![doc = "…"]`
    pub(crate) fn inner(&self) -> TokenStream {
        let text = &self.text;
        quote!(#![doc = #text])
    }

    /// `#[doc = "…"]`
    pub(super) fn write(&self, out: &mut Tokens) {
        static DOC: Template = Template::new(|| quote!(#[doc = $text]));
        if !self.text.is_empty() {
            DOC.write(out, &[("text", &|out| out.comment(&self.text))]);
        }
    }

    /// Adds a paragraph, unless it is empty.
    fn paragraph(&mut self, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        self.begin_block();
        self.opened(text);
        true
    }

    fn list_items(&mut self, items: impl Iterator<Item = String>) {
        for (index, item) in items.enumerate() {
            match index {
                0 => self.begin_block(),
                _ => self.text.push('\n'),
            }
            self.text.push_str("- ");
            self.opened(&item);
        }
    }

    fn begin_block(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    /// Adds a text that Markdown does not read as the beginning of a list or a heading.
    fn opened(&mut self, text: &str) {
        let first = text.split(' ').next().unwrap_or_default();
        match opening_mark(first) {
            Some(at) => self.text.extend([&text[..at], "\\", &text[at..]]),
            None => self.text.push_str(text),
        }
    }
}

impl ToTokens for Doc {
    /// `#[doc = "…"]`
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if !self.text.is_empty() {
            let text = &self.text;
            tokens.extend(quote!(#[doc = #text]));
        }
    }
}

/// A paragraph without the first place where it has the words of a sentence. Marks of code and of
/// escapes are no difference.
fn without(paragraph: &str, sentence: &str) -> String {
    let words: Vec<&str> = print::words(paragraph).collect();
    let sentence: Vec<&str> = sentence.split(' ').collect();
    let is_here = |words: &[&str]| words.iter().zip(&sentence).all(|(word, wanted)| unmarked(word) == *wanted);
    match words.windows(sentence.len()).position(is_here) {
        Some(at) => [&words[..at], &words[at + sentence.len()..]].concat().join(" "),
        None => paragraph.to_owned(),
    }
}

/// The text of a cell, in which a bar would end the cell.
fn escaped_bars(text: &str) -> Cow<'_, str> {
    if text.contains('|') { text.replace('|', "\\|").into() } else { text.into() }
}

/// A text without the marks of code and of escapes.
fn unmarked(text: &str) -> String {
    text.replace(['`', '\\'], "")
}

/// Edmark's own Markdown with one blank between two words. The blanks in inline code and in the
/// text of a link are kept.
fn folded(text: &str) -> Cow<'_, str> {
    if !text.contains("  ") && !text.starts_with(' ') && !text.ends_with(' ') {
        return Cow::Borrowed(text);
    }
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
    let mut out = String::with_capacity(text.len());
    for word in words.filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

/// Escapes plain text for a table cell or for a sentence of edmark's own.
pub(crate) fn plain(text: &str) -> String {
    inline::escaped(text)
}

/// The link to a reference page, or only its title if its address is not known.
pub(crate) fn page(page: &ReferencePage) -> String {
    match &page.address {
        Some(address) => inline::link(&page.title, address),
        None => plain(&page.title),
    }
}

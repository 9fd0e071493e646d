//! Markdown of the pages → rustdoc that no tool complains about.
//!
//! A description comes out as one paragraph: links lead to absolute addresses or are plain text, HTML is gone or escaped, brackets cannot
//! become links to items, nothing at the beginning of a line can be taken for a list, a heading or a fence, and no control character is
//! left. Code spans stay as they are.

mod markdown;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::text::{Text, WIDTH, width};
use crate::model::Description;
use crate::source::FileId;

/// Where the links of the pages lead.
const SITE: &str = "https://learn.microsoft.com";

/// A comment in the making.
#[derive(Default)]
pub(crate) struct Doc {
    blocks: Vec<Block>,
    /// The pages whose descriptions stand in it.
    pages: BTreeSet<FileId>,
}

/// A block of markdown: words that fill lines, or lines as they are.
#[derive(Hash)]
enum Block {
    Paragraph(Vec<String>),
    List(Vec<Vec<String>>),
    Table(Vec<String>),
}

/// By its text: where that stands is another matter.
impl Hash for Doc {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.blocks.hash(state);
    }
}

impl Doc {
    /// The pages whose descriptions stand in it.
    pub(crate) fn pages(&self) -> impl Iterator<Item = FileId> {
        self.pages.iter().copied()
    }

    /// Adds a paragraph of a page's markdown. Says whether anything is left of it.
    pub(crate) fn markdown(&mut self, text: &str) -> bool {
        let words = markdown::paragraph(text);
        let any = !words.is_empty();
        if any {
            self.blocks.push(Block::Paragraph(words));
        }
        any
    }

    /// Adds a description. Says whether anything is left of it.
    pub(crate) fn description(&mut self, said: &Description) -> bool {
        self.pages.insert(said.span.file);
        self.markdown(said)
    }

    /// Adds a paragraph of our own markdown; blanks in code spans do not break.
    pub(crate) fn text(&mut self, text: &str) {
        let words = own_words(text);
        if !words.is_empty() {
            self.blocks.push(Block::Paragraph(words));
        }
    }

    /// Adds a list; an item is a beginning in our own markdown, and its description.
    pub(crate) fn list<'t>(&mut self, items: impl Iterator<Item = (String, &'t Description)>) {
        let items: Vec<Vec<String>> = items
            .map(|(beginning, said)| {
                self.pages.insert(said.span.file);
                own_words(&beginning).into_iter().chain(markdown::paragraph(said)).collect()
            })
            .collect();
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Adds a table of our own markdown, its head first.
    pub(crate) fn table<const COLUMNS: usize>(&mut self, head: [&str; COLUMNS], rows: Vec<[String; COLUMNS]>) {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines = vec![line(&head.map(str::to_owned)), line(&head.map(|_| "---".to_owned()))];
        lines.extend(rows.iter().map(|row| line(row)));
        self.blocks.push(Block::Table(lines));
    }

    /// Writes the comment: every line begins with `marker` (`///` or `//!`).
    pub(crate) fn write(&self, out: &mut Text, level: usize, marker: &str) {
        out.describe(&self.pages);
        let limit = WIDTH - level * 4 - marker.len() - 1;
        let mut write = |prefix: &str, line: &str| {
            out.indent(level);
            out.push(marker);
            out.push(prefix);
            out.push(line);
            out.push("\n");
        };
        for (index, block) in self.blocks.iter().enumerate() {
            if index > 0 {
                write("", "");
            }
            match block {
                Block::Paragraph(words) => lines(words, limit).iter().for_each(|line| write(" ", line)),
                Block::List(items) => {
                    for words in items {
                        for (index, line) in lines(words, limit - 2).iter().enumerate() {
                            write(if index == 0 { " - " } else { "   " }, line);
                        }
                    }
                }
                Block::Table(lines) => lines.iter().for_each(|line| write(" ", line)),
            }
        }
    }
}

impl Doc {
    /// The lines of markdown that the comment is made of; each block is one, however long it is.
    pub(crate) fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for (index, block) in self.blocks.iter().enumerate() {
            if index > 0 {
                texts.push(String::new());
            }
            match block {
                Block::Paragraph(words) => texts.push(text_of(words)),
                Block::List(items) => texts.extend(items.iter().map(|words| format!("- {}", text_of(words)))),
                Block::Table(lines) => texts.extend(lines.iter().cloned()),
            }
        }
        texts
    }
}

impl ToTokens for Doc {
    /// `#[doc = "…"]`
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let texts = self.texts();
        tokens.extend(quote!(#(#[doc = #texts])*));
    }
}

/// Words in one line that opens no block.
fn text_of(words: &[String]) -> String {
    let mut text = words.first().map_or_else(String::new, |word| opening(word));
    for word in words.iter().skip(1) {
        text.push(' ');
        text.push_str(word);
    }
    text
}

/// The words of our own markdown: a code span is one, blanks included.
fn own_words(text: &str) -> Vec<String> {
    let mut code = false;
    let words = text.split(|c| {
        code ^= c == '`';
        c == ' ' && !code
    });
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A page's markdown in a cell or a sentence of our own.
pub(crate) fn inline(text: &str) -> String {
    markdown::paragraph(text).join(" ")
}

/// A code span of any text.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if text.trim().is_empty() {
        "(nothing)".to_owned()
    } else if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// The link to a resource page, or the page's name in code where its address is not known.
pub(crate) fn page(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or(path);
    let stem = file.strip_suffix(".md").unwrap_or(file);
    match parts.next() {
        Some("resources") => format!("[Reference page]({SITE}/graph/api/resources/{})", encode(stem)),
        Some("api") => format!("[Reference page]({SITE}/graph/api/{})", encode(stem)),
        _ => format!("Reference page: {}.", code(file)),
    }
}

/// Fills lines. What a line begins with cannot open a block.
fn lines(words: &[String], limit: usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut columns = 0;
    for word in words {
        match all.last_mut() {
            Some(line) if columns + 1 + width(word) <= limit => {
                columns += 1 + width(word);
                line.push(' ');
                line.push_str(word);
            }
            _ => {
                let word = opening(word);
                columns = width(&word);
                all.push(word);
            }
        }
    }
    all
}

/// A word at the beginning of a line.
fn opening(word: &str) -> String {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    match word.as_bytes().first() {
        Some(b'-' | b'+' | b'#' | b'>' | b'=' | b'~' | b'|' | b':') => format!("\\{word}"),
        Some(b'*' | b'_') if word.bytes().all(|b| matches!(b, b'*' | b'_' | b'-')) => format!("\\{word}"),
        Some(b'0'..=b'9') if word[digits..].starts_with(['.', ')']) => {
            format!("{}\\{}", &word[..digits], &word[digits..])
        }
        _ => word.to_owned(),
    }
}

/// The text as it may stand in a comment: line breaks are blanks, what cannot be seen is left out. Nearly all texts stay as they are.
fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    text.chars().filter_map(visible_char).collect()
}

fn visible_char(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{a0}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// An address without the characters that end one in markdown.
fn encode(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' | '<' | '>' | '(' | ')' | '[' | ']' | '\\' | '`' | '|' | '"' | '{' | '}' | '^' | '*' => {
                let _ = write!(out, "%{:02X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

//! Markdown of the pages → rustdoc that no tool complains about.
//!
//! A description comes out as one paragraph: links lead to absolute addresses or are plain text, HTML is gone or escaped, brackets cannot
//! become links to items, nothing at the beginning of a line can be taken for a list, a heading or a fence, and no control character is
//! left. Code spans stay as they are.

use std::fmt::Write as _;

use super::text::{Text, WIDTH, width};

/// Where the links of the pages lead.
const SITE: &str = "https://learn.microsoft.com";

/// A comment in the making: paragraphs.
#[derive(Default)]
pub(crate) struct Doc {
    paragraphs: Vec<Vec<String>>,
}

impl Doc {
    /// Adds a paragraph of a page's markdown. Says whether anything is left of it.
    pub(crate) fn markdown(&mut self, text: &str) -> bool {
        let words = paragraph(text);
        let any = !words.is_empty();
        if any {
            self.paragraphs.push(words);
        }
        any
    }

    /// Adds a paragraph of our own markdown; blanks in code spans do not break.
    pub(crate) fn text(&mut self, text: &str) {
        let mut words = Vec::new();
        let mut word = String::new();
        let mut code = false;
        for c in text.chars() {
            if c == ' ' && !code {
                words.push(std::mem::take(&mut word));
                continue;
            }
            code ^= c == '`';
            word.push(c);
        }
        words.push(word);
        words.retain(|word| !word.is_empty());
        if !words.is_empty() {
            self.paragraphs.push(words);
        }
    }

    /// Writes the comment: every line begins with `marker` (`///` or `//!`).
    pub(crate) fn write(&self, out: &mut Text, level: usize, marker: &str) {
        let limit = WIDTH - level * 4 - marker.len() - 1;
        for (index, words) in self.paragraphs.iter().enumerate() {
            if index > 0 {
                out.line(level, marker);
            }
            for line in lines(words, limit) {
                out.indent(level);
                out.push(marker);
                out.push(" ");
                out.push(&line);
                out.push("\n");
            }
        }
    }

    /// The lines as the values of `#[doc]` attributes.
    pub(crate) fn attributes(&self, level: usize) -> Vec<String> {
        let limit = WIDTH - level * 4 - 4;
        let mut all = Vec::new();
        for (index, words) in self.paragraphs.iter().enumerate() {
            if index > 0 {
                all.push(String::new());
            }
            all.extend(lines(words, limit).into_iter().map(|line| format!(" {line}")));
        }
        all
    }
}

/// A code span of any text.
pub(crate) fn code(text: &str) -> String {
    let text: String = text.chars().filter_map(visible).collect();
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

/// Words of safe markdown. A code span or a link is (part of) one word, blanks included.
fn paragraph(text: &str) -> Vec<String> {
    let text: String = text.chars().filter_map(visible).collect();
    let mut scanner = Scanner { rest: &text, words: Vec::new(), word: String::new(), in_link: false };
    scanner.run();
    scanner.words
}

/// The character as it may stand in a comment: line breaks are blanks, what cannot be seen is left out.
fn visible(c: char) -> Option<char> {
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

struct Scanner<'a> {
    rest: &'a str,
    words: Vec<String>,
    word: String,
    in_link: bool,
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            match c {
                ' ' => {
                    self.space();
                    self.skip(1);
                }
                '`' => self.code_span(),
                '[' | '!' => self.bracket(),
                ']' => self.escaped(']'),
                '<' => self.angle(),
                '&' => self.entity(),
                '\\' => self.backslash(),
                'h' if !self.in_link && (self.rest.starts_with("http://") || self.rest.starts_with("https://")) => {
                    self.url()
                }
                c => {
                    self.word.push(c);
                    self.skip(c.len_utf8());
                }
            }
        }
        self.space();
    }

    fn space(&mut self) {
        if !self.word.is_empty() {
            self.words.push(std::mem::take(&mut self.word));
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }

    fn escaped(&mut self, c: char) {
        self.word.push('\\');
        self.word.push(c);
        self.skip(c.len_utf8());
    }

    fn code_span(&mut self) {
        let fence = self.rest.bytes().take_while(|b| *b == b'`').count();
        let mut from = fence;
        while let Some(at) = self.rest[from..].find('`') {
            let start = from + at;
            let run = self.rest[start..].bytes().take_while(|b| *b == b'`').count();
            if run == fence {
                self.word.push_str(&self.rest[..start + run]);
                self.skip(start + run);
                return;
            }
            from = start + run;
        }
        for _ in 0..fence {
            self.word.push_str("\\`");
        }
        self.skip(fence);
    }

    /// A link, an image, or a bracket of the text.
    fn bracket(&mut self) {
        let image = self.rest.starts_with("![");
        if !image && self.rest.starts_with('!') {
            self.word.push('!');
            self.skip(1);
            return;
        }
        let open = usize::from(image);
        let Some(close) = closing(&self.rest[open..]) else {
            self.skip(open);
            self.escaped('[');
            return;
        };
        let label = &self.rest[open + 1..open + close];
        let behind = &self.rest[open + close + 1..];
        if label.starts_with('!') {
            // `[!INCLUDE [..](..)]`, `[!NOTE]`
            self.space();
            self.rest = behind;
            return;
        }
        if let Some(target) = behind.strip_prefix('(').and_then(|text| text.split_once(')')) {
            self.rest = target.1;
            self.link(label, target.0, image);
        } else if let Some((_, rest)) = behind.strip_prefix('[').and_then(|text| text.split_once(']')) {
            self.rest = rest;
            self.link(label, "", image);
        } else {
            self.skip(open);
            self.escaped('[');
        }
    }

    fn link(&mut self, label: &'a str, target: &str, image: bool) {
        let target = target.split_whitespace().next().unwrap_or_default();
        let target = target.trim_start_matches('<').trim_end_matches('>');
        let address = if target.starts_with("https://") || target.starts_with("http://") {
            Some(encode(target))
        } else if target.starts_with("/graph/") {
            Some(format!("{SITE}{}", encode(target)))
        } else {
            None
        };
        let mut inner =
            Scanner { rest: label, words: Vec::new(), word: String::new(), in_link: self.in_link || address.is_some() };
        inner.run();
        let label = inner.words.join(" ");
        match address {
            Some(address) if !image && !self.in_link && !label.is_empty() => {
                let _ = write!(self.word, "[{label}]({address})");
            }
            _ => {
                let mut words = inner.words.into_iter();
                if let Some(first) = words.next() {
                    self.word.push_str(&first);
                }
                for word in words {
                    self.space();
                    self.word = word;
                }
            }
        }
    }

    /// HTML is left out; a placeholder in angle brackets stays.
    fn angle(&mut self) {
        if self.rest.starts_with("<!--") {
            let end = self.rest.find("-->").map_or(self.rest.len(), |at| at + 3);
            self.space();
            self.skip(end);
            return;
        }
        if let Some(end) = self.rest.find('>') {
            let inside = &self.rest[1..end];
            if !self.in_link
                && (inside.starts_with("http://") || inside.starts_with("https://"))
                && !inside.contains(' ')
            {
                let _ = write!(self.word, "<{}>", encode(inside));
                self.skip(end + 1);
                return;
            }
            let name: String = inside
                .trim_start_matches('/')
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .flat_map(char::to_lowercase)
                .collect();
            if HTML.contains(&name.as_str()) {
                if !matches!(name.as_str(), "b" | "i" | "em" | "strong" | "sub" | "sup" | "a" | "span" | "code") {
                    self.space();
                }
                self.skip(end + 1);
                return;
            }
        }
        self.escaped('<');
    }

    fn entity(&mut self) {
        const ENTITIES: [(&str, &str); 8] = [
            ("&nbsp;", " "),
            ("&lt;", "\\<"),
            ("&gt;", "\\>"),
            ("&amp;", "\\&"),
            ("&quot;", "\""),
            ("&apos;", "'"),
            ("&#39;", "'"),
            ("&#124;", "\\|"),
        ];
        for (entity, text) in ENTITIES {
            if self.rest.starts_with(entity) {
                if text == " " {
                    self.space();
                } else {
                    self.word.push_str(text);
                }
                self.skip(entity.len());
                return;
            }
        }
        self.escaped('&');
    }

    fn backslash(&mut self) {
        match self.rest[1..].chars().next() {
            Some(c) if c.is_ascii_punctuation() => {
                self.skip(1);
                self.escaped(c);
            }
            _ => self.escaped('\\'),
        }
    }

    fn url(&mut self) {
        let end = self.rest.find([' ', '<', '>', '"', '`', ')', ']', '[', '*', '|']).unwrap_or(self.rest.len());
        let url = self.rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_', '\\']);
        if url.ends_with('/') && url.len() <= "https://".len() || url.contains(['{', '}', '\\', '$']) {
            self.word.push_str(&code(url));
        } else {
            let _ = write!(self.word, "<{}>", encode(url));
        }
        self.skip(url.len());
    }
}

/// Elements that stand in descriptions. What is not among them is a placeholder.
const HTML: [&str; 27] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// The place of the bracket that closes the one at the beginning. Code spans hide brackets only where they are closed; one level suffices.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
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

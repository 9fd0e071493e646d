//! One paragraph of a page's markdown → words that are safe in any comment.
//!
//! Not a parser of markdown: it looks for the few things that would do harm, and leaves the rest alone.

use std::fmt::Write as _;

use super::{SITE, code, encode, visible};

/// Words of safe markdown. A code span or a link is (part of) one word, blanks included.
pub(super) fn paragraph(text: &str) -> Vec<String> {
    let text = visible(text);
    let mut scanner = Scanner { rest: &text, words: Vec::new(), word: String::new(), in_link: false };
    scanner.run();
    scanner.words
}

/// What the scanner looks at; an `h` may begin an address.
const SPECIAL: [char; 9] = [' ', '`', '[', '!', ']', '<', '&', '\\', 'h'];

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
                    let first = c.len_utf8();
                    let end = self.rest[first..].find(SPECIAL).map_or(self.rest.len(), |at| first + at);
                    self.word.push_str(&self.rest[..end]);
                    self.skip(end);
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
        let Some(close) = closing(&self.rest[open..], '[', ']') else {
            self.word.push_str(&self.rest[..open]);
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
        if let Some(end) = closing(behind, '(', ')') {
            self.rest = &behind[end + 1..];
            self.link(label, &behind[1..end], image);
        } else if let Some((_, rest)) = behind.strip_prefix('[').and_then(|text| text.split_once(']')) {
            self.rest = rest;
            self.link(label, "", image);
        } else {
            self.word.push_str(&self.rest[..open]);
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
        // Any other is markdown's business.
        self.word.push('&');
        self.skip(1);
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

/// The place of the bracket that closes the one at the beginning; `None` where there is none at the beginning.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == open => depth += 1,
            c if c == close => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at);
        }
    }
    None
}

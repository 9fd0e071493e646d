//! Turns the pieces of a description into Markdown.
//!
//! Text is escaped here and nowhere else. Rustdoc and editors then read it as plain text: it makes
//! no emphasis, code, link, HTML or entity, and characters that cannot be seen are removed. One
//! blank separates two words.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::schema::Piece;

/// Turns the pieces into paragraphs: one for each line of the page that has visible text.
pub(super) fn paragraphs<'d, L: 'd>(
    pieces: impl Iterator<Item = Piece<'d, L>>,
    target: impl Fn(&L) -> Option<String>,
) -> Vec<String> {
    let mut all = Vec::new();
    let mut open = Paragraph::default();
    for piece in pieces {
        match piece {
            Piece::Text(text) => open.text(text),
            Piece::Code(text) => open.code(text),
            Piece::Link(text, link) => match target(link) {
                Some(target) => open.link(text, &target),
                None => open.text(text),
            },
            Piece::Break => all.push(std::mem::take(&mut open).finish()),
        }
    }
    all.push(open.finish());
    all.retain(|paragraph| !paragraph.is_empty());
    all
}

/// Escapes plain text.
pub(super) fn escaped(text: &str) -> String {
    let mut paragraph = Paragraph::default();
    paragraph.text(text);
    paragraph.finish()
}

/// A link with a text; both are escaped.
pub(super) fn link(text: &str, target: &str) -> String {
    let mut paragraph = Paragraph::default();
    paragraph.link(text, target);
    paragraph.finish()
}

/// Inline code of any text.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text);
    if text.trim().is_empty() {
        return "(nothing)".to_owned();
    }
    if !text.contains('`') {
        return ["`", &text, "`"].concat();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// A paragraph to whose last word more text may still be added.
#[derive(Default)]
struct Paragraph {
    text: String,
}

impl Paragraph {
    fn finish(mut self) -> String {
        if self.text.ends_with(' ') {
            self.text.pop();
        }
        self.text
    }

    /// Returns true if no word has begun. A blank at the end is always one between words, because
    /// inline code, links and addresses end in a mark.
    fn is_between_words(&self) -> bool {
        self.text.is_empty() || self.text.ends_with(' ')
    }

    /// Ends the word.
    fn blank(&mut self) {
        if !self.is_between_words() {
            self.text.push(' ');
        }
    }

    fn code(&mut self, text: &str) {
        // Two code spans without a blank between them would be read as one.
        if self.text.ends_with('`') {
            self.blank();
        }
        self.text.push_str(&code(text));
    }

    fn link(&mut self, text: &str, target: &str) {
        let text = visible(text);
        if text == target && is_web_address(target) {
            let _ = write!(self.text, "<{}>", encode(target));
            return;
        }
        let mut label = Paragraph::default();
        label.escape(&text, false);
        let label = label.finish();
        if label.is_empty() {
            return;
        }
        // After an exclamation mark, the link would be read as an image.
        if self.text.ends_with('!') {
            self.text.insert(self.text.len() - 1, '\\');
        }
        self.text.extend(["[", &label, "](", &encode(target), ")"]);
    }

    fn text(&mut self, text: &str) {
        self.escape(&visible(text), true);
    }

    /// Adds a text, escaped. If `links` is true, a bare web address becomes a link.
    fn escape(&mut self, text: &str, links: bool) {
        self.text.reserve(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = first.len_utf8();
            match first {
                ' ' => self.blank(),
                '`' | '[' | ']' | '<' | '\\' => self.escaped(first),
                // A mark at the beginning of a word opens emphasis only if another one closes it,
                // and that one is escaped.
                '*' | '~' if self.is_between_words() => self.text.push(first),
                '*' | '~' => self.escaped(first),
                '_' if self.is_between_words() || rest[1..].starts_with(char::is_alphanumeric) => self.text.push('_'),
                '_' => self.escaped('_'),
                '&' if is_entity(rest) => self.escaped('&'),
                'h' if links && is_web_address(rest) => {
                    let address = address(rest);
                    self.address(address);
                    rest = &rest[address.len()..];
                    continue;
                }
                _ => {
                    let after = length..rest.len();
                    let end = after.into_iter().find(|at| is_special(&rest.as_bytes()[*at..])).unwrap_or(rest.len());
                    self.text.push_str(&rest[..end]);
                    rest = &rest[end..];
                    continue;
                }
            }
            rest = &rest[length..];
        }
    }

    fn escaped(&mut self, c: char) {
        self.text.push('\\');
        self.text.push(c);
    }

    fn address(&mut self, address: &str) {
        // Such an address is a template, or only the beginning of an address.
        if address.ends_with("//") || address.contains(['{', '}', '\\', '$']) {
            self.code(address);
        } else {
            let _ = write!(self.text, "<{}>", encode(address));
        }
    }
}

/// Returns true if a text begins with a character that [`Paragraph::escape`] treats specially. All
/// of these are ASCII, so no other character has such a byte.
fn is_special(text: &[u8]) -> bool {
    match text[0] {
        b'`' | b'[' | b']' | b'<' | b'\\' | b'*' | b'~' | b'_' | b'&' => true,
        b' ' => text.get(1) == Some(&b' '),
        b'h' => text.starts_with(b"http"),
        _ => false,
    }
}

fn is_web_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The address that a text begins with, without the punctuation of the sentence around it.
fn address(text: &str) -> &str {
    let end = text.find([' ', '<', '>', '"', '`', ')', ']', '[', '*', '|']).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_', '\\'])
}

/// Returns true if Markdown would read the beginning of the text as a character reference such as
/// `&amp;`. The longest name of one in HTML has 31 letters.
fn is_entity(text: &str) -> bool {
    let name = text[1..].strip_prefix('#').unwrap_or(&text[1..]);
    let length = name.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
    length > 0 && name[length..].starts_with(';')
}

/// Returns the text as it may stand in a comment: line breaks become blanks, and characters that
/// cannot be seen are removed. Nearly all texts need no change and are not copied.
fn visible(text: &str) -> Cow<'_, str> {
    // All bytes are looked at, because the compiler then takes many of them at once.
    if text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~')) {
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

/// Percent-encodes the characters of an address that would end it in Markdown or that cannot be
/// seen.
fn encode(address: &str) -> Cow<'_, str> {
    let is_usual = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'/' | b'.' | b':' | b'-' | b'_' | b'?' | b'=' | b'&' | b'%' | b'#')
    };
    if address.bytes().all(is_usual) {
        return Cow::Borrowed(address);
    }
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        let ends =
            matches!(c, ' ' | '<' | '>' | '(' | ')' | '[' | ']' | '\\' | '`' | '|' | '"' | '{' | '}' | '^' | '*');
        if ends || visible_char(c) != Some(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

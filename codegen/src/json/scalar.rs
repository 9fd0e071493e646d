//! Strings, numbers and bare words.

use std::borrow::Cow;

use super::parser::Parser;
use super::{Problem, Value, ValueKind};

impl<'a> Parser<'a> {
    /// The closing quotes that match the quote at the position, if there is one.
    pub(super) fn quote(&self) -> Option<&'static [&'static str]> {
        let rest = &self.bytes[self.at..];
        match rest {
            [b'"', ..] => Some(&["\""]),
            [b'\'', ..] => Some(&["'"]),
            [0xE2, 0x80, 0x9C..=0x9F, ..] => Some(&["\u{201d}", "\u{201c}", "\u{201f}", "\u{201e}", "\""]),
            [0xE2, 0x80, 0x98..=0x9B, ..] => Some(&["\u{2019}", "\u{2018}", "'"]),
            _ => None,
        }
    }

    /// Parses a string; the position is at its quote.
    pub(super) fn string(&mut self) -> Cow<'a, str> {
        let start = self.at;
        let closing = self.quote().unwrap_or(&["\""]);
        let double = self.bytes[start] == b'"';
        self.at += if self.bytes[start] < 0x80 { 1 } else { 3 };
        if !double {
            self.problem(Problem::WrongQuote, start..self.at);
        }
        let mut owned: Option<String> = None;
        let mut plain = self.at;
        let mut bad = false;
        loop {
            let Some(byte) = self.peek() else {
                self.problem(Problem::MissingQuote, start..self.at);
                break;
            };
            match byte {
                b'"' if double => break,
                b'\\' => {
                    let text = owned.get_or_insert_with(String::new);
                    text.push_str(&self.text[plain..self.at]);
                    let escape = self.at;
                    if !unescape(self.text, &mut self.at, text) && !bad {
                        bad = true;
                        let end = self.at;
                        self.problem(Problem::BadString, escape..end);
                    }
                    plain = self.at;
                }
                b'\n' if self.line_ends_string() => {
                    let line = self.text[plain..self.at].trim_end();
                    let line = line.strip_suffix(',').unwrap_or(line).trim_end();
                    self.at = plain + line.len();
                    self.problem(Problem::MissingQuote, start..self.at);
                    return self.cut(owned, plain);
                }
                0..0x20 => {
                    if !bad {
                        bad = true;
                        self.problem(Problem::BadString, self.at..self.at + 1);
                    }
                    // All white space is taken at once, because `line_ends_string` has examined it
                    // already.
                    self.at += 1;
                    self.at += self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                }
                _ if double => {
                    self.at += self.bytes[self.at..].iter().take_while(|byte| !ends_plain(**byte)).count();
                }
                _ if !double && closing.iter().any(|quote| self.bytes[self.at..].starts_with(quote.as_bytes())) => {
                    break;
                }
                _ => self.at += 1,
            }
        }
        let text = self.cut(owned, plain);
        self.at += match self.peek() {
            None => 0,
            Some(byte) if byte < 0x80 => 1,
            Some(_) => 3,
        };
        text
    }

    fn cut(&self, owned: Option<String>, plain: usize) -> Cow<'a, str> {
        let rest = &self.text[plain..self.at];
        match owned {
            Some(mut text) => {
                text.push_str(rest);
                Cow::Owned(text)
            }
            None => Cow::Borrowed(rest),
        }
    }

    /// Returns true if the closing quote is missing before the line break at the position: the next
    /// line begins with a key, a value or a closing bracket, unlike a sentence.
    fn line_ends_string(&self) -> bool {
        let next = self.bytes[self.at..].iter().find(|byte| !byte.is_ascii_whitespace());
        matches!(next, Some(b'"' | b'}' | b']'))
    }

    /// The end of a bare word at the position: that of a value is a comma, a closing bracket or the
    /// end of the line.
    pub(super) fn word_end(&self, key: bool) -> usize {
        let rest = &self.bytes[self.at..];
        let length = rest
            .iter()
            .enumerate()
            .position(|(index, byte)| match byte {
                b',' | b'}' | b']' | b'{' | b'[' | b'"' | b'\n' => true,
                b':' => key,
                b'/' => matches!(rest.get(index + 1), Some(b'/' | b'*')) && (index == 0 || rest[index - 1] != b':'),
                _ => false,
            })
            .unwrap_or(rest.len());
        self.at + length
    }

    pub(super) fn word_value(&mut self) -> Value<'a> {
        let start = self.at;
        let end = self.word_end(false);
        let word = self.text[start..end].trim_end();
        let range = start..start + word.len();
        self.at = range.end;
        let span = self.span(range.clone());
        let kind = match word {
            "null" => ValueKind::Null,
            "true" => ValueKind::Bool(true),
            "false" => ValueKind::Bool(false),
            _ if is_number(word) => ValueKind::Number(word),
            _ if self.bytes.get(end) == Some(&b'"') => {
                self.at = end + 1;
                self.problem(Problem::MissingQuote, start..self.at);
                return Value { kind: ValueKind::String(Cow::Borrowed(word)), span: self.span(start..self.at) };
            }
            "" => {
                // A single character that cannot begin a value, such as a slash, is skipped so that
                // parsing continues.
                self.at = end.max(start + 1);
                while !self.text.is_char_boundary(self.at) {
                    self.at += 1;
                }
                self.problem(Problem::Unexpected, start..self.at);
                ValueKind::Null
            }
            _ => {
                self.problem(Problem::BareWord, range);
                match word {
                    "True" | "TRUE" => ValueKind::Bool(true),
                    "False" | "FALSE" => ValueKind::Bool(false),
                    _ => ValueKind::Word(word),
                }
            }
        };
        Value { kind, span }
    }
}

/// Returns true if a byte ends the plain text in a string with double quotes.
pub(super) fn ends_plain(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..0x20)
}

/// Resolves the escape at `at` and moves after it. Returns false if it is not valid; then its
/// characters are kept.
fn unescape(text: &str, at: &mut usize, out: &mut String) -> bool {
    let rest = &text[*at + 1..];
    let Some(mark) = rest.chars().next() else {
        *at += 1;
        out.push('\\');
        return false;
    };
    let simple = match mark {
        '"' | '\\' | '/' => Some(mark),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        _ => None,
    };
    if let Some(character) = simple {
        *at += 2;
        out.push(character);
        return true;
    }
    if mark == 'u'
        && let Some(unit) = hex(&rest[1..])
    {
        *at += 6;
        let low = || text[*at..].strip_prefix("\\u").and_then(hex).filter(|low| (0xDC00..0xE000).contains(low));
        let (code, pair) = match unit {
            0xD800..0xDC00 => match low() {
                Some(low) => (0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), true),
                None => (unit, false),
            },
            _ => (unit, false),
        };
        if pair {
            *at += 6;
        }
        out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        return char::from_u32(code).is_some();
    }
    // The line break after the backslash is handled like any other in a string.
    *at += 1;
    out.push('\\');
    false
}

fn hex(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// Returns true if a word is a number in the grammar of JSON.
fn is_number(word: &str) -> bool {
    fn digits(text: &str) -> Option<&str> {
        let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
        (end > 0).then(|| &text[end..])
    }
    let rest = word.strip_prefix('-').unwrap_or(word);
    let Some(mut rest) = rest.strip_prefix('0').or_else(|| digits(rest)) else { return false };
    if let Some(fraction) = rest.strip_prefix('.') {
        let Some(after) = digits(fraction) else { return false };
        rest = after;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let Some(after) = digits(exponent) else { return false };
        rest = after;
    }
    rest.is_empty()
}

//! The lenient reader. One pass, every byte is looked at a bounded number of times, nesting is limited to [`DEPTH`].

use std::borrow::Cow;

use super::{Document, Problem, Value, ValueKind};
use crate::source::{At, FileId, Span};

/// Nesting beyond this is skipped as one [`Problem::TooDeep`]; no page nests half as deep.
const DEPTH: usize = 64;
/// Problems beyond this are not listed: such a text is no JSON at all.
const PROBLEMS: usize = 1000;

pub(super) struct Parser<'a> {
    file: FileId,
    base: usize,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    open_arrays: usize,
    open_objects: usize,
    problems: Vec<At<Problem>>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(file: FileId, base: usize, text: &'a str) -> Self {
        let (bytes, problems) = (text.as_bytes(), Vec::new());
        Parser { file, base, text, bytes, at: 0, depth: 0, open_arrays: 0, open_objects: 0, problems }
    }

    pub(super) fn document(mut self) -> Document<'a> {
        self.trivia();
        let value = if self.at == self.bytes.len() {
            self.missing_value()
        } else if self.opens_with_key() {
            self.problem(Problem::Unbalanced, self.at..self.at);
            self.object(self.at)
        } else {
            self.value()
        };
        loop {
            self.trivia();
            match self.peek() {
                None => break,
                Some(b'}' | b']') => {
                    self.problem(Problem::Unbalanced, self.at..self.at + 1);
                    self.at += 1;
                }
                Some(_) => {
                    let end = self.text.trim_end().len().max(self.at);
                    self.problem(Problem::TrailingText, self.at..end);
                    break;
                }
            }
        }
        Document { value, problems: self.problems }
    }

    /// A text that lost its first brace: `"key": …`.
    fn opens_with_key(&self) -> bool {
        let Some(rest) = self.text[self.at..].strip_prefix('"') else { return false };
        rest.find(['"', '\n', '\\'])
            .is_some_and(|end| rest.as_bytes()[end] == b'"' && rest[end + 1..].trim_start().starts_with(':'))
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    fn problem(&mut self, problem: Problem, range: std::ops::Range<usize>) {
        if self.problems.len() < PROBLEMS {
            let span = self.span(range);
            self.problems.push(At::new(problem, span));
        }
    }

    /// Skips white space, comments and ellipses; the latter two are problems.
    fn trivia(&mut self) {
        loop {
            let rest = &self.bytes[self.at..];
            match rest {
                [b' ' | b'\t' | b'\n' | b'\r', ..] => self.at += 1,
                [b'/', b'/', ..] => {
                    let end = self.line_end();
                    self.problem(Problem::Comment, self.at..end);
                    self.at = end;
                }
                [b'/', b'*', ..] => {
                    let end = self.text[self.at + 2..].find("*/").map_or(self.bytes.len(), |end| self.at + 2 + end + 2);
                    self.problem(Problem::Comment, self.at..end);
                    self.at = end;
                }
                [b'.', b'.', ..] => {
                    let end = self.at + rest.iter().take_while(|byte| **byte == b'.').count();
                    self.problem(Problem::Ellipsis, self.at..end);
                    self.at = end;
                }
                [0xE2, 0x80, 0xA6, ..] => {
                    self.problem(Problem::Ellipsis, self.at..self.at + 3);
                    self.at += 3;
                }
                // No-break space and byte-order mark, which editors leave behind.
                [0xC2, 0xA0, ..] => self.at += 2,
                [0xEF, 0xBB, 0xBF, ..] => self.at += 3,
                _ => return,
            }
        }
    }

    fn line_end(&self) -> usize {
        self.bytes[self.at..].iter().position(|byte| *byte == b'\n').map_or(self.bytes.len(), |end| self.at + end)
    }

    fn missing_value(&mut self) -> Value<'a> {
        self.problem(Problem::Unexpected, self.at..self.at);
        Value { kind: ValueKind::Null, span: self.span(self.at..self.at) }
    }

    /// Reads a value; the position is at its first byte.
    fn value(&mut self) -> Value<'a> {
        let start = self.at;
        match self.peek() {
            Some(b'{' | b'[') if self.depth >= DEPTH => {
                self.skip_nested();
                self.problem(Problem::TooDeep, start..self.at);
                Value { kind: ValueKind::Null, span: self.span(start..self.at) }
            }
            Some(b'{') => {
                self.at += 1;
                self.object(start)
            }
            Some(b'[') => {
                self.at += 1;
                self.array(start)
            }
            None | Some(b'}' | b']' | b',' | b':') => self.missing_value(),
            Some(_) if self.quote().is_some() => {
                let text = self.string();
                Value { kind: ValueKind::String(text), span: self.span(start..self.at) }
            }
            Some(_) => self.word_value(),
        }
    }

    /// Skips a value that is nested too deep, with an eye on strings only.
    fn skip_nested(&mut self) {
        let mut open = 0usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'{' | b'[' => open += 1,
                b'}' | b']' => {
                    open -= 1;
                    if open == 0 {
                        return;
                    }
                }
                b'"' => {
                    let mut escaped = false;
                    while let Some(byte) = self.peek() {
                        self.at += 1;
                        match byte {
                            _ if escaped => escaped = false,
                            b'\\' => escaped = true,
                            b'"' | b'\n' => break,
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn array(&mut self, start: usize) -> Value<'a> {
        self.depth += 1;
        self.open_arrays += 1;
        let mut values = Vec::new();
        let mut comma = None;
        let mut separated = true;
        loop {
            self.trivia();
            match self.peek() {
                None => {
                    self.problem(Problem::Unbalanced, self.at..self.at);
                    break;
                }
                Some(b']') => {
                    self.trailing_comma(comma);
                    self.at += 1;
                    break;
                }
                Some(b'}') if self.open_objects > 0 => {
                    self.problem(Problem::Unbalanced, self.at..self.at + 1);
                    break;
                }
                Some(b'}') => self.stray(Problem::Unbalanced),
                Some(b',') if separated => self.stray(Problem::Unexpected),
                Some(b',') => {
                    comma = Some(self.at);
                    separated = true;
                    self.at += 1;
                }
                Some(b':') => self.stray(Problem::Unexpected),
                Some(_) => {
                    if !separated {
                        self.problem(Problem::MissingComma, self.at..self.at);
                    }
                    values.push(self.value());
                    (comma, separated) = (None, false);
                }
            }
        }
        self.depth -= 1;
        self.open_arrays -= 1;
        Value { kind: ValueKind::Array(values), span: self.span(start..self.at) }
    }

    fn object(&mut self, start: usize) -> Value<'a> {
        self.depth += 1;
        self.open_objects += 1;
        let mut members = Vec::new();
        let mut comma = None;
        let mut separated = true;
        loop {
            self.trivia();
            match self.peek() {
                None => {
                    self.problem(Problem::Unbalanced, self.at..self.at);
                    break;
                }
                Some(b'}') => {
                    self.trailing_comma(comma);
                    self.at += 1;
                    break;
                }
                Some(b']') if self.open_arrays > 0 => {
                    self.problem(Problem::Unbalanced, self.at..self.at + 1);
                    break;
                }
                Some(b']') => self.stray(Problem::Unbalanced),
                Some(b',') if separated => self.stray(Problem::Unexpected),
                Some(b',') => {
                    comma = Some(self.at);
                    separated = true;
                    self.at += 1;
                }
                Some(b':') => self.stray(Problem::Unexpected),
                Some(b'{' | b'[') => {
                    // A value without a key has no place in the object.
                    let value = self.value();
                    self.problem(Problem::Unexpected, value.span.range().start - self.base..self.at);
                    (comma, separated) = (None, false);
                }
                Some(_) => {
                    if !separated {
                        self.problem(Problem::MissingComma, self.at..self.at);
                    }
                    members.push(self.member());
                    (comma, separated) = (None, false);
                }
            }
        }
        self.depth -= 1;
        self.open_objects -= 1;
        Value { kind: ValueKind::Object(members), span: self.span(start..self.at) }
    }

    fn trailing_comma(&mut self, comma: Option<usize>) {
        if let Some(at) = comma {
            self.problem(Problem::TrailingComma, at..at + 1);
        }
    }

    fn stray(&mut self, problem: Problem) {
        self.problem(problem, self.at..self.at + 1);
        self.at += 1;
    }

    fn member(&mut self) -> (At<Cow<'a, str>>, Value<'a>) {
        let key = self.key();
        let key_end = self.at;
        self.trivia();
        let value = match self.peek() {
            Some(b':') => {
                self.at += 1;
                self.trivia();
                self.value()
            }
            Some(byte) => {
                self.problem(Problem::MissingColon, key_end..key_end);
                let same_line = !self.bytes[key_end..self.at].contains(&b'\n');
                if same_line && (matches!(byte, b'{' | b'[' | b'"') || byte.is_ascii_alphanumeric()) {
                    self.value()
                } else {
                    Value { kind: ValueKind::Null, span: self.span(key_end..key_end) }
                }
            }
            None => {
                self.problem(Problem::MissingColon, key_end..key_end);
                Value { kind: ValueKind::Null, span: self.span(key_end..key_end) }
            }
        };
        (key, value)
    }

    fn key(&mut self) -> At<Cow<'a, str>> {
        let start = self.at;
        if self.quote().is_none() {
            let end = self.word_end(true);
            let word = self.text[start..end].trim_end();
            self.at = end;
            let span = self.span(start..start + word.len());
            if self.peek() == Some(b'"') {
                self.at += 1;
                self.problem(Problem::MissingQuote, start..self.at);
            } else {
                self.problem(Problem::BareWord, start..start + word.len());
            }
            return At::new(Cow::Borrowed(word), span);
        }
        // `"key: "value"`: the quote that ends the key is the one that should begin the value.
        if self.peek() == Some(b'"')
            && let Some(length) = self.bytes[start + 1..].iter().position(|byte| matches!(byte, b'"' | b'\n' | b'\\'))
            && self.bytes[start + 1 + length] == b'"'
            && let Some(name) = self.text[start + 1..start + 1 + length].trim_end().strip_suffix(':')
            && self.bytes.get(start + 2 + length).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        {
            self.at = start + 1 + name.len();
            self.problem(Problem::MissingQuote, start..self.at);
            return At::new(Cow::Borrowed(name), self.span(start..self.at));
        }
        let text = self.string();
        At::new(text, self.span(start..self.at))
    }

    /// The closing quote that fits the quote at the position, if there is one.
    fn quote(&self) -> Option<&'static [&'static str]> {
        let rest = &self.bytes[self.at..];
        match rest {
            [b'"', ..] => Some(&["\""]),
            [b'\'', ..] => Some(&["'"]),
            [0xE2, 0x80, 0x9C..=0x9F, ..] => Some(&["\u{201d}", "\u{201c}", "\u{201f}", "\u{201e}", "\""]),
            [0xE2, 0x80, 0x98..=0x9B, ..] => Some(&["\u{2019}", "\u{2018}", "'"]),
            _ => None,
        }
    }

    /// Reads a string; the position is at its quote.
    fn string(&mut self) -> Cow<'a, str> {
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
                    // The whole run at once: `line_ends_string` has looked through it already.
                    self.at += 1;
                    self.at += self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
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

    /// Whether the line break at the position shows that the string's closing quote was forgotten: the next line begins
    /// with a key, a value or a closing mark, as no sentence does.
    fn line_ends_string(&self) -> bool {
        let next = self.bytes[self.at..].iter().find(|byte| !byte.is_ascii_whitespace());
        matches!(next, Some(b'"' | b'}' | b']'))
    }

    /// The end of a bare word at the position: a value's goes on to a comma, a closing mark or the line's end.
    fn word_end(&self, key: bool) -> usize {
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

    fn word_value(&mut self) -> Value<'a> {
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
                // A lone mark that begins nothing (a slash, say): step over it, so that reading goes on.
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

/// Resolves the escape at `at` and steps over it; `false` where it is none (its characters are kept).
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
    // A raw line break after a backslash is left for the string's own rule.
    *at += 1;
    out.push('\\');
    false
}

fn hex(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// JSON's own grammar of numbers.
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

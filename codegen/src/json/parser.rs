//! The lenient parser. It makes one pass, reads every byte a bounded number of times, and limits
//! the nesting to [`DEPTH`].

use std::borrow::Cow;

use super::scalar::ends_plain;
use super::{Document, Problem, Value, ValueKind};
use crate::source::{At, FileId, Span};

/// The maximum nesting; deeper values are skipped as one [`Problem::TooDeep`]. No page nests half
/// as deep.
const DEPTH: usize = 64;
/// The maximum number of problems that are listed; a text with more is not JSON at all.
pub(super) const PROBLEMS: usize = 1000;

pub(super) struct Parser<'a> {
    file: FileId,
    base: usize,
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
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

    /// Returns true if the opening brace is missing: `"key": …`.
    fn opens_with_key(&self) -> bool {
        let Some(rest) = self.text[self.at..].strip_prefix('"') else { return false };
        rest.find(['"', '\n', '\\'])
            .is_some_and(|end| rest.as_bytes()[end] == b'"' && rest[end + 1..].trim_start().starts_with(':'))
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    pub(super) fn problem(&mut self, problem: Problem, range: std::ops::Range<usize>) {
        if self.problems.len() < PROBLEMS {
            let span = self.span(range);
            self.problems.push(At::new(problem, span));
        }
    }

    /// Skips white space, comments and ellipses; comments and ellipses are problems.
    fn trivia(&mut self) {
        loop {
            let rest = &self.bytes[self.at..];
            match rest {
                [b' ' | b'\t' | b'\n' | b'\r', ..] => {
                    self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
                }
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
                // Editors insert these characters.
                [0xC2, 0xA0, ..] => self.odd_space("\u{a0}"),
                [0xEF, 0xBB, 0xBF, ..] => self.odd_space("\u{feff}"),
                _ => return,
            }
        }
    }

    /// Skips characters that look like white space but are not allowed in JSON.
    fn odd_space(&mut self, space: &str) {
        let rest = &self.text[self.at..];
        let length = rest.len() - rest.trim_start_matches(space).len();
        self.problem(Problem::OddSpace, self.at..self.at + length);
        self.at += length;
    }

    fn line_end(&self) -> usize {
        self.bytes[self.at..].iter().position(|byte| *byte == b'\n').map_or(self.bytes.len(), |end| self.at + end)
    }

    fn missing_value(&mut self) -> Value<'a> {
        self.problem(Problem::Unexpected, self.at..self.at);
        Value { kind: ValueKind::Null, span: self.span(self.at..self.at) }
    }

    /// Parses a value; the position is at its first byte.
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

    /// Skips a value that is nested too deep, without parsing it except for strings.
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
        let mut values = Vec::new();
        self.items(b']', |parser, separated| {
            parser.separated(separated);
            values.push(parser.value());
        });
        Value { kind: ValueKind::Array(values), span: self.span(start..self.at) }
    }

    fn object(&mut self, start: usize) -> Value<'a> {
        let mut members = Vec::new();
        self.items(b'}', |parser, separated| match parser.peek() {
            // A value without a key cannot be a member of the object. Behind a comma, only a brace
            // is too many.
            Some(b'{' | b'[') => {
                let value = parser.value();
                parser.problem(Problem::Unexpected, value.span.range().start - parser.base..parser.at);
                if let (ValueKind::Object(inner), true) = (value.kind, separated) {
                    members.extend(inner);
                }
            }
            _ => {
                parser.separated(separated);
                members.push(parser.member());
            }
        });
        Value { kind: ValueKind::Object(members), span: self.span(start..self.at) }
    }

    /// Parses the items between two brackets, and the closing bracket. `item` parses one item; its
    /// argument is true if a comma precedes it.
    fn items(&mut self, close: u8, mut item: impl FnMut(&mut Self, bool)) {
        self.depth += 1;
        *self.open(close) += 1;
        let mut comma = None;
        let mut separated = true;
        loop {
            self.trivia();
            match self.peek() {
                None => {
                    self.problem(Problem::Unbalanced, self.at..self.at);
                    break;
                }
                Some(byte) if byte == close => {
                    self.trailing_comma(comma);
                    self.at += 1;
                    break;
                }
                // It closes an outer bracket.
                Some(byte @ (b']' | b'}')) if *self.open(byte) > 0 => {
                    self.problem(Problem::Unbalanced, self.at..self.at + 1);
                    break;
                }
                Some(b']' | b'}') => self.stray(Problem::Unbalanced),
                Some(b',') if separated => self.stray(Problem::Unexpected),
                Some(b',') => {
                    comma = Some(self.at);
                    separated = true;
                    self.at += 1;
                }
                Some(b':') => self.stray(Problem::Unexpected),
                Some(_) => {
                    item(self, separated);
                    (comma, separated) = (None, false);
                }
            }
        }
        self.depth -= 1;
        *self.open(close) -= 1;
    }

    /// The number of open brackets that `close` matches.
    fn open(&mut self, close: u8) -> &mut usize {
        if close == b']' { &mut self.open_arrays } else { &mut self.open_objects }
    }

    fn separated(&mut self, separated: bool) {
        if !separated {
            self.problem(Problem::MissingComma, self.at..self.at);
        }
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
        if self.peek() == Some(b'"')
            && let Some(length) = self.bytes[start + 1..].iter().position(|byte| ends_plain(*byte))
            && self.bytes[start + 1 + length] == b'"'
        {
            let mut name = &self.text[start + 1..start + 1 + length];
            self.at = start + length + 2;
            // `"key: "value"`: the quote after the colon belongs to the value, so the closing quote
            // of the key is missing.
            if let Some(short) = name.trim_end().strip_suffix(':')
                && self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
            {
                name = short;
                self.at = start + 1 + name.len();
                self.problem(Problem::MissingQuote, start..self.at);
            }
            return At::new(Cow::Borrowed(name), self.span(start..self.at));
        }
        let text = self.string();
        At::new(text, self.span(start..self.at))
    }
}

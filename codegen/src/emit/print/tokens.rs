//! The tokens of a text in one flat list, so that any range of them can be read again by position.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};

/// The number of tokens that are expected at first.
const FEW: usize = 1000;

/// All tokens, and their text.
#[derive(Debug, PartialEq)]
pub(crate) struct Tokens {
    spelling: String,
    all: Vec<Token>,
}

/// A token: the range of its text, and its kind.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Token {
    start: u32,
    end: u32,
    kind: Kind,
}

/// The kind of a token. Operators of several characters are one token, except `>>`, which may close
/// two lists of generics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ident,
    /// A word that an operand follows.
    Keyword,
    Literal,
    Lifetime,
    Operator,
    /// An opening delimiter, with the position of the one that closes it.
    Open(u32),
    Close,
}

/// The kind of a word.
fn word(word: &str) -> Kind {
    if is_before_operand(word) { Kind::Keyword } else { Kind::Ident }
}

/// Returns true if an operand begins after a word.
fn is_before_operand(word: &str) -> bool {
    matches!(
        word,
        "as" | "async"
            | "await"
            | "break"
            | "const"
            | "continue"
            | "dyn"
            | "else"
            | "enum"
            | "for"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "match"
            | "move"
            | "mut"
            | "ref"
            | "return"
            | "static"
            | "type"
            | "unsafe"
            | "use"
            | "where"
            | "while"
    )
}

/// Returns true if an operator is made of several characters.
fn is_operator(text: &str) -> bool {
    matches!(
        text,
        "::" | "->"
            | "=>"
            | ".."
            | "&&"
            | "||"
            | "=="
            | "!="
            | "<="
            | "+="
            | "-="
            | "*="
            | "/="
            | "|="
            | "&="
            | "%="
            | "^="
            | "..="
            | "..."
    )
}

impl Default for Tokens {
    fn default() -> Self {
        // Lists that grow from nothing are copied over and over.
        Tokens { spelling: String::with_capacity(8 * FEW), all: Vec::with_capacity(FEW) }
    }
}

/// Making the tokens.
impl Tokens {
    pub(crate) fn of(stream: TokenStream) -> Self {
        let mut tokens = Tokens::default();
        tokens.append(stream);
        tokens
    }

    /// Gives back the memory that the tokens do not need.
    pub(crate) fn shrunk(mut self) -> Self {
        self.spelling.shrink_to_fit();
        self.all.shrink_to_fit();
        self
    }

    /// Appends an identifier. A raw one has its `r#`.
    pub(crate) fn ident(&mut self, name: &str) {
        self.push(name, word(name));
    }

    /// Appends a number.
    pub(crate) fn number(&mut self, number: usize) {
        let start = self.spelling.len();
        let _ = write!(self.spelling, "{number}");
        self.token(start, Kind::Literal);
    }

    /// Appends a text as a string literal.
    pub(crate) fn string(&mut self, text: &str) {
        let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'));
        match is_plain {
            true => self.literal(["\"", text, "\""]),
            false => self.push(&Literal::string(text).to_string(), Kind::Literal),
        }
    }

    /// Appends the text of a comment as a string literal. Only its value matters, so it is written
    /// in the form without escapes.
    pub(crate) fn comment(&mut self, text: &str) {
        match memchr::memchr(b'"', text.as_bytes()) {
            // The one character that this form cannot have.
            _ if text.contains('\r') => self.string(text),
            None => self.literal(["r\"", text, "\""]),
            Some(_) if text.contains("\"#") => self.string(text),
            Some(_) => self.literal(["r#\"", text, "\"#"]),
        }
    }

    /// Appends a type or an expression that is composed of the model's names. Text that is not
    /// valid Rust becomes no tokens at all.
    pub(crate) fn code(&mut self, text: &str) {
        let (spelling, all) = (self.spelling.len(), self.all.len());
        if !self.simple_type(text) {
            self.spelling.truncate(spelling);
            self.all.truncate(all);
            self.append(text.parse().unwrap_or_default());
        }
    }

    /// Appends names, references and generics, which nearly all types are composed of. Returns
    /// false for other text, of which a part may have been appended.
    fn simple_type(&mut self, text: &str) -> bool {
        let mut rest = text;
        while let Some(first) = rest.bytes().next() {
            let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            let name = rest.bytes().position(|byte| !is_of_name(byte)).unwrap_or(rest.len());
            let taken = match first {
                b'0'..=b'9' => return false,
                _ if name > 0 && !rest[name..].starts_with(['#', '"', '\'']) => {
                    self.push(&rest[..name], word(&rest[..name]));
                    name
                }
                b' ' => 1,
                b':' | b'<' | b'>' | b',' | b'&' => {
                    let length = if rest.starts_with("::") || rest.starts_with("&&") { 2 } else { 1 };
                    self.push(&rest[..length], Kind::Operator);
                    length
                }
                _ => return false,
            };
            rest = &rest[taken..];
        }
        true
    }

    /// Appends the tokens `from..to` of a template. `opened` are the positions here of the groups
    /// that are open there.
    pub(in super::super) fn copy(&mut self, template: &Tokens, from: usize, to: usize, opened: &mut Vec<usize>) {
        let tokens = template.all.get(from..to).unwrap_or_default();
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
        let (start, moved) = (first.start, self.spelling.len() as u32);
        self.spelling.push_str(&template.spelling[start as usize..last.end as usize]);
        self.all.reserve(tokens.len());
        for token in tokens {
            let at = self.all.len();
            let kind = match token.kind {
                Kind::Open(_) => {
                    opened.push(at);
                    Kind::Open(0)
                }
                Kind::Close => {
                    if let Some(open) = opened.pop() {
                        self.all[open].kind = Kind::Open(at as u32);
                    }
                    Kind::Close
                }
                kind => kind,
            };
            self.all.push(Token { start: token.start - start + moved, end: token.end - start + moved, kind });
        }
    }

    /// Appends a literal that is spelled in parts.
    fn literal(&mut self, parts: [&str; 3]) {
        let start = self.spelling.len();
        self.spelling.extend(parts);
        self.token(start, Kind::Literal);
    }

    fn push(&mut self, text: &str, kind: Kind) {
        let start = self.spelling.len();
        self.spelling.push_str(text);
        self.token(start, kind);
    }

    pub(crate) fn append(&mut self, stream: TokenStream) {
        // True if the previous operator or quote continues in the next token.
        let mut joint = false;
        for tree in stream {
            let start = self.spelling.len();
            match tree {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::None => {
                            self.append(group.stream());
                            continue;
                        }
                    };
                    let inner = group.stream();
                    drop(group);
                    let position = self.all.len();
                    self.spelling.push_str(open);
                    self.token(start, Kind::Open(0));
                    self.append(inner);
                    self.all[position].kind = Kind::Open(self.all.len() as u32);
                    let start = self.spelling.len();
                    self.spelling.push_str(close);
                    self.token(start, Kind::Close);
                    joint = false;
                }
                TokenTree::Ident(ident) => {
                    let _ = write!(self.spelling, "{ident}");
                    match self.all.last_mut() {
                        Some(last) if joint && last.kind == Kind::Lifetime => last.end = self.spelling.len() as u32,
                        _ => self.token(start, word(&self.spelling[start..])),
                    }
                    joint = false;
                }
                TokenTree::Literal(literal) => {
                    let _ = write!(self.spelling, "{literal}");
                    self.token(start, Kind::Literal);
                    joint = false;
                }
                TokenTree::Punct(punct) => {
                    self.spelling.push(punct.as_char());
                    let longer = joint
                        && self.all.last().is_some_and(|last| {
                            last.kind == Kind::Operator && is_operator(&self.spelling[last.start as usize..])
                        });
                    match self.all.last_mut() {
                        Some(last) if longer => last.end = self.spelling.len() as u32,
                        _ if punct.as_char() == '\'' => self.token(start, Kind::Lifetime),
                        _ => self.token(start, Kind::Operator),
                    }
                    joint = punct.spacing() == Spacing::Joint;
                }
            }
        }
    }

    fn token(&mut self, start: usize, kind: Kind) {
        self.all.push(Token { start: start as u32, end: self.spelling.len() as u32, kind });
    }
}

/// Reading the tokens.
impl Tokens {
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The length of the tokens `from..to` with a blank after each.
    pub(super) fn length(&self, from: usize, to: usize) -> usize {
        let spelled = |range: &[Token]| Some((range.last()?.end - range.first()?.start) as usize + range.len());
        self.all.get(from..to).and_then(spelled).unwrap_or_default()
    }

    /// The text of a token; empty beyond the last one.
    pub(crate) fn text(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |token| self.spelled(token))
    }

    fn spelled(&self, token: &Token) -> &str {
        &self.spelling[token.start as usize..token.end as usize]
    }

    /// The texts of the tokens `from..to` without anything between them.
    pub(super) fn joined(&self, from: usize, to: usize) -> &str {
        match self.all.get(from..to) {
            Some([first, .., last]) => &self.spelling[first.start as usize..last.end as usize],
            Some([only]) => self.spelled(only),
            Some([]) | None => "",
        }
    }

    /// The texts and kinds of the tokens `from..to`, with their positions.
    pub(super) fn range(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, &str, Kind)> {
        let tokens = self.all.get(from..to).unwrap_or_default();
        tokens.iter().zip(from..).map(|(token, at)| (at, self.spelled(token), token.kind))
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.all.get(at).map(|token| token.kind)
    }

    /// Returns true if the token has this text and is not a literal.
    pub(crate) fn is(&self, at: usize, text: &str) -> bool {
        self.text(at) == text && self.kind(at) != Some(Kind::Literal)
    }

    /// The position after a token. For an opening delimiter it is the position after the whole
    /// group.
    pub(super) fn next(&self, at: usize) -> usize {
        match self.kind(at) {
            Some(Kind::Open(close)) => close as usize + 1,
            _ => at + 1,
        }
    }

    /// The first token of `from..to` that is one of `wanted` and not inside a group.
    pub(super) fn find(&self, from: usize, to: usize, wanted: &[&str]) -> Option<usize> {
        let mut at = from;
        while at < to {
            let token = self.all.get(at)?;
            if token.kind != Kind::Literal && wanted.contains(&self.spelled(token)) {
                return Some(at);
            }
            at = self.next(at);
        }
        None
    }

    /// The parts of `from..to` between commas; commas inside groups and generics do not count.
    pub(super) fn list(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let (mut start, mut at, mut depth) = (from, from, 0_usize);
        while at < to {
            match self.text(at) {
                "<" => depth += 1,
                ">" => depth = depth.saturating_sub(1),
                "," if depth == 0 => {
                    parts.push((start, at));
                    start = at + 1;
                }
                _ => {}
            }
            at = self.next(at);
        }
        if start < to {
            parts.push((start, to));
        }
        parts
    }
}

//! Tokens in one row, so that any part of them can be looked at again and again by its positions.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// All tokens of a text, and their spelling.
pub(super) struct Tokens {
    spelling: String,
    all: Vec<Token>,
}

/// A token: where its spelling stands, and what it is.
#[derive(Clone, Copy)]
struct Token {
    start: u32,
    end: u32,
    kind: Kind,
}

/// What a token is. Operators of several characters are one token, save `>>`, which may close two
/// lists of generics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ident,
    Literal,
    Lifetime,
    Operator,
    /// With the position of the delimiter that closes it.
    Open(u32),
    Close,
}

/// Whether an operator is made of several characters.
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

impl Tokens {
    pub(super) fn of(stream: TokenStream) -> Self {
        let mut tokens = Tokens { spelling: String::new(), all: Vec::new() };
        tokens.append(stream);
        tokens
    }

    fn append(&mut self, stream: TokenStream) {
        // Whether the operator or the quote before goes on in the next token.
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
                        _ => self.token(start, Kind::Ident),
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

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The spelling of a token; nothing behind the last.
    pub(super) fn text(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |token| &self.spelling[token.start as usize..token.end as usize])
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.all.get(at).map(|token| token.kind)
    }

    /// Whether the token is this one.
    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.text(at) == text && self.kind(at) != Some(Kind::Literal)
    }

    /// The position behind a token, and behind all of its group where it opens one.
    pub(super) fn next(&self, at: usize) -> usize {
        match self.kind(at) {
            Some(Kind::Open(close)) => close as usize + 1,
            _ => at + 1,
        }
    }

    /// The first token of `from..to` outside of groups that is one of these.
    pub(super) fn find(&self, from: usize, to: usize, wanted: &[&str]) -> Option<usize> {
        let mut at = from;
        while at < to {
            if wanted.iter().any(|text| self.is(at, text)) {
                return Some(at);
            }
            at = self.next(at);
        }
        None
    }

    /// The parts of `from..to` between commas outside of groups and of generics.
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

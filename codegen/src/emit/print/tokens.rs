//! The tokens of a text in one flat list, so that any range of them can be read again by position.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The number of tokens that are expected at first.
const FEW: usize = 1000;

/// All tokens, and their text.
pub(super) struct Tokens {
    spelling: String,
    all: Vec<Token>,
}

/// A token: the range of its text, and its kind.
#[derive(Clone, Copy)]
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
    Literal,
    Lifetime,
    Operator,
    /// An opening delimiter, with the position of the one that closes it.
    Open(u32),
    Close,
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

impl Tokens {
    pub(super) fn of(stream: TokenStream) -> Self {
        // Lists that grow from nothing are copied over and over.
        let mut tokens = Tokens { spelling: String::with_capacity(8 * FEW), all: Vec::with_capacity(FEW) };
        tokens.append(stream);
        tokens
    }

    fn append(&mut self, stream: TokenStream) {
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

    /// The length of the tokens `from..to` with a blank after each.
    pub(super) fn length(&self, from: usize, to: usize) -> usize {
        let spelled = |range: &[Token]| Some((range.last()?.end - range.first()?.start) as usize + range.len());
        self.all.get(from..to).and_then(spelled).unwrap_or_default()
    }

    /// The text of a token; empty beyond the last one.
    pub(super) fn text(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |token| self.spelled(token))
    }

    fn spelled(&self, token: &Token) -> &str {
        &self.spelling[token.start as usize..token.end as usize]
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
    pub(super) fn is(&self, at: usize, text: &str) -> bool {
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

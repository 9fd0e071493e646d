//! Parses expressions, as far as their layout depends on their kind.

use super::flat;
use super::tokens::{Kind, Tokens};

/// An expression, classified by its layout.
pub(super) enum Expr {
    /// A path, a literal or an operation; it always stays on one line.
    Flat(String),
    /// `&value`, `&mut value`, `*value`, `-value`
    Prefix(String, Box<Expr>),
    /// `function(arguments)`, `macro!(arguments)`
    Call(String, Vec<Expr>),
    /// `value.field.method(arguments)?`
    Chain(Box<Expr>, Vec<Link>),
    /// `value?`
    Try(Box<Expr>),
    /// `[items]`
    Array(Vec<Expr>),
    /// `(items)`
    Tuple(Vec<Expr>),
    /// `|parameters| body`
    Closure(String, Box<Expr>),
    /// `Path { fields }`, `match value { arms }`, and everything else that ends in braces.
    Braces(Braces),
}

/// A field or a method call of a chain.
pub(super) struct Link {
    /// `.name`
    pub(super) name: String,
    pub(super) arguments: Option<Vec<Expr>>,
    /// `?`
    pub(super) tries: String,
}

/// The tokens before braces (`head`) and between them (`body`), as positions.
#[derive(Clone, Copy)]
pub(super) struct Braces {
    pub(super) head: (usize, usize),
    pub(super) body: (usize, usize),
}

impl Expr {
    /// Parses the tokens `from..to`.
    pub(super) fn read(tokens: &Tokens, from: usize, to: usize) -> Expr {
        let first = tokens.text(from);
        if from >= to {
            return Expr::Flat(String::new());
        }
        if matches!(first, "|" | "||" | "move") {
            return closure(tokens, from, to);
        }
        if tokens.kind(from) == Some(Kind::Operator) && matches!(first, "&" | "*" | "-" | "!" | "&&") {
            let start = if tokens.is(from + 1, "mut") { from + 2 } else { from + 1 };
            let prefix = flat::text(tokens, from, start);
            let blank = if start == from + 2 { " " } else { "" };
            return Expr::Prefix(prefix + blank, Box::new(Expr::read(tokens, start, to)));
        }
        if let Some(braces) = braces(tokens, from, to) {
            return Expr::Braces(braces);
        }
        chain(tokens, from, to)
    }

    /// Parses the items of a list between delimiters.
    pub(super) fn read_list(tokens: &Tokens, open: usize) -> Vec<Expr> {
        let Some(Kind::Open(close)) = tokens.kind(open) else { return Vec::new() };
        tokens.list(open + 1, close as usize).into_iter().map(|(from, to)| Expr::read(tokens, from, to)).collect()
    }

    /// Returns true if the expression is so simple that several of them may share a line.
    pub(super) fn is_simple(&self) -> bool {
        match self {
            Expr::Flat(text) => text.starts_with('"') || !text.contains([':', ' ', '{']),
            Expr::Prefix(_, value) | Expr::Try(value) => value.is_simple(),
            Expr::Chain(root, links) => root.is_simple() && links.iter().all(|link| link.arguments.is_none()),
            _ => false,
        }
    }

    /// Returns true if the expression may share its first and last line with the delimiters around
    /// it when it takes several lines, as the closure in `map(|item| {` does.
    pub(super) fn can_overflow(&self, siblings: usize) -> bool {
        match self {
            Expr::Closure(..) => true,
            Expr::Call(..) | Expr::Tuple(_) | Expr::Array(_) | Expr::Braces(_) => siblings == 1,
            Expr::Chain(_, links) if links.last().is_some_and(|link| link.arguments.is_some()) => siblings == 1,
            Expr::Prefix(_, value) | Expr::Try(value) => value.can_overflow(siblings),
            Expr::Flat(_) | Expr::Chain(..) => false,
        }
    }

    /// Returns true if the expression is a call, with or without `&` before it.
    pub(super) fn is_call(&self) -> bool {
        match self {
            Expr::Call(..) => true,
            Expr::Prefix(_, value) => value.is_call(),
            _ => false,
        }
    }
}

fn closure(tokens: &Tokens, from: usize, to: usize) -> Expr {
    let bar = if tokens.is(from, "move") { from + 1 } else { from };
    let end = if tokens.is(bar, "||") { bar } else { tokens.find(bar + 1, to, &["|"]).unwrap_or(bar) };
    let head = flat::text(tokens, from, end + 1);
    Expr::Closure(head, Box::new(Expr::read(tokens, end + 1, to)))
}

fn braces(tokens: &Tokens, from: usize, to: usize) -> Option<Braces> {
    let last = (from..to).scan(from, |at, _| {
        let here = *at;
        *at = tokens.next(here);
        (here < to).then_some(here)
    });
    let last = last.last()?;
    match tokens.kind(last) {
        Some(Kind::Open(close)) if tokens.is(last, "{") => {
            Some(Braces { head: (from, last), body: (last + 1, close as usize) })
        }
        _ => None,
    }
}

fn chain(tokens: &Tokens, from: usize, to: usize) -> Expr {
    let mut at = from;
    let mut root = match tokens.kind(at) {
        Some(Kind::Open(_)) => {
            let items = Expr::read_list(tokens, at);
            let is_array = tokens.is(at, "[");
            at = tokens.next(at);
            if is_array { Expr::Array(items) } else { Expr::Tuple(items) }
        }
        Some(Kind::Literal) => {
            at += 1;
            Expr::Flat(tokens.text(from).to_owned())
        }
        _ => {
            at = path_end(tokens, at, to);
            let macro_path = tokens.is(at, "!");
            if macro_path {
                at += 1;
            }
            let path = flat::text(tokens, from, at);
            match tokens.kind(at) {
                Some(Kind::Open(_)) if at < to && (macro_path || tokens.is(at, "(")) && !tokens.is(at, "{") => {
                    let items = Expr::read_list(tokens, at);
                    at = tokens.next(at);
                    Expr::Call(path, items)
                }
                _ => Expr::Flat(path),
            }
        }
    };
    let mut links = Vec::new();
    while at < to {
        if tokens.is(at, "?") {
            match links.last_mut() {
                Some(Link { tries, .. }) => tries.push('?'),
                None => root = Expr::Try(Box::new(root)),
            }
            at += 1;
        } else if tokens.is(at, ".") {
            let start = at;
            at += 2;
            if tokens.is(at, "::") {
                at = path_end(tokens, at + 1, to);
            }
            let name = flat::text(tokens, start, at);
            let arguments = (at < to && tokens.is(at, "(")).then(|| Expr::read_list(tokens, at));
            if arguments.is_some() {
                at = tokens.next(at);
            }
            links.push(Link { name, arguments, tries: String::new() });
        } else {
            // A binary operation, an index or a cast.
            return Expr::Flat(flat::text(tokens, from, to));
        }
    }
    if links.is_empty() { root } else { Expr::Chain(Box::new(root), links) }
}

/// The end of a path with its generics.
fn path_end(tokens: &Tokens, from: usize, to: usize) -> usize {
    let mut at = from;
    let mut depth = 0_usize;
    while at < to {
        match tokens.text(at) {
            "<" => depth += 1,
            ">" if depth > 0 => depth -= 1,
            "::" => {}
            _ if depth > 0 => {}
            _ if matches!(tokens.kind(at), Some(Kind::Ident | Kind::Keyword))
                && (at == from || tokens.is(at - 1, "::")) => {}
            _ => break,
        }
        at = tokens.next(at);
    }
    at.max(from + 1)
}

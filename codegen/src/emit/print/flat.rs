//! Prints tokens on one line, with blanks between them where rustfmt has them.

use super::tokens::{Kind, Tokens};

/// The state after the tokens so far, which decides the blank before the next one.
struct State {
    /// An operand is expected, so an operator here is a prefix that binds to what follows.
    operand: bool,
    /// The previous operator was a prefix.
    prefix: bool,
    /// The position is between the bars of a closure.
    in_bars: bool,
}

/// Appends the tokens `from..to` on one line.
pub(super) fn write(tokens: &Tokens, from: usize, to: usize, out: &mut String) {
    let mut state = State { operand: true, prefix: true, in_bars: false };
    let mut before = None;
    // Tokens without a blank between them are next to each other in their own text, too.
    let mut start = from;
    for (at, text, kind) in tokens.range(from, to) {
        if before.is_some_and(|before| blank(before, (at, text, kind), &state)) {
            out.push_str(tokens.joined(start, at));
            out.push(' ');
            start = at;
        }
        state.step(text, kind);
        before = Some((text, kind));
    }
    out.push_str(tokens.joined(start, to));
}

/// The tokens `from..to` on one line.
pub(super) fn text(tokens: &Tokens, from: usize, to: usize) -> String {
    let mut out = String::with_capacity(tokens.length(from, to));
    write(tokens, from, to, &mut out);
    out
}

impl State {
    fn step(&mut self, text: &str, kind: Kind) {
        let before = self.operand;
        (self.operand, self.prefix) = match kind {
            Kind::Ident | Kind::Literal | Kind::Close => (false, false),
            Kind::Keyword | Kind::Lifetime => (true, false),
            Kind::Open(_) => (true, true),
            Kind::Operator => match text {
                "|" if self.in_bars => {
                    self.in_bars = false;
                    (true, false)
                }
                "|" if before => {
                    self.in_bars = true;
                    (true, true)
                }
                "&" | "*" | "-" | "!" | "&&" | "?" if before => (true, true),
                "#" | "$" => (true, true),
                "<" => (true, true),
                "::" | "." | ".." | "..=" => (true, true),
                ">" | "?" | "!" => (false, false),
                _ => (true, false),
            },
        };
    }
}

/// Returns true if a blank separates two neighbours, the second one at position `at`. `state` is
/// that after the first one.
fn blank((left, left_kind): (&str, Kind), (at, right, right_kind): (usize, &str, Kind), state: &State) -> bool {
    match (left_kind, right_kind) {
        (Kind::Open(close), _) => left == "{" && close as usize != at,
        (_, Kind::Close) => right == "}",
        (Kind::Operator, _) => {
            if state.prefix {
                return false;
            }
            match (left, right) {
                ("," | ";" | "=" | ":" | "->" | "=>", _) => true,
                (">", "(" | "[" | "::" | ">" | "," | ";" | "." | "?" | ":" | "<") => false,
                ("?", _) => !matches!(right, "." | "?" | "," | ";" | "(" | "["),
                ("!", _) => right == "{",
                (_, "," | ";") => false,
                _ => true,
            }
        }
        (_, Kind::Operator) => match right {
            "," | ";" | ":" | "?" | "." | ".." | "..=" => false,
            "::" => left_kind == Kind::Keyword,
            "<" => left_kind == Kind::Keyword && !matches!(left, "impl" | "for"),
            ">" => false,
            "!" => state.operand,
            "|" if state.in_bars => false,
            _ => true,
        },
        (Kind::Keyword, Kind::Open(_)) => right == "{" || !matches!(left, "await" | "use"),
        (Kind::Ident | Kind::Close | Kind::Literal, Kind::Open(_)) => right == "{",
        _ => true,
    }
}

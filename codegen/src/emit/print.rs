//! Prints tokens in rustfmt's layout (`max_width` 100, style edition 2024).
//!
//! `#[doc = "…"]` becomes `///` or `//!`. Each line of its text is a block of Markdown, which is
//! filled into as many lines as it needs. Blank lines are put between items. Only the Rust that
//! templates generate is known: items, statements, calls, method chains, lists and `match`. All
//! other expressions stay on one line. rustfmt leaves a statement as it is if no layout fits its
//! width, so such lines are printed too long; so is everything under `#[rustfmt::skip]`.

mod attributes;
mod block;
mod declarations;
mod docs;
mod expr;
mod flat;
mod items;
mod layout;
mod literal;
mod room;
#[cfg(test)]
mod tests;
mod tokens;
mod uses;

use proc_macro2::TokenStream;

pub(crate) use self::docs::{opening_mark, words};
pub(crate) use self::tokens::Tokens;

/// rustfmt's `max_width`.
const MAX_WIDTH: usize = 100;
/// rustfmt's `tab_spaces`.
const TAB: usize = 4;
/// In a module that exports a type with a longer name, rustfmt breaks lines in places that the
/// printer does not know.
const LONG_NAME: usize = 64;

/// Returns true if rustfmt has to be told to skip a module that exports a type with this name.
pub(crate) fn is_left_alone(name: &str) -> bool {
    name.chars().count() > LONG_NAME
}

/// Prints items at the level of a file. Inner attributes (`#![…]`) come first.
pub(crate) fn items(tokens: TokenStream) -> String {
    items_within(0, &Tokens::of(tokens))
}

/// Prints items that are nested in `modules` modules.
pub(crate) fn items_within(modules: usize, tokens: &Tokens) -> String {
    let mut printer = Printer::new(tokens);
    printer.out.reserve(2 * tokens.length(0, tokens.len()));
    printer.items(0, tokens.len(), modules * TAB);
    printer.out
}

/// Prints a module in braces around items that are already printed. `head` is everything before the
/// braces.
pub(crate) fn module(modules: usize, head: TokenStream, items: &str) -> String {
    let tokens = Tokens::of(head);
    let mut printer = Printer::new(&tokens);
    let start = printer.attributes(0, tokens.len(), modules * TAB);
    printer.indent(modules * TAB);
    flat::write(&tokens, start, tokens.len(), &mut printer.out);
    printer.out.push_str(" {\n");
    printer.out.push_str(items);
    printer.indent(modules * TAB);
    printer.out.push_str("}\n");
    printer.out
}

/// The tokens that are printed, and the text so far.
struct Printer<'a> {
    tokens: &'a Tokens,
    out: String,
    /// True if a line of code is longer than rustfmt allows.
    is_too_long: bool,
    /// True if lines may have any length, as under `#[rustfmt::skip]`.
    is_wide: bool,
}

impl<'a> Printer<'a> {
    fn new(tokens: &'a Tokens) -> Self {
        Printer { tokens, out: String::new(), is_too_long: false, is_wide: false }
    }

    /// Writes the indentation of a line.
    fn indent(&mut self, columns: usize) {
        const BLANKS: &str = "                                                                ";
        match BLANKS.get(..columns) {
            Some(blanks) => self.out.push_str(blanks),
            None => self.out.extend(std::iter::repeat_n(' ', columns)),
        }
    }

    /// The number of columns written on the current line.
    fn column(&self) -> usize {
        let line = memchr::memrchr(b'\n', self.out.as_bytes()).map_or(0, |at| at + 1);
        width(&self.out[line..])
    }

    /// Ends a line of code.
    fn end_line(&mut self, end: &str) {
        self.out.push_str(end);
        self.is_too_long |= self.column() > MAX_WIDTH;
        self.out.push('\n');
    }
}

/// The number of columns that a text takes.
fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

//! Tokens → text in rustfmt's layout (`max_width` 100, style edition 2024).
//!
//! `#[doc = "…"]` becomes `///` or `//!`, and its text fills lines: each attribute is one block of
//! markdown. Blank lines stand between items. What is known of Rust is what generated code is made
//! of: items, statements, calls, chains, lists, `match`; all other expressions stay on one line.
//! rustfmt leaves code alone that has no layout within its width, so such lines come out too long
//! and stay as they are; so does what is under `#[rustfmt::skip]`.

mod attributes;
mod block;
mod declarations;
mod docs;
mod expr;
mod flat;
mod items;
mod layout;
mod literal;
#[cfg(test)]
mod tests;
mod tokens;
mod uses;

use proc_macro2::TokenStream;

pub(crate) use self::docs::opening;
use self::tokens::Tokens;

/// rustfmt's `max_width`.
const MAX_WIDTH: usize = 100;
/// rustfmt's `tab_spaces`.
const TAB: usize = 4;

/// Items, as they stand in a file. Attributes of the file itself (`#![…]`) come first.
pub(crate) fn items(tokens: TokenStream) -> String {
    items_within(0, tokens)
}

/// Items, as they stand in `modules` modules.
pub(crate) fn items_within(modules: usize, tokens: TokenStream) -> String {
    let tokens = Tokens::of(tokens);
    let mut printer = Printer::new(&tokens);
    printer.items(0, tokens.len(), modules * TAB);
    printer.out
}

/// A module in braces around items that are printed already; `head` is all that stands before the
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

/// What has been written, and what of.
struct Printer<'a> {
    tokens: &'a Tokens,
    out: String,
    /// A line of code is longer than rustfmt allows.
    is_too_long: bool,
    /// Lines may have any length.
    is_wide: bool,
}

impl<'a> Printer<'a> {
    fn new(tokens: &'a Tokens) -> Self {
        Printer { tokens, out: String::new(), is_too_long: false, is_wide: false }
    }

    /// Begins a line.
    fn indent(&mut self, columns: usize) {
        const BLANKS: &str = "                                                                ";
        match BLANKS.get(..columns) {
            Some(blanks) => self.out.push_str(blanks),
            None => self.out.extend(std::iter::repeat_n(' ', columns)),
        }
    }

    /// The columns of the line that have been written.
    fn column(&self) -> usize {
        let line = self.out.rfind('\n').map_or(0, |at| at + 1);
        width(&self.out[line..])
    }

    /// Ends a line of code.
    fn end_line(&mut self, end: &str) {
        self.out.push_str(end);
        self.is_too_long |= self.column() > MAX_WIDTH;
        self.out.push('\n');
    }
}

/// The columns that a text takes.
fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

//! Text in rustfmt's layout, for the shapes that are emitted.
//!
//! Tokens for prettyplease would be the usual way. Parsing them costs more than all the rest of emitting (for 1,000 types of 14 properties
//! 540 of 840 ms on one core; for a method 0.2 ms), and prettyplease and rustfmt disagree about lines of 90 to 100 characters and about
//! chains, so that a user's `cargo fmt --check` would fail. An item with a line too long for the rules here carries `#[rustfmt::skip]`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::source::FileId;

/// rustfmt's `max_width`.
pub(crate) const WIDTH: usize = 100;
/// rustfmt's `chain_width`, `fn_call_width` and `array_width`.
pub(crate) const SHORT: usize = 60;

/// The text of a file, or of a part of one.
#[derive(Default)]
pub(crate) struct Text {
    text: String,
    /// The pages whose descriptions stand in it.
    described_on: BTreeSet<FileId>,
}

impl Text {
    pub(crate) fn into_string(self) -> String {
        self.text
    }

    /// The text, and the pages whose descriptions stand in it.
    pub(crate) fn into_parts(self) -> (String, BTreeSet<FileId>) {
        (self.text, self.described_on)
    }

    /// Notes that descriptions of these pages stand in it.
    pub(crate) fn describe(&mut self, pages: &BTreeSet<FileId>) {
        self.described_on.extend(pages);
    }

    /// Appends lines that are laid out already.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends one line; `level` counts indents of four blanks.
    pub(crate) fn line(&mut self, level: usize, line: &str) {
        self.indent(level);
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Begins a line.
    pub(crate) fn indent(&mut self, level: usize) {
        for _ in 0..level {
            self.text.push_str("    ");
        }
    }

    /// `head = value;`
    pub(crate) fn binding(&mut self, level: usize, head: &str, value: &str) {
        let indent = level * 4;
        if indent + width(head) + 3 + width(value) < WIDTH {
            self.indent(level);
            let _ = writeln!(self.text, "{head} = {value};");
        } else {
            if indent + width(head) + 2 > WIDTH || indent + 4 + width(value) + 1 > WIDTH {
                self.line(level, "#[rustfmt::skip]");
            }
            self.indent(level);
            let _ = writeln!(self.text, "{head} =");
            self.indent(level + 1);
            let _ = writeln!(self.text, "{value};");
        }
    }

    /// `impl Trait for Type {`
    pub(crate) fn impl_header(&mut self, generics: &str, what: &str, ty: &str) {
        if 4 + width(generics) + 1 + width(what) + 5 + width(ty) + 2 <= WIDTH {
            let _ = writeln!(self.text, "impl{generics} {what} for {ty} {{");
        } else {
            let _ = writeln!(self.text, "impl{generics} {what}\n    for {ty}\n{{");
        }
    }

    /// `pub fn name(&self, parameter: &str) -> Answer {`
    pub(crate) fn signature(&mut self, level: usize, name: &str, parameters: &[String], answer: &str) {
        let more: String = parameters.iter().map(|parameter| format!(", {parameter}")).collect();
        let line = format!("pub fn {name}(&self{more}) -> {answer} {{");
        if level * 4 + width(&line) <= WIDTH {
            self.line(level, &line);
            return;
        }
        self.line(level, &format!("pub fn {name}("));
        self.line(level + 1, "&self,");
        for parameter in parameters {
            self.line(level + 1, &format!("{parameter},"));
        }
        self.line(level, &format!(") -> {answer} {{"));
    }

    /// A value and the calls on it.
    pub(crate) fn chain(&mut self, level: usize, value: &str, calls: &[String]) {
        let line = format!("{value}{}", calls.concat());
        if level * 4 + width(&line) <= WIDTH && (calls.len() <= 1 || width(&line) <= SHORT) {
            self.line(level, &line);
            return;
        }
        self.line(level, value);
        for call in calls {
            self.line(level + 1, call);
        }
    }

    /// As many items in a line of `limit` columns as fit, each with a comma.
    pub(crate) fn fill(&mut self, level: usize, limit: usize, items: &[impl AsRef<str>]) {
        let mut column = 0;
        for item in items.iter().map(AsRef::as_ref) {
            if column == 0 || column + 1 + width(item) + 1 > limit {
                if column > 0 {
                    self.text.push('\n');
                }
                self.indent(level);
                column = level * 4;
            } else {
                self.text.push(' ');
                column += 1;
            }
            self.text.push_str(item);
            self.text.push(',');
            column += width(item) + 1;
        }
        self.text.push('\n');
    }

    /// An item, with `#[rustfmt::skip]` before it if one of its lines is too long.
    pub(crate) fn item(&mut self, level: usize, write: impl FnOnce(&mut Text)) {
        let mut item = Text::default();
        write(&mut item);
        if item.text.lines().any(|line| line.len() > WIDTH && width(line) > WIDTH) {
            self.line(level, "#[rustfmt::skip]");
        }
        self.text.push_str(&item.text);
        self.described_on.extend(item.described_on);
    }
}

/// A string literal. Everything that does not print is escaped.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// The columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

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
/// The widest item of an array that rustfmt fills line by line.
const SHORT_ITEM: usize = 10;

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

    /// `pub name: Type,`
    pub(crate) fn field(&mut self, level: usize, name: &str, ty: &str) {
        if level * 4 + 4 + width(name) + 2 + width(ty) < WIDTH {
            self.indent(level);
            let _ = writeln!(self.text, "pub {name}: {ty},");
        } else {
            if level * 4 + 4 + width(ty) + 1 > WIDTH {
                self.line(level, "#[rustfmt::skip]");
            }
            self.indent(level);
            let _ = writeln!(self.text, "pub {name}:");
            self.indent(level + 1);
            let _ = writeln!(self.text, "{ty},");
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

    /// `head<generic, …> = value;`
    pub(crate) fn generic_binding(&mut self, level: usize, head: &str, generics: &[String], value: &str) {
        let whole = format!("{head}<{}>", generics.join(", "));
        let indent = level * 4;
        if indent + width(&whole) + 2 <= WIDTH
            || indent + width(head) + 1 > WIDTH
            || indent + 4 + width(value) + 1 > WIDTH
        {
            self.binding(level, &whole, value);
            return;
        }
        self.indent(level);
        let _ = writeln!(self.text, "{head}<");
        for generic in generics {
            self.indent(level + 1);
            let _ = writeln!(self.text, "{generic},");
        }
        self.indent(level);
        let _ = writeln!(self.text, "> = {value};");
    }

    /// `static INFO: Type = Type::new(first, second);`
    pub(crate) fn call_binding(&mut self, level: usize, head: &str, call: &str, arguments: [&str; 2]) {
        let inner = width(arguments[0]) + 2 + width(arguments[1]);
        let value = format!("{call}({}, {})", arguments[0], arguments[1]);
        if inner <= SHORT && (level + 1) * 4 + width(&value) < WIDTH {
            self.binding(level, head, &value);
            return;
        }
        self.indent(level);
        let _ = writeln!(self.text, "{head} = {call}(");
        for argument in arguments {
            self.indent(level + 1);
            let _ = writeln!(self.text, "{argument},");
        }
        self.line(level, ");");
    }

    /// `pattern => body,`
    pub(crate) fn arm(&mut self, level: usize, pattern: &str, body: &str) {
        self.indent(level);
        if level * 4 + width(pattern) + 4 + width(body) < WIDTH {
            let _ = writeln!(self.text, "{pattern} => {body},");
        } else {
            let _ = writeln!(self.text, "{pattern} => {{");
            self.line(level + 1, body);
            self.line(level, "}");
        }
    }

    /// `self.field.call()`, between a pattern or nothing and what ends it.
    pub(crate) fn field_call(&mut self, level: usize, head: &str, field: &str, call: &str, end: &str) {
        self.indent(level);
        if "self..".len() + width(field) + width(call) <= SHORT {
            let _ = writeln!(self.text, "{head}self.{field}.{call}{end}");
            return;
        }
        if head.is_empty() {
            // At the start of a statement, rustfmt keeps the field beside `self`.
            let _ = writeln!(self.text, "self.{field}");
        } else {
            let _ = writeln!(self.text, "{head}self");
            self.indent(level + 1);
            let _ = writeln!(self.text, ".{field}");
        }
        self.indent(level + 1);
        let _ = writeln!(self.text, ".{call}{end}");
    }

    /// `impl Trait for Type {`
    pub(crate) fn impl_header(&mut self, generics: &str, what: &str, ty: &str) {
        if 4 + width(generics) + 1 + width(what) + 5 + width(ty) + 2 <= WIDTH {
            let _ = writeln!(self.text, "impl{generics} {what} for {ty} {{");
        } else {
            let _ = writeln!(self.text, "impl{generics} {what}\n    for {ty}\n{{");
        }
    }

    /// `head = "first second …";` on as many lines as it takes.
    pub(crate) fn words_binding(&mut self, level: usize, head: &str, words: &[&str]) {
        let whole = literal(&words.join(" "));
        if level * 4 + width(head) + 3 + width(&whole) < WIDTH {
            self.binding(level, head, &whole);
            return;
        }
        self.line(level, &format!("{head} = \"\\"));
        let mut line = String::new();
        for word in words {
            let word = word.escape_debug().to_string();
            // A blank and the backslash, or the quote and the semicolon.
            if !line.is_empty() && (level + 1) * 4 + width(&line) + 1 + width(&word) + 2 > WIDTH {
                self.line(level + 1, &format!("{line} \\"));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        self.line(level + 1, &format!("{line}\";"));
    }

    /// `const NAMES: &[&str] = &["a", "b"];`
    pub(crate) fn names<'a>(&mut self, level: usize, names: impl Iterator<Item = &'a str>) {
        const HEAD: &str = "const NAMES: &[&str] = &[";
        let items: Vec<String> = names.map(literal).collect();
        let total: usize = items.iter().map(|item| width(item) + 2).sum();
        let one_line = total.saturating_sub(2);
        self.indent(level);
        if one_line <= SHORT || items.len() == 1 && level * 4 + HEAD.len() + one_line + 2 <= WIDTH {
            let _ = writeln!(self.text, "{HEAD}{}];", items.join(", "));
            return;
        }
        self.text.push_str(HEAD);
        self.text.push('\n');
        if items.iter().all(|item| width(item) <= SHORT_ITEM) {
            self.fill(level + 1, WIDTH, &items);
        } else {
            for item in &items {
                self.indent(level + 1);
                self.text.push_str(item);
                self.text.push_str(",\n");
            }
        }
        self.line(level, "];");
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

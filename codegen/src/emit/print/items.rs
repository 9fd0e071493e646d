//! Prints the items of a file, a module, an `impl` or a `trait`.

use super::layout::{Room, SHORT, inside};
use super::{MAX_WIDTH, Printer, TAB, flat, uses, width};

/// The kind of an item, as far as the blank lines around it depend on it.
#[derive(PartialEq, Eq)]
enum Neighbour {
    /// With the first segment of the path that is imported.
    Use(String),
    /// A module: `mod name;`, or with its content in braces.
    Module {
        name: String,
        in_file: bool,
    },
    /// `pub use self::name::…`, which follows the private module of that name.
    Export,
    Constant,
    Other,
}

impl Printer<'_> {
    /// The items `from..to`, with blank lines between them.
    pub(super) fn items(&mut self, from: usize, to: usize, indent: usize) {
        let mut at = self.inner_attributes(from, to, indent);
        let mut before = (at > from).then_some(Neighbour::Other);
        while at < to {
            let start = self.out.len();
            let first = at;
            at = self.attributes(at, to, indent);
            let neighbour = self.neighbour(at, before.as_ref());
            at = self.item(at, to, indent, first);
            if before.as_ref().is_some_and(|before| is_apart(before, &neighbour)) {
                self.out.insert(start, '\n');
            }
            before = Some(neighbour);
        }
    }

    fn neighbour(&self, at: usize, before: Option<&Neighbour>) -> Neighbour {
        let tokens = self.tokens;
        let is_public = tokens.is(at, "pub");
        let at = self.behind_visibility(at);
        match tokens.text(at) {
            "use" => match before {
                Some(Neighbour::Module { name, .. }) if tokens.is(at + 1, "self") && tokens.is(at + 3, name) => {
                    Neighbour::Export
                }
                _ if is_public => Neighbour::Other,
                _ => {
                    let root = if tokens.is(at + 1, "::") { at + 2 } else { at + 1 };
                    Neighbour::Use(tokens.text(root).to_owned())
                }
            },
            "mod" if !is_public => {
                Neighbour::Module { name: tokens.text(at + 1).to_owned(), in_file: tokens.is(at + 2, ";") }
            }
            "const" if !tokens.is(at + 1, "fn") => Neighbour::Constant,
            _ => Neighbour::Other,
        }
    }

    fn behind_visibility(&self, at: usize) -> usize {
        match self.tokens.is(at, "pub") {
            true if self.tokens.is(at + 1, "(") => self.tokens.next(at + 1),
            true => at + 1,
            false => at,
        }
    }

    /// Prints the item after its attributes, which begin at `attributes` and are already printed.
    /// Returns the position after the item.
    pub(super) fn item(&mut self, at: usize, to: usize, indent: usize, attributes: usize) -> usize {
        let was_wide = self.is_wide;
        self.is_wide |= self.is_skipped(attributes, at);
        let end = self.item_text(at, to, indent);
        self.is_wide = was_wide;
        end
    }

    fn item_text(&mut self, at: usize, to: usize, indent: usize) -> usize {
        let tokens = self.tokens;
        let word = self.behind_visibility(at);
        let is_const_fn = tokens.is(word, "const") && tokens.is(word + 1, "fn");
        match tokens.text(word) {
            "use" => uses::write(self, at, to, indent),
            "struct" => self.structure(at, word, to, indent),
            "enum" => self.enumeration(at, to, indent),
            "const" | "static" | "type" if !is_const_fn => self.binding(at, to, indent),
            "impl" | "trait" | "mod" | "unsafe" | "extern" => self.container(at, to, indent),
            "fn" | "const" | "async" => self.function(at, to, indent),
            _ => {
                let end = tokens.find(at, to, &[";"]).map_or(to, |end| end + 1);
                self.indent(indent);
                flat::write(tokens, at, end, &mut self.out);
                self.end_line("");
                end
            }
        }
    }

    /// `const NAME: Type = value;`, `type Name = Type;`
    fn binding(&mut self, at: usize, to: usize, indent: usize) -> usize {
        let tokens = self.tokens;
        let end = tokens.find(at, to, &[";"]).unwrap_or(to);
        self.indent(indent);
        let start = self.out.len();
        flat::write(tokens, at, end, &mut self.out);
        if self.is_wide && !tokens.is(end - 1, "]") || self.is_short_binding(start, at, end) {
            self.end_line(";");
            return end + 1;
        }
        self.out.truncate(start);
        let sign = tokens.find(at, end, &["="]).unwrap_or(end);
        let Some(colon) = tokens.find(at, sign, &[":"]) else {
            flat::write(tokens, at, (sign + 1).min(end), &mut self.out);
            let layout = self.layout();
            let text = layout.behind_sign(indent, self.column(), 1, |room| layout.ty(sign + 1, end, room));
            self.out.push_str(&text);
            self.end_line(";");
            return end + 1;
        };
        flat::write(tokens, at, colon + 1, &mut self.out);
        let taken = self.column().saturating_sub(indent) + 1;
        // The sign after the type needs two columns.
        let room = Room::line(indent).behind(taken).and_then(|room| room.before(2));
        let ty = room.and_then(|room| self.layout().ty(colon + 1, sign, room));
        self.out.push(' ');
        match ty {
            Some(text) => self.out.push_str(&text),
            None => {
                flat::write(tokens, colon + 1, sign, &mut self.out);
                self.is_too_long |= self.column() + 2 > MAX_WIDTH;
            }
        }
        if sign < end {
            self.out.push_str(" =");
            self.value(sign + 1, end, indent, ";");
        } else {
            self.end_line(";");
        }
        end + 1
    }

    /// Returns true if a binding, which is written on one line from `start` on, may stay on that
    /// line.
    fn is_short_binding(&self, start: usize, at: usize, end: usize) -> bool {
        let sign = self.tokens.find(at, end, &["="]).unwrap_or(end);
        let columns = self.column();
        let text = &self.out[start..];
        columns < MAX_WIDTH
            && !text.contains("\\\n")
            && !text.contains('{')
            && (end == sign + 2 || text.find(" = ").is_none_or(|sign| width(&text[sign + 3..]) <= SHORT))
    }

    /// `impl Trait for Type { items }`, `pub mod name { items }`, `mod name;`
    fn container(&mut self, at: usize, to: usize, indent: usize) -> usize {
        let tokens = self.tokens;
        let Some(open) = tokens.find(at, to, &["{", ";"]) else { return to };
        self.indent(indent);
        let start = self.out.len();
        flat::write(tokens, at, open, &mut self.out);
        if tokens.is(open, ";") {
            self.end_line(";");
            return open + 1;
        }
        let (from, last) = inside(tokens, open);
        // rustfmt does not count the indentation here.
        let too_wide = self.column() - indent + 2 > MAX_WIDTH && !self.is_wide;
        match tokens.find(at, open, &["for"]).filter(|_| too_wide) {
            Some(word) => {
                self.out.truncate(start);
                flat::write(tokens, at, word, &mut self.out);
                self.end_line("");
                self.indent(indent + TAB);
                flat::write(tokens, word, open, &mut self.out);
                self.end_line("");
                self.indent(indent);
                self.out.push('{');
            }
            None => self.out.push_str(" {"),
        }
        if from < last {
            self.out.push('\n');
            self.items(from, last, indent + TAB);
            self.indent(indent);
        }
        self.out.push_str("}\n");
        tokens.next(open)
    }

    /// `pub fn name(parameters) -> Type { statements }`
    fn function(&mut self, at: usize, to: usize, indent: usize) -> usize {
        let tokens = self.tokens;
        let Some(end) = tokens.find(at, to, &["{", ";"]) else { return to };
        let Some(name) = tokens.find(at, end, &["fn"]) else { return to };
        let Some(list) = (name..end).find(|at| tokens.is(*at, "(")) else { return to };
        let (from, last) = inside(tokens, list);
        let has_body = tokens.is(end, "{");
        let body = inside(tokens, end);
        let opening = match (has_body, body.0 == body.1) {
            (false, _) => ";",
            (true, true) => " {}",
            (true, false) => " {",
        };
        self.indent(indent);
        let start = self.out.len();
        flat::write(tokens, at, end, &mut self.out);
        if self.column() + opening.len() > MAX_WIDTH && !self.is_wide {
            self.out.truncate(start);
            self.long_signature(at, list, (from, last), end, indent, opening);
        } else {
            self.out.push_str(opening);
            self.out.push('\n');
        }
        if opening != " {" {
            return tokens.next(end);
        }
        self.statements(body.0, body.1, indent + TAB);
        self.indent(indent);
        self.out.push_str("}\n");
        tokens.next(end)
    }

    fn long_signature(
        &mut self,
        at: usize,
        list: usize,
        (from, last): (usize, usize),
        end: usize,
        indent: usize,
        opening: &str,
    ) {
        let tokens = self.tokens;
        flat::write(tokens, at, list, &mut self.out);
        self.out.push('(');
        let parameters = tokens.list(from, last);
        for (index, (from, to)) in parameters.iter().enumerate() {
            if index == 0 {
                self.out.push('\n');
            }
            self.indent(indent + TAB);
            flat::write(tokens, *from, *to, &mut self.out);
            self.end_line(",");
        }
        if !parameters.is_empty() {
            self.indent(indent);
        }
        self.out.push(')');
        let arrow = last + 1;
        if tokens.is(arrow, "->") {
            self.out.push_str(" -> ");
            let room = Room::line(indent).behind("-> ".len());
            match room.and_then(|room| self.layout().ty(arrow + 1, end, room)) {
                Some(text) => self.out.push_str(&text),
                None => flat::write(tokens, arrow + 1, end, &mut self.out),
            }
        }
        let is_type_in_lines = self.out.ends_with('>') && self.column() == indent + 1;
        // rustfmt counts the indentation twice here.
        let is_full = indent + self.column() + opening.len() > MAX_WIDTH;
        if is_full && opening == " {" && !is_type_in_lines {
            self.end_line("");
            self.indent(indent);
            self.out.push_str("{\n");
        } else {
            self.end_line(opening);
        }
    }
}

fn is_apart(before: &Neighbour, next: &Neighbour) -> bool {
    match (before, next) {
        (Neighbour::Use(one), Neighbour::Use(other)) => one != other,
        (Neighbour::Module { .. }, Neighbour::Export) => false,
        (Neighbour::Export | Neighbour::Module { in_file: true, .. }, Neighbour::Module { in_file, .. }) => !in_file,
        (Neighbour::Constant, Neighbour::Constant) => false,
        _ => true,
    }
}

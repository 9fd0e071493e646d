//! Types: structs with their fields, enums with their variants.

use super::expr::Expr;
use super::layout::{Delimited, Room, SHORT, inside};
use super::{Printer, TAB, flat};

impl Printer<'_> {
    /// `pub struct Name { fields }`, `pub struct Name(types);`
    pub(super) fn structure(&mut self, at: usize, word: usize, to: usize, indent: usize) -> usize {
        let tokens = self.tokens;
        let Some(open) = tokens.find(word, to, &["{", "(", ";"]) else { return to };
        self.indent(indent);
        if tokens.is(open, "{") {
            flat::write(tokens, at, open, &mut self.out);
            self.fields(open, indent);
            self.end_line("");
            return tokens.next(open);
        }
        let end = tokens.find(open, to, &[";"]).unwrap_or(to);
        self.tuple(at, open, indent, ";");
        end + 1
    }

    /// ` { fields }` of a struct or a variant.
    fn fields(&mut self, open: usize, indent: usize) {
        let (from, to) = inside(self.tokens, open);
        if from == to {
            self.out.push_str(" {}");
            return;
        }
        self.out.push_str(" {\n");
        for (from, to) in self.tokens.list(from, to) {
            let start = self.attributes(from, to, indent + TAB);
            self.field(start, to, indent + TAB, from);
        }
        self.indent(indent);
        self.out.push('}');
    }

    /// `pub name: Type,`
    fn field(&mut self, at: usize, to: usize, indent: usize, attributes: usize) {
        let tokens = self.tokens;
        let wide = self.is_wide || self.is_skipped(attributes, at);
        self.indent(indent);
        let colon = tokens.find(at, to, &[":"]).unwrap_or(at);
        flat::write(tokens, at, colon + 1, &mut self.out);
        let layout = self.layout();
        let text = layout.behind_sign(indent, self.column(), 1, |room| layout.ty(colon + 1, to, room));
        if wide {
            self.out.push(' ');
            flat::write(tokens, colon + 1, to, &mut self.out);
        } else {
            self.out.push_str(&text);
        }
        self.end_line(",");
    }

    /// Prints `Name(types)` and then `end`.
    fn tuple(&mut self, at: usize, open: usize, indent: usize, end: &str) {
        let tokens = self.tokens;
        let name = flat::text(tokens, at, open);
        let (from, to) = inside(tokens, open);
        let types = tokens.list(from, to).into_iter().map(|(from, to)| Expr::Flat(flat::text(tokens, from, to)));
        let types: Vec<Expr> = types.collect();
        let list = Delimited { head: &name, open: "(", close: ")", limit: SHORT };
        let layout = self.layout();
        let room = Room::line(indent);
        let text = room.before(end.len()).and_then(|room| layout.list(&types, &list, room));
        match text.or_else(|| layout.list(&types, &list, room.unlimited())) {
            Some(text) if !self.is_wide && tokens.is(open, "(") => self.out.push_str(&text),
            _ => flat::write(tokens, at, if tokens.is(open, ";") { open } else { tokens.next(open) }, &mut self.out),
        }
        self.end_line(end);
    }

    /// `pub enum Name { variants }`
    pub(super) fn enumeration(&mut self, at: usize, to: usize, indent: usize) -> usize {
        let tokens = self.tokens;
        let Some(open) = tokens.find(at, to, &["{"]) else { return to };
        self.indent(indent);
        flat::write(tokens, at, open, &mut self.out);
        let (from, last) = inside(tokens, open);
        self.out.push_str(if from == last { " {}\n" } else { " {\n" });
        for (from, to) in tokens.list(from, last) {
            let start = self.attributes(from, to, indent + TAB);
            self.indent(indent + TAB);
            if tokens.is(start + 1, "(") {
                self.tuple(start, start + 1, indent + TAB, ",");
            } else {
                flat::write(tokens, start, start + 1, &mut self.out);
                if tokens.is(start + 1, "{") {
                    self.fields(start + 1, indent + TAB);
                } else if start + 1 < to {
                    self.out.push(' ');
                    flat::write(tokens, start + 1, to, &mut self.out);
                }
                self.end_line(",");
            }
        }
        if from != last {
            self.indent(indent);
            self.out.push_str("}\n");
        }
        tokens.next(open)
    }
}

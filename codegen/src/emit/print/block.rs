//! Prints the content of functions: statements, `let` bindings, and the arms of a `match`.

use super::expr::Expr;
use super::layout::{Layout, Room, SHORT, inside, next_line_is_better};
use super::tokens::Kind;
use super::{MAX_WIDTH, Printer, TAB, flat, literal, width};

/// Keywords that begin an expression with a block, after which no semicolon is needed.
pub(super) fn is_control(word: &str) -> bool {
    matches!(word, "match" | "if" | "for" | "while" | "loop" | "unsafe" | "async" | "else")
}

/// Keywords that begin an item.
fn begins_item(word: &str) -> bool {
    matches!(word, "const" | "static" | "fn" | "use" | "struct" | "enum" | "impl" | "pub" | "type" | "mod")
}

impl Printer<'_> {
    /// Prints the statements `from..to`, each on lines of its own.
    pub(super) fn statements(&mut self, from: usize, to: usize, indent: usize) {
        let mut at = from;
        while at < to {
            let start = at;
            at = self.attributes(at, to, indent);
            let word = self.tokens.text(at);
            if begins_item(word) {
                at = self.item(at, to, indent, start);
                continue;
            }
            let end = self.statement_end(at, to);
            let has_semicolon = end < to && self.tokens.is(end, ";");
            self.statement(at, end, indent, if has_semicolon { ";" } else { "" });
            at = if has_semicolon { end + 1 } else { end };
        }
    }

    /// The end of the statement that begins here: its semicolon, or the beginning of the next one.
    fn statement_end(&self, from: usize, to: usize) -> usize {
        let control = is_control(self.tokens.text(from)) || self.tokens.is(from, "{");
        let mut at = from;
        while at < to {
            if self.tokens.is(at, ";") {
                return at;
            }
            let block = control && self.tokens.is(at, "{");
            at = self.tokens.next(at);
            if block && at < to && !matches!(self.tokens.text(at), "else" | "." | "?" | ";") {
                return at;
            }
        }
        to
    }

    fn statement(&mut self, from: usize, to: usize, indent: usize, end: &str) {
        self.indent(indent);
        if self.short(from, to, indent, end) {
            return;
        }
        if self.tokens.is(from, "let")
            && let Some(sign) = self.tokens.find(from, to, &["="])
        {
            flat::write(self.tokens, from, sign + 1, &mut self.out);
            self.value(sign + 1, to, indent, end);
            return;
        }
        let expr = Expr::read(self.tokens, from, to);
        let text = self.layout().line(&expr, indent, end.len());
        self.out.push_str(&text);
        self.end_line(end);
    }

    /// Prints `value;` after a sign such as `=` that is already printed.
    pub(super) fn value(&mut self, from: usize, to: usize, indent: usize, end: &str) {
        if to == from + 1
            && self.tokens.kind(from) == Some(Kind::Literal)
            && let Some(words) = literal::string(self.tokens.text(from))
        {
            return self.words(&words, indent, end);
        }
        if self.is_wide && self.tokens.is(from, "&") && self.tokens.is(from + 1, "[") {
            return self.wide_list(from + 1, indent, end);
        }
        let expr = Expr::read(self.tokens, from, to);
        let layout = self.layout();
        let text = layout.behind_sign(indent, self.column(), end.len(), |room| layout.expr(&expr, room));
        self.out.push_str(&text);
        self.end_line(end);
    }

    /// Prints `&[items]` with each item on one line, however long it is.
    fn wide_list(&mut self, open: usize, indent: usize, end: &str) {
        self.out.push_str(" &[\n");
        let (from, to) = inside(self.tokens, open);
        for (from, to) in self.tokens.list(from, to) {
            self.indent(indent + TAB);
            flat::write(self.tokens, from, to, &mut self.out);
            self.out.push_str(",\n");
        }
        self.indent(indent);
        self.out.push(']');
        self.end_line(end);
    }

    /// Prints a string literal. If it is too long for the line, it is broken at its blanks.
    fn words(&mut self, value: &str, indent: usize, end: &str) {
        let whole = literal::quoted(value);
        if self.column() + 1 + width(&whole) + end.len() <= MAX_WIDTH || self.is_wide {
            self.out.push(' ');
            self.out.push_str(&whole);
            return self.end_line(end);
        }
        let words: Vec<&str> = value.split(' ').collect();
        if words.len() == 1 || words.iter().any(|word| word.is_empty() || word.contains(char::is_whitespace)) {
            // If the literal fits on neither line, it stays on this one.
            match indent + TAB + width(&whole) + end.len() <= MAX_WIDTH {
                true => self.line_below(indent),
                false => self.out.push(' '),
            }
            self.out.push_str(&whole);
            return self.end_line(end);
        }
        self.out.push_str(" \"\\\n");
        self.indent(indent + TAB);
        let mut is_first = true;
        for word in words {
            let quoted = literal::quoted(word);
            let word = &quoted[1..quoted.len() - 1];
            // Two columns stay free: for a blank and the backslash, or for the quote and the
            // semicolon.
            if !is_first && self.column() + 1 + width(word) + 2 > MAX_WIDTH {
                self.out.push_str(" \\\n");
                self.indent(indent + TAB);
                is_first = true;
            }
            if !is_first {
                self.out.push(' ');
            }
            self.out.push_str(word);
            is_first = false;
        }
        self.out.push('"');
        self.end_line(end);
    }

    fn line_below(&mut self, indent: usize) {
        self.out.push('\n');
        self.indent(indent + TAB);
    }

    /// Prints the tokens on one line if they are too short for rustfmt to break. Returns false
    /// otherwise.
    fn short(&mut self, from: usize, to: usize, indent: usize, end: &str) -> bool {
        let start = self.out.len();
        if self.tokens.range(from, to).any(|(_, text, kind)| text == "{" && matches!(kind, Kind::Open(_))) {
            return false;
        }
        flat::write(self.tokens, from, to, &mut self.out);
        let columns = width(&self.out[start..]);
        if self.is_wide || columns <= SHORT && indent + columns + end.len() <= MAX_WIDTH {
            self.end_line(end);
            return true;
        }
        self.out.truncate(start);
        false
    }

    /// The arms of a `match`.
    pub(super) fn arms(&mut self, from: usize, to: usize, indent: usize) {
        let mut at = from;
        while at < to {
            let Some(arrow) = self.tokens.find(at, to, &["=>"]) else { return };
            let body = arrow + 1;
            let is_block = self.tokens.is(body, "{");
            let end = match is_block {
                true => self.tokens.next(body),
                false => self.tokens.find(body, to, &[","]).unwrap_or(to),
            };
            self.arm(at, arrow, body, end, indent);
            at = if self.tokens.is(end, ",") { end + 1 } else { end };
        }
    }

    fn arm(&mut self, from: usize, arrow: usize, body: usize, end: usize, indent: usize) {
        self.indent(indent);
        if self.short(from, end, indent, ",") {
            return;
        }
        flat::write(self.tokens, from, arrow, &mut self.out);
        self.out.push_str(" =>");
        let (inner_from, inner_to) = if self.tokens.is(body, "{") { inside(self.tokens, body) } else { (body, end) };
        let is_block = inner_from != body && self.statement_end(inner_from, inner_to) != inner_to;
        if is_block {
            self.out.push_str(" {\n");
            self.statements(inner_from, inner_to, indent + TAB);
            self.indent(indent);
            self.out.push_str("}\n");
            return;
        }
        let expr = Expr::read(self.tokens, inner_from, inner_to);
        let taken = self.column().saturating_sub(indent) + 1;
        let here = Room::line(indent)
            .before(1)
            .and_then(|room| room.behind(taken))
            .and_then(|room| self.layout().expr(&expr, room));
        if let Some(text) = &here
            && (!text.contains('\n') || matches!(expr, Expr::Braces(_)))
        {
            self.out.push(' ');
            self.out.push_str(text);
            return self.end_line(",");
        }
        let below = self.layout().expr(&expr, Room::line(indent + TAB));
        // If the beginning of a call, with its comma, is too long after the arrow, it may still fit
        // on the line below, because rustfmt does not count the parenthesis there.
        let end_of = |text: &str, column: usize| column + text.split('\n').next().map_or(0, width);
        let column = self.column() + 1;
        let here = here.filter(|here| {
            below.as_ref().is_none_or(|below| {
                !next_line_is_better(here, below)
                    && (end_of(here, column) < MAX_WIDTH || end_of(below, indent + TAB) > MAX_WIDTH + 1)
            })
        });
        if let Some(here) = here {
            self.out.push(' ');
            self.out.push_str(&here);
            return self.end_line(",");
        }
        self.out.push_str(" {\n");
        self.indent(indent + TAB);
        let below = below.unwrap_or_else(|| self.layout().line(&expr, indent + TAB, 0));
        self.out.push_str(&below);
        self.end_line("");
        self.indent(indent);
        self.out.push_str("}\n");
    }

    /// Prints `name: value,` of a struct literal.
    pub(super) fn field_value(&mut self, from: usize, to: usize, indent: usize) {
        self.indent(indent);
        let is_rest = self.tokens.is(from, "..");
        let end = if is_rest { "" } else { "," };
        if self.short(from, to, indent, end) {
            return;
        }
        match self.tokens.find(from, to, &[":"]) {
            Some(colon) if !is_rest => {
                flat::write(self.tokens, from, colon + 1, &mut self.out);
                self.value(colon + 1, to, indent, end);
            }
            _ => {
                flat::write(self.tokens, from, to, &mut self.out);
                self.end_line(end);
            }
        }
    }

    pub(super) fn layout(&self) -> Layout<'_> {
        Layout { tokens: self.tokens }
    }
}

//! Breaks expressions and types into as many lines as rustfmt does.
//!
//! Like rustfmt's, every function here takes the room that is left and returns `None` if the code
//! does not fit; the caller then tries the next layout. If no layout fits, the caller asks again
//! without limits and the lines come out too long, because rustfmt leaves such code as it is.

pub(super) use super::room::Room;

use super::expr::{Braces, Expr, Link};
use super::tokens::{Kind, Tokens};
use super::{MAX_WIDTH, Printer, TAB, flat, width};

/// rustfmt's `chain_width`, `fn_call_width` and `array_width`.
pub(super) const SHORT: usize = 60;
/// The widest item of a list that is filled into lines (`short_array_element_width_threshold`).
pub(super) const SHORT_ITEM: usize = 10;
/// rustfmt's `struct_lit_width`.
const SHORT_STRUCT: usize = 18;

/// The layout of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tactic {
    /// All items on one line; only the last may go on below.
    Horizontal,
    /// One item on each line.
    Vertical,
    /// As many items on each line as fit.
    Filled,
}

/// The delimiters of a list, and the text before them.
pub(super) struct Delimited<'a> {
    pub(super) head: &'a str,
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// The greatest width of a list that stays on one line.
    pub(super) limit: usize,
}

/// Lays out expressions of a sequence of tokens.
#[derive(Clone, Copy)]
pub(super) struct Layout<'a> {
    pub(super) tokens: &'a Tokens,
}

impl Layout<'_> {
    /// Lays out an expression.
    pub(super) fn expr(self, expr: &Expr, room: Room) -> Option<String> {
        self.expr_with(expr, room, false)
    }

    fn expr_with(self, expr: &Expr, room: Room, one_line_chain: bool) -> Option<String> {
        match expr {
            Expr::Flat(text) => fits(text.clone(), room),
            Expr::Prefix(prefix, value) => {
                let value = self.expr_with(value, room.behind(width(prefix))?, one_line_chain)?;
                Some([prefix, &*value].concat())
            }
            Expr::Try(value) => {
                let value = self.expr_with(value, room.before(1)?, one_line_chain)?;
                Some(format!("{value}?"))
            }
            Expr::Call(head, items) => {
                let (open, close, limit) = match head.strip_suffix("vec!") {
                    Some(_) => ("[", "]", SHORT),
                    None => ("(", ")", SHORT),
                };
                self.list(items, &Delimited { head, open, close, limit }, room)
            }
            Expr::Array(items) => self.list(items, &Delimited { head: "", open: "[", close: "]", limit: SHORT }, room),
            Expr::Tuple(items) => self.list(items, &Delimited { head: "", open: "(", close: ")", limit: SHORT }, room),
            Expr::Chain(root, links) => self.chain(root, links, room, one_line_chain),
            Expr::Closure(head, body) => self.closure(head, body, room),
            Expr::Braces(braces) => self.braces(*braces, room),
        }
    }

    /// `head(items)`
    pub(super) fn list(self, items: &[Expr], list: &Delimited<'_>, room: Room) -> Option<String> {
        let taken = width(list.head);
        if items.is_empty() {
            return fits([list.head, list.open, list.close].concat(), room);
        }
        let one_line_width = room.width.saturating_sub(taken + 2);
        let one_line = room.behind(taken + 1).and_then(|room| room.before(1)).unwrap_or(Room { width: 0, ..room });
        let nested = room.nested().before(1)?;
        let mut texts: Vec<String> =
            items[..items.len() - 1].iter().map(|item| self.expr(item, nested)).collect::<Option<_>>()?;
        let last = &items[items.len() - 1];
        let is_only = items.len() == 1;
        let combined = is_only && taken < TAB;
        let overflown = match combined || last.can_overflow(items.len()) {
            true => self.overflown(last, &texts, list.limit, one_line, !combined),
            false => None,
        };
        let horizontal = |texts: &[String], last: &str| {
            let first_line = last.split('\n').next().unwrap_or_default();
            let total: usize = texts.iter().map(|text| width(text) + 2).sum::<usize>() + width(first_line);
            total <= list.limit.min(one_line_width) && texts.iter().all(|text| !text.contains('\n'))
        };
        let mut tactic = Tactic::Vertical;
        match overflown {
            Some(overflown) if horizontal(&texts, &overflown) => {
                tactic = Tactic::Horizontal;
                let below = match is_only && overflown.matches('\n').count() == 1 {
                    true => self.expr(last, nested).filter(|text| !text.contains('\n')),
                    false => None,
                };
                texts.push(below.unwrap_or(overflown));
            }
            _ => {
                let last = self.expr(last, nested)?;
                let is_one_line = !last.contains('\n');
                if is_one_line
                    && (is_only && one_line_width != 0 && width(&last) <= one_line_width || horizontal(&texts, &last))
                {
                    tactic = Tactic::Horizontal;
                }
                texts.push(last);
                if tactic == Tactic::Vertical
                    && items.iter().all(Expr::is_simple)
                    && texts.iter().all(|text| width(text) <= SHORT_ITEM)
                {
                    tactic = Tactic::Filled;
                }
            }
        }
        Some(join(&texts, tactic, list, room))
    }

    /// Lays out the last item of a list so that it begins on the line of the items before it.
    fn overflown(
        self,
        last: &Expr,
        before: &[String],
        limit: usize,
        room: Room,
        one_line_chain: bool,
    ) -> Option<String> {
        let room = match before.is_empty() && !last.is_call() {
            true => room,
            false => {
                let taken = before.iter().map(|text| width(text) + 2).sum();
                Room { width: room.width.min(limit), ..room }.behind(taken)?
            }
        };
        self.expr_with(last, room, one_line_chain)
    }

    /// `root.field.method(arguments)`
    fn chain(self, root: &Expr, mut links: &[Link], room: Room, one_line_only: bool) -> Option<String> {
        let count = links.len();
        let mut texts = vec![self.expr(root, room)?];
        let tab = TAB.saturating_sub(room.offset);
        while let Some((link, rest)) = links.split_first()
            && width(&texts[0]) <= tab
            && !texts[0].contains('\n')
        {
            let Some(text) = self.link(link, room.behind(width(&texts[0]))?) else { break };
            texts[0].push_str(&text);
            links = rest;
        }
        let Some((last, middle)) = links.split_last() else { return fits(texts.remove(0), room) };
        // If the root ends in a delimiter on a line of its own, the calls are aligned with that
        // delimiter.
        let below = match texts[0].contains('\n') && texts[0].ends_with([']', ')', '}']) {
            true => Room { unlimited: room.unlimited, ..Room::line(room.indent) },
            false => room.nested(),
        };
        for link in middle {
            texts.push(self.link(link, below)?);
        }
        let taken = texts.iter().map(|text| width(text)).sum::<usize>() + width(&last.tries);
        let budget = if count == 1 { room.width } else { room.width.min(SHORT) }.saturating_sub(taken);
        let may_be_one_line = texts.iter().all(|text| !text.contains('\n')) && budget > 0;
        let own_line = below.before(room.reserved())?;
        let mut one_line = false;
        let mut text = None;
        if may_be_one_line
            && let Some(behind) = room.behind(taken)
            && let Some(overflown) = self.link(last, behind)
        {
            let lines = overflown.lines().count();
            let first = overflown.split('\n').next().unwrap_or_default();
            let could_fit = width(first) <= budget;
            if could_fit && lines >= 5 {
                one_line = true;
                text = Some(overflown);
            } else {
                match self.link(last, own_line) {
                    Some(alone) if !could_fit || alone.lines().count() < lines => text = Some(alone),
                    _ => {
                        one_line = could_fit;
                        text = Some(overflown);
                    }
                }
            }
        }
        texts.push(match text {
            Some(text) => text,
            None => self.link(last, own_line)?,
        });
        if one_line {
            return Some(texts.concat());
        }
        if one_line_only {
            return None;
        }
        let line = format!("\n{}", " ".repeat(below.indent));
        Some(texts.join(&line))
    }

    fn link(self, link: &Link, room: Room) -> Option<String> {
        let mut text = match &link.arguments {
            None => fits(link.name.clone(), room)?,
            Some(arguments) => self.list(
                arguments,
                &Delimited { head: &link.name, open: "(", close: ")", limit: SHORT },
                room.before(width(&link.tries))?,
            )?,
        };
        text.push_str(&link.tries);
        Some(text)
    }

    /// Lays out `|parameters| body`. A body of several lines gets braces if it does not end in a
    /// delimiter.
    fn closure(self, head: &str, body: &Expr, room: Room) -> Option<String> {
        let behind = room.behind(width(head) + 1)?;
        let on_line = self.expr(body, behind);
        match on_line {
            Some(body_text) if !body_text.contains('\n') || matches!(body, Expr::Braces(_)) => {
                Some(format!("{head} {body_text}"))
            }
            on_line => {
                let indent = room.indent + TAB;
                let below = self.expr(body, room.nested());
                match (on_line, below) {
                    (_, Some(below)) => {
                        Some(format!("{head} {{\n{}{below}\n{}}}", " ".repeat(indent), " ".repeat(room.indent)))
                    }
                    (on_line, None) => Some(format!("{head} {}", on_line?)),
                }
            }
        }
    }

    /// Lays out an expression that ends in braces: a struct literal, a `match`, a block.
    fn braces(self, braces: Braces, room: Room) -> Option<String> {
        let Braces { head, body } = braces;
        let is_struct = head.0 < head.1 && !super::block::is_control(self.tokens.text(head.0));
        if is_struct {
            let text = flat::text(self.tokens, head.0, body.1 + 1);
            if body.0 == body.1 || width(&flat::text(self.tokens, body.0, body.1)) <= SHORT_STRUCT {
                return fits(text, room);
            }
        }
        let mut printer = Printer::new(self.tokens);
        flat::write(self.tokens, head.0, head.1, &mut printer.out);
        if head.0 < head.1 {
            printer.out.push(' ');
        }
        if width(&printer.out) + 1 > room.width && !room.unlimited {
            return None;
        }
        printer.out.push_str("{\n");
        if is_struct {
            for (from, to) in self.tokens.list(body.0, body.1) {
                printer.field_value(from, to, room.indent + TAB);
            }
        } else if self.tokens.is(head.0, "match") {
            printer.arms(body.0, body.1, room.indent + TAB);
        } else {
            printer.statements(body.0, body.1, room.indent + TAB);
        }
        printer.indent(room.indent);
        printer.out.push('}');
        (room.unlimited || !printer.is_too_long).then_some(printer.out)
    }

    /// Lays out an expression that begins a line; `end` columns stay free after it.
    pub(super) fn line(self, expr: &Expr, indent: usize, end: usize) -> String {
        let room = Room::line(indent);
        let text = room.before(end).and_then(|room| self.expr(expr, room));
        text.or_else(|| self.expr(expr, room.unlimited())).unwrap_or_default()
    }

    /// Lays out a type. Its generics stand below each other if they do not fit on the line.
    pub(super) fn ty(self, from: usize, to: usize, room: Room) -> Option<String> {
        let text = flat::text(self.tokens, from, to);
        if width(&text) <= room.width {
            return Some(text);
        }
        let open = (from..to).find(|at| self.tokens.is(*at, "<")).filter(|_| self.tokens.is(to - 1, ">"));
        let Some(open) = open else { return fits(text, room) };
        let head = flat::text(self.tokens, from, open);
        if width(&head) + 1 > room.width && !room.unlimited {
            return None;
        }
        let nested = room.nested().before(1)?;
        let list = Delimited { head: &head, open: "<", close: ">", limit: MAX_WIDTH };
        let parts = self.tokens.list(open + 1, to - 1);
        let texts: Vec<String> =
            parts.into_iter().map(|(from, to)| self.ty(from, to, nested)).collect::<Option<_>>()?;
        Some(join(&texts, Tactic::Vertical, &list, room))
    }
}

/// Returns the text if it fits into the room.
fn fits(text: String, room: Room) -> Option<String> {
    (room.unlimited || width(&text) <= room.width).then_some(text)
}

fn join(texts: &[String], tactic: Tactic, list: &Delimited<'_>, room: Room) -> String {
    let Delimited { head, open, close, .. } = *list;
    let indent = || " ".repeat(room.indent + TAB);
    if tactic == Tactic::Horizontal {
        let items = texts.join(", ");
        let first_line = items.split('\n').next().unwrap_or_default();
        return match room.unlimited || width(head) + width(first_line) < room.width {
            true => [head, open, &*items, close].concat(),
            false => [head, open, "\n", &*indent(), &*items, "\n", &indent()[TAB..], close].concat(),
        };
    }
    let indent = indent();
    let mut out = [head, open].concat();
    let mut column = MAX_WIDTH;
    for text in texts {
        if tactic == Tactic::Filled && column + 1 + width(text) < MAX_WIDTH {
            out.push(' ');
            column += width(text) + 2;
        } else {
            out.push('\n');
            out.push_str(&indent);
            column = indent.len() + width(text) + 1;
        }
        out.push_str(text);
        out.push(',');
    }
    out.push('\n');
    out.push_str(&" ".repeat(room.indent));
    out.push_str(close);
    out
}

/// The layout of a value after a sign such as `=`: on the same line if that gives a good layout,
/// otherwise below.
impl Layout<'_> {
    /// The sign ends in the column `column` of a line that begins at `indent`, and `end` columns
    /// must stay free after the value. The text returned begins with a blank or a line break.
    pub(super) fn behind_sign(
        self,
        indent: usize,
        column: usize,
        end: usize,
        write: impl Fn(Room) -> Option<String>,
    ) -> String {
        let room = |indent, unlimited| Room { unlimited, ..Room::line(indent) };
        let attempt = |unlimited| {
            let same = room(indent, unlimited).before(end).and_then(|room| room.behind(column + 1 - indent));
            let below = room(indent + TAB, unlimited).before(end);
            Self::same_line_or_next(same, below, &write)
        };
        attempt(false).or_else(|| attempt(true)).unwrap_or_default()
    }

    fn same_line_or_next(
        same: Option<Room>,
        below: Option<Room>,
        write: impl Fn(Room) -> Option<String>,
    ) -> Option<String> {
        let here = same.and_then(&write);
        if let Some(text) = &here
            && !text.contains('\n')
            && same.is_some_and(|room| width(text) <= room.width)
        {
            return Some([" ", text].concat());
        }
        let next = below.and_then(|room| Some((room.indent, write(room)?)));
        match (here, next) {
            (Some(here), Some((indent, next))) if next_line_is_better(&here, &next) => {
                Some(format!("\n{}{next}", " ".repeat(indent)))
            }
            (Some(here), _) => Some([" ", &*here].concat()),
            (None, Some((indent, next))) => Some(format!("\n{}{next}", " ".repeat(indent))),
            (None, None) => None,
        }
    }
}

pub(super) fn next_line_is_better(here: &str, next: &str) -> bool {
    let first_ends_with = |text: &str, end: char| text.split('\n').next().is_some_and(|line| line.ends_with(end));
    !next.contains('\n')
        || here.matches('\n').count() > next.matches('\n').count() + 1
        || ['(', '{', '['].iter().any(|end| first_ends_with(here, *end) && !first_ends_with(next, *end))
}

/// The range of tokens within a group, without its delimiters.
pub(super) fn inside(tokens: &Tokens, open: usize) -> (usize, usize) {
    match tokens.kind(open) {
        Some(Kind::Open(close)) => (open + 1, close as usize),
        _ => (open, open),
    }
}

//! Prints `use` items with their lists in the order and layout of rustfmt's style edition 2024.

use std::cmp::Ordering;

use super::layout::inside;
use super::{MAX_WIDTH, Printer, TAB, flat, width};

use crate::ordered;

/// Prints `pub use path::{names};` and returns the position after it.
pub(super) fn write(printer: &mut Printer<'_>, at: usize, to: usize, indent: usize) -> usize {
    let tokens = printer.tokens;
    let end = tokens.find(at, to, &[";"]).unwrap_or(to);
    printer.indent(indent);
    let Some(open) = tokens.find(at, end, &["{"]) else {
        // rustfmt does not break a path.
        flat::write(tokens, at, end, &mut printer.out);
        printer.out.push_str(";\n");
        return end + 1;
    };
    let (from, last) = inside(tokens, open);
    let mut names: Vec<String> =
        tokens.list(from, last).into_iter().map(|(from, to)| flat::text(tokens, from, to)).collect();
    ordered::sort_by(&mut names, |one, other| order(one, other));
    flat::write(tokens, at, open, &mut printer.out);
    if let [only] = names.as_slice()
        && only != "self"
    {
        printer.out.push_str(only);
        printer.out.push_str(";\n");
        return end + 1;
    }
    let list = names.join(", ");
    // rustfmt keeps two columns of a list free.
    if printer.column() + width(&list) + "{};".len() <= MAX_WIDTH - 2 || printer.is_wide {
        printer.out.push('{');
        printer.out.push_str(&list);
        printer.out.push('}');
    } else {
        printer.out.push('{');
        fill(printer, &names, indent);
        printer.out.push('\n');
        printer.indent(indent);
        printer.out.push('}');
    }
    printer.end_line(";");
    end + 1
}

/// Prints as many names on each line as fit. In a list of several lines rustfmt keeps one column
/// free.
fn fill(printer: &mut Printer<'_>, names: &[String], indent: usize) {
    let whole = indent + TAB + names.iter().map(|name| width(name) + 2).sum::<usize>() - 2;
    let limit = if whole < MAX_WIDTH { MAX_WIDTH } else { MAX_WIDTH - 1 };
    let mut is_first = true;
    for name in names {
        if is_first || printer.column() + 1 + width(name) + 1 > limit {
            printer.out.push('\n');
            printer.indent(indent + TAB);
        } else {
            printer.out.push(' ');
        }
        printer.out.push_str(name);
        printer.out.push(',');
        is_first = false;
    }
}

/// Compares two names as rustfmt does: `self` first, and digits by the number that they make.
fn order(one: &str, other: &str) -> Ordering {
    let class = |name: &str| match name.split(' ').next() {
        Some("self") => 0,
        Some("super") => 1,
        Some("crate") => 2,
        _ => 3,
    };
    class(one).cmp(&class(other)).then_with(|| version_order(one, other))
}

fn version_order(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        match (digits(one), digits(other)) {
            (0, _) | (_, 0) => {
                let (mut these, mut those) = (one.chars(), other.chars());
                match (these.next(), those.next()) {
                    (Some(this), Some(that)) if this == that => (one, other) = (these.as_str(), those.as_str()),
                    (this, that) => return this.cmp(&that),
                }
            }
            (this, that) => {
                let (number, other_number) =
                    (one[..this].trim_start_matches('0'), other[..that].trim_start_matches('0'));
                let order = number.len().cmp(&other_number.len()).then_with(|| number.cmp(other_number));
                if order.is_ne() {
                    return order;
                }
                (one, other) = (&one[this..], &other[that..]);
            }
        }
    }
}

//! Prints attributes and documentation, which stand before an item, a field or a variant.

use std::borrow::Cow;

use super::layout::{SHORT_ITEM, inside};
use super::{MAX_WIDTH, Printer, TAB, docs, flat, literal, width};

/// rustfmt's `attr_fn_like_width`, which holds for lists of several.
const SHORT_ATTRIBUTE: usize = 70;

impl<'a> Printer<'a> {
    /// Prints the inner attributes of a file or module, which include `//!`.
    pub(super) fn inner_attributes(&mut self, from: usize, to: usize, indent: usize) -> usize {
        let mut at = from;
        let mut in_fence = false;
        let mut after_doc = false;
        while at < to && self.tokens.is(at, "#") && self.tokens.is(at + 1, "!") {
            let is_doc = self.doc(at + 2).is_some();
            if after_doc && !is_doc {
                self.out.push('\n');
            }
            match self.doc(at + 2) {
                Some(text) => self.comment(&text, "//!", indent, &mut in_fence),
                None => self.attribute("#!", at + 2, indent),
            }
            after_doc = is_doc;
            at = self.tokens.next(at + 2);
        }
        at
    }

    /// Prints the attributes and documentation before an item.
    pub(super) fn attributes(&mut self, from: usize, to: usize, indent: usize) -> usize {
        let mut at = from;
        let mut in_fence = false;
        while at < to && self.tokens.is(at, "#") {
            match self.doc(at + 1) {
                Some(text) => self.comment(&text, "///", indent, &mut in_fence),
                None => self.attribute("#", at + 1, indent),
            }
            at = self.tokens.next(at + 1);
        }
        at
    }

    /// Returns the text of `[doc = "text"]`.
    fn doc(&self, open: usize) -> Option<Cow<'a, str>> {
        let is_doc = self.tokens.is(open + 1, "doc") && self.tokens.is(open + 2, "=");
        if is_doc { literal::string(self.tokens.text(open + 3)) } else { None }
    }

    fn comment(&mut self, text: &str, marker: &str, indent: usize, in_fence: &mut bool) {
        let limit = MAX_WIDTH.saturating_sub(indent + marker.len() + 1);
        docs::lines(text, limit, in_fence, |line| {
            self.indent(indent);
            self.out.push_str(marker);
            if !line.is_empty() {
                self.out.push(' ');
                self.out.push_str(line);
            }
            self.out.push('\n');
        });
    }

    fn attribute(&mut self, sign: &str, open: usize, indent: usize) {
        let tokens = self.tokens;
        let (from, to) = inside(tokens, open);
        self.indent(indent);
        self.out.push_str(sign);
        self.out.push('[');
        let list = (from..to).find(|at| tokens.is(*at, "(")).filter(|at| tokens.next(*at) == to);
        let flat = flat::text(tokens, from, to);
        let is_derive = tokens.is(from, "derive");
        // rustfmt keeps two columns free after a derive, and one after another list.
        let free = match list {
            Some(_) if is_derive => 2,
            Some(_) => 1,
            None => 0,
        };
        let is_full = indent + sign.len() + width(&flat) + 2 > MAX_WIDTH - free;
        let is_wide = |list: usize| {
            let (first, last) = inside(tokens, list);
            let several = tokens.list(first, last).len() > 1;
            !is_derive && several && width(&flat::text(tokens, list, to)) - 2 > SHORT_ATTRIBUTE
        };
        match list {
            Some(list) if is_full || is_wide(list) => {
                flat::write(tokens, from, list, &mut self.out);
                self.attribute_list(list, is_derive, indent);
            }
            _ => self.out.push_str(&flat),
        }
        self.out.push_str("]\n");
    }

    /// Prints the list of an attribute on lines of its own.
    fn attribute_list(&mut self, open: usize, is_derive: bool, indent: usize) {
        let (first, last) = inside(self.tokens, open);
        let parts = self.tokens.list(first, last);
        let parts: Vec<String> = parts.into_iter().map(|(from, to)| flat::text(self.tokens, from, to)).collect();
        let whole = indent + TAB + parts.iter().map(|part| width(part) + 2).sum::<usize>();
        let fills_lines = match is_derive {
            true => whole - 1 <= MAX_WIDTH,
            false => parts.iter().all(|part| width(part) <= SHORT_ITEM && !part.contains([' ', '(', ':'])),
        };
        self.out.push('(');
        for (index, part) in parts.iter().enumerate() {
            // Only the list of a derive ends in a comma.
            let comma = if is_derive || index + 1 < parts.len() { "," } else { "" };
            if index > 0 && fills_lines && self.column() + 1 + width(part) < MAX_WIDTH {
                self.out.push(' ');
            } else {
                self.out.push('\n');
                self.indent(indent + TAB);
            }
            self.out.push_str(part);
            self.out.push_str(comma);
        }
        self.out.push('\n');
        self.indent(indent);
        self.out.push(')');
    }

    /// Returns true if one of the attributes is `#[rustfmt::skip]`.
    pub(super) fn is_skipped(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.tokens.is(at, "rustfmt") && self.tokens.is(at + 2, "skip"))
    }
}

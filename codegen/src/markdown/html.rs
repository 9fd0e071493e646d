//! Raw HTML: tags that break a line, and the comments in a block.

use std::ops::Range;

/// The effect of an inline tag on the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// It begins a new line.
    Break,
    /// It only changes the appearance.
    Mark,
    /// `<sup>` or its end tag: the text between them is superscript.
    Superscript,
    /// It is not an HTML tag but a placeholder like `<tenant-id>`, which is text.
    Unknown,
}

const BREAKS: &[&str] = &[
    "blockquote",
    "br",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
const MARKS: &[&str] = &[
    "a", "abbr", "b", "big", "center", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark", "nobr",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "tt", "u", "var", "video", "wbr",
];

pub(super) fn tag(tag: &str) -> Tag {
    let Some(rest) = tag.strip_prefix('<') else { return Tag::Unknown };
    if rest.starts_with(['!', '?']) {
        return Tag::Mark;
    }
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let name =
        &rest[..rest.bytes().position(|byte| !byte.is_ascii_alphanumeric() && byte != b'-').unwrap_or(rest.len())];
    let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is(BREAKS) {
        Tag::Break
    } else if name.eq_ignore_ascii_case("sup") {
        Tag::Superscript
    } else if is(MARKS) {
        Tag::Mark
    } else {
        Tag::Unknown
    }
}

/// A part of an HTML block.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A comment, without `<!--` and `-->`.
    Comment(Range<usize>),
    /// A comment that is never closed: everything after its opening mark.
    Unclosed(Range<usize>),
    /// Anything else, trimmed.
    Other(Range<usize>),
}

/// Cuts an HTML block into comments and the rest.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        let open = text[at..].find("<!--").map(|open| at + open);
        let other = &text[at..open.unwrap_or(text.len())];
        let trimmed = other.trim();
        if !trimmed.is_empty() {
            let start = at + (other.len() - other.trim_start().len());
            parts.push(Part::Other(start..start + trimmed.len()));
        }
        let Some(open) = open else { return parts };
        let start = open + 4;
        // `<!-->` and `<!--->` are whole comments, so the closing mark may overlap the opening one.
        match text[open + 2..].find("-->").map(|close| open + 2 + close) {
            Some(close) => {
                parts.push(Part::Comment(start..close.max(start)));
                at = (close + 3).max(start);
            }
            None => {
                parts.push(Part::Unclosed(start..text.len()));
                return parts;
            }
        }
    }
}

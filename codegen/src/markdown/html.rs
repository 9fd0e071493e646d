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

/// The maximum length of a tag.
const TAG: usize = 4096;

/// A start or end tag in a text.
pub(super) struct Found<'a> {
    /// The whole tag.
    pub(super) at: Range<usize>,
    name: &'a str,
    /// True for an end tag such as `</td>`.
    pub(super) is_end: bool,
}

impl Found<'_> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The tags of `range` in a text, in order. Comments are skipped.
pub(super) fn tags(source: &str, range: Range<usize>) -> impl Iterator<Item = Found<'_>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        loop {
            let start = at + source[at..range.end].find('<')?;
            let text = &source[start..range.end];
            if text.starts_with("<!--") {
                at = text.find("-->").map_or(range.end, |end| start + end + 3);
                continue;
            }
            let is_end = text.starts_with("</");
            let rest = &text[1 + usize::from(is_end)..];
            let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            at = start + 1;
            let close = text.bytes().take(TAG).position(|byte| byte == b'>');
            let Some(close) = close.filter(|_| length > 0) else { continue };
            at = start + close + 1;
            return Some(Found { at: start..at, name: &rest[..length], is_end });
        }
    })
}

/// The value of an attribute of a tag, which may be without quotes.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let is_name = |at: &usize| {
        tag.as_bytes()[..*at].last().is_some_and(u8::is_ascii_whitespace)
            && tag.get(*at..*at + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name))
    };
    let at = (1..tag.len()).find(is_name)?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split([' ', '\t', '\n', '>']).next(),
    }
}

/// The number that an attribute states, or one.
pub(super) fn number(tag: &str, name: &str) -> usize {
    attribute(tag, name).and_then(|value| value.trim().parse().ok()).unwrap_or(1)
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

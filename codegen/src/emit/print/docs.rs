//! Fills the Markdown of documentation comments into lines.
//!
//! Each line of the text is a block of its own: a list item, a table row, a line of a fenced block,
//! or a paragraph. Paragraphs and items take as many comment lines as they need. Inline code and
//! the text of a link are never broken, and words are escaped so that Markdown does not read a
//! later line as the beginning of another block.

use super::width;

/// Writes the lines of a comment that is `limit` columns wide, without the `///` before them.
pub(super) fn lines(text: &str, limit: usize, in_fence: &mut bool, mut write: impl FnMut(&str)) {
    let mut at = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = &text[at..end];
        at = end + 1;
        let line = line.strip_prefix(' ').unwrap_or(line).trim_end();
        let is_fence = line.trim_start().starts_with("```");
        if *in_fence || is_fence || line.starts_with('|') || width(line) <= limit {
            *in_fence ^= is_fence;
            write(line);
        } else if let Some(item) = line.strip_prefix("- ") {
            let mut marker = "- ";
            fill(item, limit - marker.len(), |line| {
                write(&format!("{marker}{line}"));
                marker = "  ";
            });
        } else {
            fill(line, limit, &mut write);
        }
    }
}

/// Fills lines with the words of a text.
fn fill(text: &str, limit: usize, mut write: impl FnMut(&str)) {
    let mut line = String::with_capacity(limit);
    let mut columns = 0;
    let mut is_first = true;
    for word in words(text) {
        if is_first {
            line.push_str(word);
            columns = width(word);
            is_first = false;
        } else if columns + 1 + width(word) <= limit {
            line.push(' ');
            line.push_str(word);
            columns += 1 + width(word);
        } else {
            write(&line);
            line.clear();
            line.push_str(word);
            if let Some(at) = opening_mark(word) {
                line.insert(at, '\\');
            }
            columns = width(&line);
        }
    }
    write(&line);
}

/// The position in a word at which a backslash is needed, so that the word may begin a line without
/// opening a list, a heading, a table or a fence.
pub(crate) fn opening_mark(word: &str) -> Option<usize> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let is_rule = || word.bytes().all(|byte| matches!(byte, b'*' | b'_' | b'-'));
    match word.as_bytes().first()? {
        b'-' | b'+' | b'#' | b'>' | b'=' | b'~' | b'|' | b':' => Some(0),
        b'*' | b'_' if is_rule() => Some(0),
        b'0'..=b'9' if word[digits..].starts_with(['.', ')']) => Some(digits),
        _ => None,
    }
}

/// The words of a paragraph. Blanks in inline code and in the text of a link do not end a word.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_start_matches(' ');
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = word_end(rest);
        let word = &rest[..end];
        rest = rest[end..].trim_start_matches(' ');
        Some(word)
    })
}

fn word_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at = match bytes[at] {
            b' ' => return at,
            b'\\' => at + 2,
            b'[' => link_end(bytes, at).unwrap_or(at + 1),
            b'`' => span_end(bytes, at).unwrap_or_else(|| at + ticks(bytes, at)),
            _ => at + 1,
        };
    }
    // A backslash at the very end escapes nothing.
    bytes.len()
}

/// Counts the backticks that begin at this position.
fn ticks(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| **byte == b'`').count()
}

/// The end of the code span that begins here.
fn span_end(bytes: &[u8], start: usize) -> Option<usize> {
    let fence = ticks(bytes, start);
    let mut at = start + fence;
    while at < bytes.len() {
        if bytes[at] != b'`' {
            at += 1;
            continue;
        }
        let run = ticks(bytes, at);
        at += run;
        if run == fence {
            return Some(at);
        }
    }
    None
}

/// The end of the label of the link that begins here. The address behind it has no blanks.
fn link_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'`' => {
                at = span_end(bytes, at).unwrap_or_else(|| at + ticks(bytes, at));
                continue;
            }
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return (bytes.get(at + 1) == Some(&b'(')).then_some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

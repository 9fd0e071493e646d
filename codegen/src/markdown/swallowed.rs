//! Finds the end of blocks that an author forgot to close, so that they do not swallow the rest of
//! the page; and the beginning of those that were not opened.

use crate::schema::operation::HttpMethod;

/// The position at which a code block should have been closed: code blocks of reference pages
/// contain neither a heading after a blank line nor the beginning of another block.
pub(super) fn by_fence(code: &str) -> Option<usize> {
    let ends = |at: usize, line: &str| {
        // Nearly all lines of code are something else.
        if !line.trim_start().starts_with(['#', '`', '<']) {
            return false;
        }
        let heading = line.starts_with("## ") || line.starts_with("### ") || line.starts_with("# ");
        let block = line.starts_with("```")
            && line.trim_start_matches('`').starts_with(|c: char| c.is_alphanumeric() || c == ' ')
            || line.starts_with("<!-- {")
            || line.trim() == "<!--";
        let blank_before = || code[..at].trim_end_matches([' ', '\t', '\r', '\n']).len() + 1 < at;
        block || heading && blank_before()
    };
    memchr::memchr3(b'#', b'`', b'<', code.as_bytes())?;
    let (first, _) = later_lines(code).find(|(at, line)| ends(*at, line))?;
    // A table or a sentence before that heading or block is not code either.
    let table = later_lines(&code[..first]).find(|(_, line)| line.starts_with('|'));
    Some(table.map_or(first, |(at, _)| at))
}

/// Returns true for text that begins like the code of reference pages: a request, a status or JSON.
pub(super) fn begins_code(text: &str) -> bool {
    let (first, rest) = text.split_once([' ', '\n']).unwrap_or((text, ""));
    let is_method = HttpMethod::parse(first).is_some() && rest.starts_with(['/', 'h']);
    is_method || first.starts_with("HTTP/") || text.starts_with('{')
}

/// The position at which a comment should have been closed: a comment with JSON contains no fence,
/// and another one, which is longer than its line by mistake, no further comment.
pub(super) fn by_comment(text: &str, is_closed: bool) -> Option<usize> {
    if !text.trim_start().starts_with('{') {
        let holds_comment = || line_starts(text).any(|at| text[at..].starts_with("<!--"));
        let begins = !text.lines().next().unwrap_or_default().trim().is_empty();
        return (begins && (!is_closed || holds_comment())).then(|| line_starts(text).next()).flatten();
    }
    line_starts(text).find(|at| text[*at..].trim_start_matches([' ', '\t']).starts_with("```"))
}

/// The position at which the block of a tag should have ended: in markdown it continues to the next
/// blank line, even over headings and tables.
pub(super) fn by_tag(text: &str) -> Option<usize> {
    let raw = ["<pre", "<script", "<style", "<textarea"];
    if raw.iter().any(|tag| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))) {
        return None;
    }
    line_starts(text).find(|at| {
        let line = text[*at..].trim_start_matches(' ').lines().next().unwrap_or_default();
        line.starts_with("```")
            || (line.starts_with('|') && line[1..].contains('|'))
            || (line.starts_with('#') && line.trim_start_matches('#').starts_with(' '))
    })
}

/// All lines except the first, without line breaks, and where they begin.
fn later_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    line_starts(text).map(|at| {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length);
        let line = &text[at..end];
        (at, line.strip_suffix('\r').unwrap_or(line))
    })
}

/// The starts of all lines except the first.
fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)
}

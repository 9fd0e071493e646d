//! How the text of a request's URL is taken apart, be it the template of a page or the URL of an
//! example.

/// The offset behind `https://host/v1.0`, or `at` where the URL is only a path.
pub(crate) fn skip_origin(line: &str, mut at: usize) -> usize {
    let lower = line[at..].to_ascii_lowercase();
    for scheme in ["https://", "http://"] {
        if lower.starts_with(scheme) {
            at += scheme.len();
            at += line[at..].find(['/', '?', ' ']).unwrap_or(line.len() - at);
        }
    }
    if lower.starts_with("graph.microsoft.com") {
        at += "graph.microsoft.com".len();
    }
    let path = line[at..].trim_start_matches('/');
    for version in ["v1.0", "v1", "beta", "{version}"] {
        if let Some((start, behind)) = path.split_at_checked(version.len())
            && start.eq_ignore_ascii_case(version)
            && (behind.is_empty() || behind.starts_with(['/', ' ']))
        {
            return line.len() - behind.len();
        }
    }
    at
}

/// Splits at `mark` where it stands outside quotes, braces and parentheses; with the parts'
/// offsets.
pub(crate) fn split_outside(text: &str, mark: char) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quoted) = (0, 0_u32, false);
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' | '{' | '<' if !quoted => depth += 1,
            ')' | '}' | '>' if !quoted => depth = depth.saturating_sub(1),
            _ if c == mark && depth == 0 && !quoted => {
                parts.push((start, &text[start..at]));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push((start, &text[start..]));
    parts
}

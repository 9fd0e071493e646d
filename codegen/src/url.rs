//! Functions that split URLs of requests, both templates of pages and URLs of examples.

/// The maximum number of segments before the version in the address of a service.
const BEFORE_VERSION: usize = 3;

/// The offset after the service root, as far as the text alone shows it: `https://host`,
/// `{serviceRoot}`, `/api/data/v9.2`. It is `at` if the URL is only a path.
pub(crate) fn skip_root(line: &str, at: usize) -> usize {
    let url = &line[at..];
    let mut behind = behind_host(url);
    // There is no key at the service root, so a placeholder there is the root or its version.
    while let Some(rest) = behind_placeholder(&url[behind..]) {
        behind = url.len() - rest.len();
    }
    let path = url[behind..].split(['?', ' ', '\t']).next().unwrap_or_default();
    let mut end = behind;
    for (position, segment) in path.trim_start_matches('/').split('/').take(BEFORE_VERSION + 1).enumerate() {
        end = url.len() - url[end..].trim_start_matches('/').len() + segment.len();
        let goes_on = position == 0 || url[end..].starts_with('/');
        if is_version(segment) && goes_on {
            return at + end;
        }
        if segment.is_empty() || !segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)) {
            break;
        }
    }
    at + behind
}

/// The length of `https://host`, or of a host alone before a path.
fn behind_host(url: &str) -> usize {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let start = scheme.map_or(0, str::len);
    let end = start + url[start..].find(['/', '?', ' ']).unwrap_or(url.len() - start);
    let is_host = |text: &str| {
        let mut labels = text.split('.');
        text.matches('.').count() > 1
            && labels.all(|label| {
                !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
    };
    if scheme.is_some() || url[end..].starts_with('/') && is_host(&url[..end]) { end } else { 0 }
}

/// The text after a placeholder that is the first of several segments.
fn behind_placeholder(path: &str) -> Option<&str> {
    let first = path.strip_prefix('/').unwrap_or(path);
    let close = if first.starts_with('{') { '}' } else { '>' };
    let inner = first.strip_prefix(['{', '<'])?;
    let (name, rest) = inner.split_once(close)?;
    (!name.contains(['/', '?']) && rest.len() > 1 && rest.starts_with('/')).then_some(rest)
}

/// Returns true if a URL has a host other than the service's: that of a notification that the
/// service sends to its caller, or of an upload to an address that a response named.
pub(crate) fn is_foreign(url: &str, service: Option<&str>) -> bool {
    let host = |url: &str| Some(url.split_once("://")?.1.split(['/', '?']).next()?.to_ascii_lowercase());
    match (host(url), service.and_then(host)) {
        (Some(host), Some(service)) => host != service,
        _ => false,
    }
}

/// `v1.0`, `beta`
pub(crate) fn is_version(text: &str) -> bool {
    let number = text.strip_prefix(['v', 'V']);
    text.eq_ignore_ascii_case("beta")
        || number.is_some_and(|number| {
            number.starts_with(|c: char| c.is_ascii_digit())
                && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
        })
}

/// Splits a text at `mark` outside of quotes, braces and parentheses. Returns the parts with their
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

/// Removes the quotes around a text, and unescapes the quotes in it; `None` if the text has no
/// quotes around it.
pub(crate) fn unquoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
    Some(inner.replace("''", "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_path() {
        for (url, path) in [
            ("https://zoo.example/odata/v4/animals/7", "/animals/7"),
            ("https://zoo.example/api/data/v9.2/animals?$top=1", "/animals?$top=1"),
            ("HTTP://localhost:8080/animals", "/animals"),
            ("https://zoo.example", ""),
            ("zoo.example.org/v1/animals", "/animals"),
            ("/v2.0/animals", "/animals"),
            ("v2.0/animals", "/animals"),
            ("/api/data/v9.2/animals", "/animals"),
            ("{serviceRoot}/animals", "/animals"),
            ("/{serviceRoot}/v1/animals", "/animals"),
            ("https://{host}/{version}/animals/{id}", "/animals/{id}"),
            ("<root>/animals", "/animals"),
            ("/animals/{id}", "/animals/{id}"),
            ("/{id}", "/{id}"),
            ("animals/{id}", "animals/{id}"),
            ("/animals('v1')/food", "/animals('v1')/food"),
            ("/animals/v1", "/animals/v1"),
            ("/a?b=/v1/c", "/a?b=/v1/c"),
            ("", ""),
        ] {
            assert_eq!(&url[skip_root(url, 0)..], path, "{url}");
        }
        let line = "GET  https://zoo.example/v4/animals HTTP/1.1";
        assert_eq!(&line[skip_root(line, 5)..], "/animals HTTP/1.1");
    }
}

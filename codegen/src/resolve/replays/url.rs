//! Parses the URL of an example.

use crate::path_template::{Token, decode, tokens};
use crate::url::skip_root;

/// A URL relative to the service root.
#[derive(Debug, Default)]
pub(super) struct Url {
    /// The segments, decoded. A slash inside quotes does not separate segments.
    pub(super) segments: Vec<String>,
    pub(super) tokens: Vec<Token>,
    /// The query options, decoded.
    pub(super) query: Vec<(String, String)>,
}

impl Url {
    /// Parses a URL; `root` is the service root, if it is known.
    pub(super) fn parse(text: &str, root: Option<&str>) -> Self {
        let below = root.and_then(|root| below(text, root)).unwrap_or_else(|| &text[skip_root(text, 0)..]);
        let (path, query) = below.split_once('?').unwrap_or((below, ""));
        let mut url = Url::default();
        let mut quoted = false;
        let segments = path.split(|c| {
            quoted ^= c == '\'';
            c == '/' && !quoted
        });
        url.segments.extend(segments.filter(|segment| !segment.is_empty()).map(decode));
        url.tokens = tokens(path).into_iter().map(|(token, _)| token).collect();
        for option in query.split('&').map(str::trim).filter(|option| !option.is_empty()) {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            url.query.push((decode(name.trim()), decode(value.trim())));
        }
        url
    }

    /// The value of a query option, whose name may be in any case.
    pub(super) fn option(&self, name: &str) -> Option<&str> {
        let option = self.query.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        option.map(|(_, value)| value.as_str())
    }
}

/// The part of a URL after the service root, which may be written with or without its host.
fn below<'t>(text: &'t str, root: &str) -> Option<&'t str> {
    let path =
        |url: &str| url.find("://").map_or(0, |at| at + 3 + url[at + 3..].find('/').unwrap_or(url.len() - at - 3));
    let (root, text) = (&root[path(root)..], &text[path(text)..]);
    let root = Some(root.trim_end_matches('/')).filter(|root| !root.is_empty())?;
    let (start, rest) = text.split_at_checked(root.len())?;
    (start.eq_ignore_ascii_case(root) && (rest.is_empty() || rest.starts_with(['/', '?', ' ']))).then_some(rest)
}

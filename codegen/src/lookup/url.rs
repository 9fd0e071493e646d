//! Parses the text of a request: its method, the tokens of its path, and its query options.

use crate::model::HttpMethod;
use crate::path_template::{Token, decode, tokens};
use crate::url::split_outside;

/// The parts of a request.
pub(super) struct Url {
    pub(super) http: HttpMethod,
    /// True if it has a host that is not known to be the service's.
    pub(super) is_absolute: bool,
    pub(super) tokens: Vec<Token>,
    /// The text of each token, with the slash before a segment.
    written: Vec<String>,
    pub(super) query: Vec<(String, String)>,
}

impl Url {
    pub(super) fn parse(request: &str, root: Option<&str>) -> Self {
        let request = request.trim();
        let (method, address) = request.split_once(char::is_whitespace).unwrap_or(("", request));
        let (http, address) = match HttpMethod::parse(method) {
            Some(http) => (http, address.trim()),
            None => (HttpMethod::Get, request),
        };
        let is_below = |root: &&str| address.get(..root.len()).is_some_and(|start| start.eq_ignore_ascii_case(root));
        let (path, is_absolute) = match (root.filter(is_below), address.split_once("://")) {
            (Some(root), _) => (&address[root.len()..], false),
            (None, Some((_, rest))) => (rest.find(['/', '?']).map_or("", |at| &rest[at..]), true),
            (None, None) => (address, false),
        };
        let (path, query) = match split_outside(path, '?').get(1) {
            Some((at, _)) => (&path[..at - 1], &path[*at..]),
            None => (path, ""),
        };
        let with_slash = |(token, text): (Token, &str)| {
            let slash = if matches!(token, Token::Segment(_)) { "/" } else { "" };
            (token, format!("{slash}{text}"))
        };
        let (tokens, written) = tokens(path).into_iter().map(with_slash).unzip();
        let mut url = Url { http, is_absolute, tokens, written, query: Vec::new() };
        for (_, option) in split_outside(query, '&').into_iter().filter(|(_, option)| !option.trim().is_empty()) {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            url.query.push((decode(name.trim()), decode(&value.trim().replace('+', " "))));
        }
        url
    }

    /// The positions at which the path below the service root may begin.
    pub(super) fn starts(&self) -> Vec<usize> {
        let is_segment = |at: &usize| matches!(self.tokens[*at], Token::Segment(_));
        (0..self.tokens.len()).filter(is_segment).chain(self.tokens.is_empty().then_some(0)).collect()
    }

    /// A part of the path, as it was written.
    pub(super) fn written(&self, from: usize, to: usize) -> String {
        self.written.get(from..to).unwrap_or_default().concat()
    }
}

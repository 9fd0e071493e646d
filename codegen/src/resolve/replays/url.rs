//! The URL of an example, in parts.

use percent_encoding::percent_decode_str;

use crate::url::skip_origin;

/// A URL below the service's root.
#[derive(Debug, Default)]
pub(super) struct Url {
    /// The segments, decoded. A slash between quotes belongs to its segment.
    pub(super) segments: Vec<String>,
    /// The query options, decoded.
    pub(super) query: Vec<(String, String)>,
}

impl Url {
    pub(super) fn parse(text: &str) -> Self {
        let below = &text[skip_origin(text, 0)..];
        let (path, query) = below.split_once('?').unwrap_or((below, ""));
        let mut url = Url::default();
        let mut quoted = false;
        let segments = path.split(|c| {
            quoted ^= c == '\'';
            c == '/' && !quoted
        });
        url.segments.extend(segments.filter(|segment| !segment.is_empty()).map(decode));
        for option in query.split('&').map(str::trim).filter(|option| !option.is_empty()) {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            url.query.push((decode(name.trim()), decode(value.trim())));
        }
        url
    }

    /// The value of a query option, its name in any case.
    pub(super) fn option(&self, name: &str) -> Option<&str> {
        let option = self.query.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        option.map(|(_, value)| value.as_str())
    }
}

/// What is not encoded well stays as it is.
fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

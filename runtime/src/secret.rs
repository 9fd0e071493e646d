//! Removes secrets that a server or a proxy repeats in its response.

use http::{HeaderMap, HeaderValue};

use crate::Token;

/// The text that replaces a secret.
const PLACEHOLDER: &[u8] = b"(secret)";

/// The minimum length of a secret's beginning at the end of a body that is removed as a truncated
/// secret.
const BEGINNING: usize = 8;

/// The texts of a request that no error may show.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<Box<[u8]>>);

impl Secrets {
    /// One secret.
    #[cfg(feature = "oauth")]
    pub(crate) fn new(secret: &str) -> Self {
        Self(vec![secret.as_bytes().into()])
    }

    /// The secrets of a token, and the values of the headers that are marked as sensitive.
    pub(crate) fn of(headers: &HeaderMap, token: Option<&Token>) -> Self {
        let mut secrets: Vec<Box<[u8]>> = token.map_or_else(Vec::new, |token| token.secrets().to_vec());
        for value in headers.values().filter(|value| value.is_sensitive()) {
            let value = value.as_bytes();
            // Without the name of the scheme: `Bearer` (RFC 9110, section 11.4).
            let secret = value.iter().position(|byte| *byte == b' ').map_or(value, |space| &value[space + 1..]);
            if !secret.is_empty() && !secrets.iter().any(|known| **known == *secret) {
                secrets.push(secret.into());
            }
        }
        Self(secrets)
    }

    /// Removes the secrets from a body; none if the body does not contain any.
    pub(crate) fn scrub(&self, body: &[u8]) -> Option<Vec<u8>> {
        let mut clean: Option<Vec<u8>> = None;
        for secret in &self.0 {
            if let Some(cleaner) = scrub(clean.as_deref().unwrap_or(body), secret) {
                clean = Some(cleaner);
            }
        }
        clean
    }

    /// Removes the secrets from headers.
    pub(crate) fn scrub_headers(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            if let Some(clean) = self.scrub(value.as_bytes()) {
                *value = HeaderValue::from_bytes(&clean).unwrap_or_else(|_| HeaderValue::from_static("(secret)"));
            }
        }
    }
}

/// Removes a secret from a body; none if the body does not contain it. Each of its characters may
/// be written as it is, or in one of the ways of [`written`].
fn scrub(body: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    if secret.is_empty() {
        return None;
    }
    let mut clean: Option<Vec<u8>> = None;
    let (mut kept, mut at) = (0, 0);
    while at < body.len() {
        match occurrence(&body[at..], secret) {
            Some(length) => {
                let clean = clean.get_or_insert_default();
                clean.extend_from_slice(&body[kept..at]);
                clean.extend_from_slice(PLACEHOLDER);
                at += length;
                kept = at;
            }
            None => at += 1,
        }
    }
    clean.map(|mut clean| {
        clean.extend_from_slice(&body[kept..]);
        clean
    })
}

/// The length of the secret at the beginning of a text. A beginning of the secret at the end of the
/// text counts, too, because the body may have been truncated within the secret.
fn occurrence(text: &[u8], secret: &[u8]) -> Option<usize> {
    written(text, secret[0]).next()?;
    // All positions in the text where the next character of the secret may begin.
    let mut positions = vec![0];
    for (index, &byte) in secret.iter().enumerate() {
        let truncated = |position: &usize| is_beginning_of_escape(&text[*position..]);
        if index >= BEGINNING && positions.iter().any(truncated) {
            return Some(text.len());
        }
        let ends = |&position: &usize| written(&text[position..], byte).map(move |length| position + length);
        positions = positions.iter().flat_map(ends).collect();
        positions.sort_unstable();
        positions.dedup();
        if positions.is_empty() {
            return None;
        }
    }
    positions.last().copied()
}

/// The lengths of a character at the beginning of a text: as it is, escaped in JSON (RFC 8259,
/// section 7), percent-encoded (RFC 3986, section 2.1), or as a character reference of HTML.
fn written(text: &[u8], byte: u8) -> impl Iterator<Item = usize> {
    let plain = text.first() == Some(&byte);
    let escaped = match text {
        [b'\\', b'u', digits @ ..] => (number(digits, 4) == Some(byte)).then_some(6),
        [b'\\', character, ..] => (*character == byte).then_some(2),
        [b'%', digits @ ..] => (number(digits, 2) == Some(byte)).then_some(3),
        [b'&', ..] => {
            let references: &[&str] = match byte {
                b'&' => &["&amp;"],
                b'<' => &["&lt;"],
                b'>' => &["&gt;"],
                b'"' => &["&quot;", "&#34;"],
                b'\'' => &["&apos;", "&#39;", "&#x27;"],
                _ => &[],
            };
            references.iter().find(|reference| text.starts_with(reference.as_bytes())).map(|found| found.len())
        }
        _ => None,
    };
    plain.then_some(1).into_iter().chain(escaped)
}

/// Returns true for the empty text, and for the beginning of a character that is not written as it
/// is.
fn is_beginning_of_escape(text: &[u8]) -> bool {
    text.is_empty() || (text.len() < 6 && matches!(text[0], b'\\' | b'%' | b'&'))
}

/// A hexadecimal number of so many digits.
fn number(text: &[u8], digits: usize) -> Option<u8> {
    let digits = std::str::from_utf8(text.get(..digits)?).ok()?;
    u8::try_from(u16::from_str_radix(digits, 16).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "ab/cd+ef.0123456789";

    fn clean(body: &str) -> String {
        scrub(body.as_bytes(), SECRET.as_bytes())
            .map_or_else(|| "none".to_owned(), |clean| String::from_utf8(clean).unwrap())
    }

    #[test]
    fn finds_a_secret_however_it_is_written() {
        assert_eq!(clean("nothing"), "none");
        assert_eq!(clean("x ab/cd+ef.0123456789 y ab/cd+ef.0123456789"), "x (secret) y (secret)");
        assert_eq!(clean(r#"{"x": "ab\/cd+ef.0123456789"}"#), r#"{"x": "(secret)"}"#);
        assert_eq!(clean(r#"{"x": "ab\u002fcd\u002Bef.0123456789"}"#), r#"{"x": "(secret)"}"#);
        assert_eq!(clean(r#"{"x": "\u0061b/cd+\u0065f.012345678\u0039"}"#), r#"{"x": "(secret)"}"#);
        assert_eq!(clean("?t=ab%2Fcd%2bef.0123456789&"), "?t=(secret)&");
        // A secret begins within the beginning of another one.
        assert_eq!(clean("abab/cd+ef.0123456789"), "ab(secret)");
    }

    #[test]
    fn finds_the_beginning_of_a_secret_at_the_end() {
        assert_eq!(clean("x ab/cd+ef.0"), "x (secret)");
        assert_eq!(clean("ab/cd+ef.0123456789 ab/cd+ef.0"), "(secret) (secret)");
        assert_eq!(clean(r"x ab\/cd\u002bef\u00"), "x (secret)");
        assert_eq!(clean("x ab/c"), "none");
    }

    #[test]
    fn a_secret_of_characters_that_escape_is_found_too() {
        let scrub = |body: &str, secret: &str| {
            scrub(body.as_bytes(), secret.as_bytes()).map(|clean| String::from_utf8(clean).unwrap())
        };
        assert_eq!(scrub("<p>a&lt;b&amp;c", "a<b&c").as_deref(), Some("<p>(secret)"));
        assert_eq!(scrub("a%25b a%b", "a%b").as_deref(), Some("(secret) (secret)"));
        let slashes = "\\".repeat(200);
        assert_eq!(scrub(&slashes, &slashes).as_deref(), Some("(secret)"));
    }
}

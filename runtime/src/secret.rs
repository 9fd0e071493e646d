//! Removes secrets that a server or a proxy repeats in its response.

use http::{HeaderMap, HeaderValue};

use crate::Token;

/// The text that replaces a secret.
const PLACEHOLDER: &[u8] = b"(secret)";

/// The minimum length of a secret's beginning at the end of a body that is removed as a truncated
/// secret.
const BEGINNING: usize = 8;

/// Removes a secret from a body; none if the body does not contain it.
pub(crate) fn scrub(body: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    let mut clean: Option<Vec<u8>> = None;
    for form in forms(secret) {
        let text = clean.as_deref().unwrap_or(body);
        if let Some(cleaner) = without(text, &form).or_else(|| without_beginning(text, &form)) {
            clean = Some(cleaner);
        }
    }
    clean
}

/// Removes all secrets of a token from a body; none if the body does not contain any.
pub(crate) fn scrub_token(body: &[u8], token: &Token) -> Option<Vec<u8>> {
    let mut clean: Option<Vec<u8>> = None;
    for secret in token.secrets() {
        if let Some(cleaner) = scrub(clean.as_deref().unwrap_or(body), secret) {
            clean = Some(cleaner);
        }
    }
    clean
}

/// Removes the secrets of a token from headers.
pub(crate) fn scrub_headers(headers: &mut HeaderMap, token: &Token) {
    for value in headers.values_mut() {
        if let Some(clean) = scrub_token(value.as_bytes(), token) {
            *value = HeaderValue::from_bytes(&clean).unwrap_or_else(|_| HeaderValue::from_static("(secret)"));
        }
    }
}

/// The forms in which a secret may appear in a response: unchanged, escaped in JSON, and
/// percent-encoded.
fn forms(secret: &[u8]) -> Vec<Vec<u8>> {
    if secret.is_empty() {
        return Vec::new();
    }
    let mut forms = vec![secret.to_vec()];
    let escaped = |escape: &dyn Fn(u8) -> Option<String>| -> Vec<u8> {
        secret.iter().flat_map(|byte| escape(*byte).map_or(vec![*byte], String::into_bytes)).collect()
    };
    let special = |byte: u8| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'.' | b'_' | b'~');
    for form in [
        escaped(&|byte| (byte == b'/').then(|| "\\/".to_owned())),
        escaped(&|byte| matches!(byte, b'"' | b'\\').then(|| format!("\\{}", byte as char))),
        escaped(&|byte| special(byte).then(|| format!("\\u{byte:04x}"))),
        escaped(&|byte| special(byte).then(|| format!("\\u{byte:04X}"))),
        escaped(&|byte| special(byte).then(|| format!("%{byte:02X}"))),
        escaped(&|byte| special(byte).then(|| format!("%{byte:02x}"))),
    ] {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

fn without(body: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    let mut clean = Vec::new();
    let mut rest = body;
    while let Some(position) = find(rest, secret) {
        clean.extend_from_slice(&rest[..position]);
        clean.extend_from_slice(PLACEHOLDER);
        rest = &rest[position + secret.len()..];
    }
    (rest.len() < body.len()).then(|| {
        // The remainder may end with a truncated copy of the secret.
        clean.extend_from_slice(&without_beginning(rest, secret).unwrap_or_else(|| rest.to_vec()));
        clean
    })
}

/// Removes the beginning of a secret at the end of a body that was truncated.
fn without_beginning(body: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    let longest = secret.len().saturating_sub(1).min(body.len());
    let length = (BEGINNING..=longest).rev().find(|length| body.ends_with(&secret[..*length]))?;
    let mut clean = body[..body.len() - length].to_vec();
    clean.extend_from_slice(PLACEHOLDER);
    Some(clean)
}

fn find(text: &[u8], pattern: &[u8]) -> Option<usize> {
    text.windows(pattern.len()).position(|window| window == pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(body: &str) -> String {
        let token = Token::bearer("ab/cd+ef.0123456789").unwrap();
        scrub_token(body.as_bytes(), &token)
            .map_or_else(|| "none".to_owned(), |clean| String::from_utf8(clean).unwrap())
    }

    #[test]
    fn finds_a_secret_however_it_is_written() {
        assert_eq!(clean("nothing"), "none");
        assert_eq!(clean("x ab/cd+ef.0123456789 y ab/cd+ef.0123456789"), "x (secret) y (secret)");
        assert_eq!(clean(r#"{"x": "ab\/cd+ef.0123456789"}"#), r#"{"x": "(secret)"}"#);
        assert_eq!(clean(r#"{"x": "ab\u002fcd\u002bef.0123456789"}"#), r#"{"x": "(secret)"}"#);
        assert_eq!(clean("?t=ab%2Fcd%2Bef.0123456789&"), "?t=(secret)&");
        // The body was truncated within the secret.
        assert_eq!(clean("x ab/cd+ef.0"), "x (secret)");
        assert_eq!(clean("x ab/c"), "none");
    }
}

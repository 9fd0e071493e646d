//! Secrets that a server or a proxy sends back.

/// The body without a secret; none where it does not have it.
pub(crate) fn scrub(body: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    if secret.is_empty() {
        return None;
    }
    let mut clean = Vec::new();
    let mut rest = body;
    while let Some(position) = rest.windows(secret.len()).position(|window| window == secret) {
        clean.extend_from_slice(&rest[..position]);
        clean.extend_from_slice(b"(secret)");
        rest = &rest[position + secret.len()..];
    }
    (rest.len() < body.len()).then(|| {
        clean.extend_from_slice(rest);
        clean
    })
}

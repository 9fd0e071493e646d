//! Statuses whose number and words say different things: `204 OK`.

use super::{Part, PartKind};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::PieceKind;
use crate::source::Span;

/// The statuses that reference pages name, with their reason phrases (RFC 9110, 15).
const PHRASES: [(u16, &str); 24] = [
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (204, "No Content"),
    (206, "Partial Content"),
    (207, "Multi-Status"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (409, "Conflict"),
    (410, "Gone"),
    (412, "Precondition Failed"),
    (423, "Locked"),
    (429, "Too Many Requests"),
    (500, "Internal Server Error"),
    (503, "Service Unavailable"),
];

/// Reports a status such as `204 OK`, or `202 Accpted`. Pages also describe errors with words of
/// their own, so only those of success are looked at.
pub(super) fn check(text: &str, span: Span, diagnostics: &mut Diagnostics) {
    let Some((number, words)) = text.trim().split_once(' ') else { return };
    let bare = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let Ok(number) = number.parse::<u16>() else { return };
    let Some((_, phrase)) = PHRASES.iter().find(|(known, _)| *known == number && number < 300) else { return };
    let words = words.trim_end_matches(['.', ',', ' ']);
    if bare(words).is_empty() || bare(words).starts_with(&bare(phrase)) || words.split_whitespace().count() > 2 {
        return;
    }
    let other = PHRASES.iter().find(|(_, phrase)| bare(phrase) == bare(words));
    let label = match other {
        Some((other, phrase)) => format!("`{phrase}` is status {other}"),
        None => format!("status {number} is `{phrase}`"),
    };
    diagnostics.push(
        Diagnostic::new(
            Code::StatusDisagrees,
            span,
            format!("the number says `{number} {phrase}`, and the words say `{words}`"),
        )
        .label(label)
        .help("correct the number or the words"),
    );
}

/// Checks the statuses in code in the section on the response.
pub(super) fn check_texts(parts: &[Part<'_, '_>], diagnostics: &mut Diagnostics) {
    for text in super::texts(parts, PartKind::Response) {
        for piece in &text.pieces {
            if let PieceKind::Code(code) = &piece.kind {
                check(code, piece.span, diagnostics);
            }
        }
    }
}

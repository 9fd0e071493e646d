//! Inline text as Markdown and as descriptions, split into sentences, and the types that it names.

use crate::nearest::is_slip;
use crate::page::{Block, PieceKind, Text, folded};
use crate::phrases::Haystack;
use crate::schema::{Description, TypeRef};
use crate::source::At;

/// The text as Markdown: code stays code, a link becomes its text, a line break becomes a blank.
pub(crate) fn markdown(text: &Text<'_>) -> String {
    let mut out = String::new();
    for piece in &text.pieces {
        match &piece.kind {
            PieceKind::Plain(text) => out.push_str(text),
            PieceKind::Link { text, .. } => out.push_str(text),
            PieceKind::Code(code) => {
                if code.trim().is_empty() {
                    out.push_str(code);
                } else if code.contains('`') {
                    // A back quote among back quotes would seem to begin code that never ends.
                    out.push_str(&code.replace('`', "'"));
                } else {
                    out.push('`');
                    out.push_str(code);
                    out.push('`');
                }
            }
            PieceKind::Break => out.push(' '),
            PieceKind::Comment(_) => {}
        }
    }
    folded(out)
}

/// The text as a description; `None` if nothing of it is visible.
pub(crate) fn described(text: &Text<'_>) -> Option<Description> {
    let mut description = Description::new("", text.span);
    for piece in &text.pieces {
        match &piece.kind {
            PieceKind::Plain(text) => description.push_text(text),
            PieceKind::Code(code) => description.push_code(code),
            // A reference link whose definition is missing.
            PieceKind::Link { text, target } if target.is_empty() => description.push_text(text),
            PieceKind::Link { text, target } => {
                description.push_link(text, At::new(target.clone().into_owned(), piece.span));
            }
            PieceKind::Break => description.push_break(),
            PieceKind::Comment(_) => {}
        }
    }
    (!description.is_empty()).then_some(description)
}

/// The first paragraph below a heading that is a description.
pub(crate) fn first_paragraph<'p, 'a>(blocks: &'p [Block<'a>]) -> Option<&'p Text<'a>> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(text) if !text.is_empty() && !is_namespace(text) && !is_label(text) => Some(text),
        _ => None,
    })
}

/// Returns true for a namespace with its last dot, before a linked name: `example.zoo.`
fn is_namespace_before_name(words: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    words.strip_suffix('.').is_some_and(|namespace| namespace.contains('.') && namespace.split('.').all(is_part))
}

/// A title without the remark in parentheses at its end.
pub(crate) fn without_remark(title: &str) -> &str {
    match title.trim_end().strip_suffix(')').and_then(|text| text.rfind(" (")) {
        Some(at) => &title[..at],
        None => title,
    }
}

/// Returns true for a paragraph such as `Namespace: microsoft.graph`.
pub(crate) fn is_namespace(text: &Text<'_>) -> bool {
    namespace(&text.plain()).is_some()
}

/// The word before the colon and the text behind it in `Namespace: microsoft.graph`. A misspelt
/// word counts if nothing but a name is behind it.
pub(crate) fn namespace(plain: &str) -> Option<(&str, &str)> {
    let (word, rest) = plain.split_once(':')?;
    let is_name = || rest.split_whitespace().count() == 1 && super::type_expr::is_type_name(rest.trim());
    let is_meant = word.eq_ignore_ascii_case("namespace") || is_slip(word, "namespace") && is_name();
    is_meant.then_some((word, rest))
}

/// Returns true for a paragraph that is an alert without alert syntax (`**Note:** …`).
fn is_label(text: &Text<'_>) -> bool {
    let plain = text.plain().to_ascii_lowercase();
    ["note:", "important:", "caution:", "warning:", "[!include"].iter().any(|label| plain.starts_with(label))
}

/// Sentences that authors append to another one without a blank or a mark: "The name.Required."
const GLUED: [&str; 12] = [
    "Required.",
    "Optional.",
    "Read-only.",
    "Read-Only.",
    "Not nullable.",
    "Nullable.",
    "Inherited from ",
    "Returned by default.",
    "Returned only on ",
    "Default value is ",
    "Supports `$",
    "The possible values are",
];

/// Words that no sentence ends with.
const LEADS_ON: [&str; 15] =
    ["a", "and", "are", "as", "be", "for", "is", "not", "of", "or", "than", "the", "to", "whether", "with"];

/// Returns true if a sentence of its own begins behind a blank, though nothing ends the one before:
/// "the lamps of the room Returned by default."
fn begins_anyway(before: &str, behind: &str) -> bool {
    const BEGINNINGS: [&str; 7] = [
        "Required.",
        "Read-only.",
        "Read-Only.",
        "Not nullable.",
        "Nullable.",
        "Returned by default.",
        "Returned only on `$select`",
    ];
    if !BEGINNINGS.iter().any(|start| behind.starts_with(start)) {
        return false;
    }
    let before = before.trim();
    !before.is_empty() && !before.ends_with(',') && !LEADS_ON.contains(&before.rsplit(' ').next().unwrap_or_default())
}

/// Splits a text into sentences, at `.`, `;`, `!` or `?` before a blank, but not inside
/// parentheses, code or abbreviations.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let begins = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let mut sentences = Vec::new();
    let (mut start, mut depth, mut code) = (0, 0_i32, false);
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'`' => code = !code,
            b'(' if !code => depth += 1,
            b')' if !code => depth = (depth - 1).max(0),
            b'.' | b';' | b'!' | b'?' if !code && depth == 0 => {
                // A closing quote still belongs to the sentence: "Such as 'the lamp.' Read-only."
                let quote = usize::from(matches!(bytes.get(index + 1), Some(b'\'' | b'"')));
                let index = index + quote;
                let ends = bytes.get(index + 1).is_none_or(|next| next.is_ascii_whitespace());
                let before = &text[start..index - quote];
                let behind = &text[index + 1..];
                let abbreviation = ["e.g", "i.e", "vs", "No", "approx"].iter().any(|short| before.ends_with(short))
                    || before.ends_with("etc") && !behind.trim_start().starts_with(char::is_uppercase);
                let glued = *byte == b'.' && GLUED.iter().any(|word| behind.starts_with(word));
                if (ends || glued) && !abbreviation {
                    sentences.push(text[start..=index].trim());
                    start = index + 1;
                }
            }
            b' ' if !code
                && depth == 0
                && begins(index + 1)
                && begins_anyway(&text[start..index], &text[index + 1..]) =>
            {
                sentences.push(text[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
    }
    if !text[start..].trim().is_empty() {
        sentences.push(text[start..].trim());
    }
    sentences
}

/// The type that stands behind one of `phrases`: in a link, in code, in bold or as a bare name.
pub(crate) fn type_behind(text: &Text<'_>, phrases: &[&str]) -> Option<TypeRef> {
    for (index, piece) in text.pieces.iter().enumerate() {
        let PieceKind::Plain(plain) = &piece.kind else { continue };
        let lower = plain.to_ascii_lowercase();
        let words = Haystack::new(&lower);
        for phrase in phrases.iter().filter(|phrase| words.contains(phrase)) {
            for (at, _) in lower.match_indices(phrase) {
                let behind = &plain[at + phrase.len()..];
                let words = behind.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
                let words = ["the base ", "the abstract ", "an abstract ", "the ", "an ", "a "]
                    .iter()
                    .find_map(|article| words.strip_prefix(article))
                    .unwrap_or(words)
                    .trim_start();
                // "Inherits from base class [x](x.md)": up to three words before a link.
                let leads_to_link = words.split_whitespace().count() <= 3
                    && !words.contains([',', '.', ';', ':'])
                    && matches!(text.pieces.get(index + 1).map(|next| &next.kind), Some(PieceKind::Link { .. }));
                if words.is_empty() || is_namespace_before_name(words) || leads_to_link {
                    let next = text.pieces[index + 1..]
                        .iter()
                        .find(|next| !matches!(&next.kind, PieceKind::Plain(text) if text.trim().is_empty()))?;
                    match &next.kind {
                        PieceKind::Link { text, target } => {
                            let name = text.trim().trim_matches(['`', '*']);
                            let name = name.split_whitespace().next().unwrap_or_default();
                            return Some(TypeRef {
                                name: name.to_owned(),
                                target: Some(target.clone().into_owned()),
                                span: next.span,
                            });
                        }
                        PieceKind::Code(code) => {
                            return Some(TypeRef { name: code.trim().to_owned(), target: None, span: next.span });
                        }
                        PieceKind::Plain(word) if next.strong => {
                            return Some(TypeRef { name: word.trim().to_owned(), target: None, span: next.span });
                        }
                        _ => {}
                    }
                    continue;
                }
                let name: String =
                    words.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.')).collect();
                let name = name.trim_end_matches('.');
                if !name.is_empty() && super::type_expr::is_type_name(name) {
                    return Some(TypeRef { name: name.to_owned(), target: None, span: piece.span });
                }
            }
        }
    }
    None
}

//! Reads type cells: `String`, `Collection([x](x.md))`, `[x][] collection`,
//! `[a](a.md) or [b](b.md)`, `String (timestamp)`, …
//!
//! The first word or link in a cell that can be a type is the type. A collection is marked by the
//! word "collection" or by `[]`, or not at all. Sizes and remarks after the type are ignored,
//! except for a remark in parentheses that narrows a string: `String (timestamp)`.

use crate::nearest::is_slip;
use crate::page::{PieceKind, Text};
use crate::schema::{Primitive, TypeExpr, TypeItem, TypeRef};
use crate::source::{At, Span};
use crate::vocabulary::bare;

/// A word, mark or link of a cell.
#[derive(Clone, Debug)]
enum Token<'t> {
    Word(&'t str, Span),
    Link {
        text: &'t str,
        target: &'t str,
        span: Span,
    },
    Open,
    Close,
    /// `[]` after a name.
    Brackets,
    /// A comma, slash or line break.
    Separator,
}

/// Reads a type cell. `None` if it is empty or says that there is no type.
pub(crate) fn parse(cell: &Text<'_>) -> Option<At<TypeExpr>> {
    let all = tokens(cell);
    let tokens = behind_remark(&all);
    // Where a link names the type, the words before it are prose: "The requested, derived type of
    // [place](place.md)".
    let linked = tokens.iter().any(|token| matches!(token, Token::Link { .. }));
    if tokens.is_empty() || !linked && says_nothing(&cell.plain()) {
        return None;
    }
    let mut collection = false;
    let mut found: Vec<(TypeItem, Span)> = Vec::new();
    let mut in_parentheses = 0_usize;
    // The first word that is no type ends the type; after it, only `collection` still counts.
    let mut prose = false;
    let mut separated = false;
    let mut unclear = false;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Open => in_parentheses += 1,
            Token::Close => in_parentheses = in_parentheses.saturating_sub(1),
            Token::Brackets => collection |= found.len() <= 1 && !prose,
            Token::Separator => separated = !found.is_empty(),
            Token::Word(word, span) => {
                let lower = word.to_ascii_lowercase();
                match lower.as_str() {
                    // "Collection(", "collection of", "x collection"
                    word if COLLECTIONS.contains(&word) => collection |= !separated || found.len() > 1,
                    "list" if matches!(tokens.get(index + 1), Some(Token::Word(next, _)) if next.eq_ignore_ascii_case("of")) =>
                    {
                        collection = true;
                    }
                    _ if !found.is_empty() && is_slip(&lower, "collection") => collection |= !separated,
                    companion
                        if COMPANIONS.contains(&companion)
                            && (!found.is_empty() || more_follows(&tokens[index + 1..])) => {}
                    "or" | "and" => separated = !found.is_empty(),
                    _ if found.is_empty() && !prose => match Primitive::spelled(word) {
                        Some(primitive) => {
                            found.push((TypeItem::Primitive(narrow(primitive, &tokens[index + 1..])), *span))
                        }
                        None if linked => {}
                        None if is_type_name(word) => {
                            found.push((
                                TypeItem::Named(TypeRef { name: (*word).to_owned(), target: None, span: *span }),
                                *span,
                            ));
                        }
                        None => prose = true,
                    },
                    _ => {
                        // "Location header" is no type, but "x (preview)" and "x, since May" are.
                        unclear |= !prose && !separated && in_parentheses == 0 && is_bare(&found);
                        prose = true;
                    }
                }
            }
            // A link in a sentence that does not lead to the page of a type.
            Token::Link { text, target, .. } if !is_type_name(link_name(text).0) && !is_page(target) => prose = true,
            Token::Link { text, target, span } => {
                let (name, marked) = link_name(text);
                collection |= (marked || is_plural(target, name)) && found.is_empty();
                let item = match Primitive::spelled(name) {
                    Some(primitive) if !leads_to_type(target, name) => TypeItem::Primitive(primitive),
                    _ => TypeItem::Named(TypeRef {
                        name: name.to_owned(),
                        target: (!target.is_empty()).then(|| (*target).to_owned()),
                        span: *span,
                    }),
                };
                if found.is_empty() || separated && !prose {
                    found.push((item, *span));
                }
            }
        }
    }
    if unclear {
        found.clear();
    }
    let item = match found.len() {
        0 => TypeItem::Unclear(cell.plain().into_owned()),
        1 => found.remove(0).0,
        _ => one_of(found),
    };
    Some(At::new(TypeExpr { item, collection }, cell.span))
}

/// The word of a type cell that is a misspelling of "collection".
pub(crate) fn misspelt_collection(cell: &Text<'_>) -> Option<String> {
    tokens(cell).iter().skip(1).find_map(|token| match token {
        Token::Word(word, _) if !COLLECTIONS.contains(&word.to_ascii_lowercase().as_str()) => {
            is_slip(word, "collection").then(|| (*word).to_owned())
        }
        _ => None,
    })
}

/// Words that mark a collection.
const COLLECTIONS: [&str; 3] = ["collection", "collections", "array"];

/// The tokens behind a remark in parentheses that stands before the type: `(Optional) String`.
fn behind_remark<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    match tokens {
        [Token::Open, Token::Word(..), Token::Close, rest @ ..] if !rest.is_empty() => rest,
        _ => tokens,
    }
}

/// "None", "No content", "-": the cell says that there is no type.
fn says_nothing(text: &str) -> bool {
    let text = bare(text).to_ascii_lowercase();
    matches!(
        text.as_str(),
        "" | "none" | "n/a" | "no content" | "not applicable" | "nothing" | "void" | "no response" | "no response body"
    )
}

/// Returns true for a single name without a link.
fn is_bare(found: &[(TypeItem, Span)]) -> bool {
    matches!(found, [(TypeItem::Named(TypeRef { target: None, .. }), _)])
}

/// Combines several types of one cell; a repeated type counts once.
fn one_of(found: Vec<(TypeItem, Span)>) -> TypeItem {
    let mut types: Vec<TypeRef> = Vec::new();
    for (item, _) in &found {
        if let TypeItem::Named(name) = item
            && !types.iter().any(|known| known.name.eq_ignore_ascii_case(&name.name))
        {
            types.push(name.clone());
        }
    }
    if types.len() > 1 && types.len() == found.len() {
        TypeItem::OneOf(types)
    } else {
        found.into_iter().next().map_or(TypeItem::Unclear(String::new()), |(item, _)| item)
    }
}

/// Words beside the name of a type that do not change its meaning. If the cell has no other name,
/// such a word is the type itself.
const COMPANIONS: [&str; 18] = [
    "of",
    "a",
    "an",
    "the",
    "resource",
    "resources",
    "object",
    "objects",
    "type",
    "types",
    "enum",
    "enumeration",
    "entity",
    "complex",
    "one",
    "single",
    "untyped",
    "collection",
];

/// Returns true if a type may still follow, so that a word such as `object` only accompanies it.
fn more_follows(rest: &[Token<'_>]) -> bool {
    rest.iter().any(|token| match token {
        Token::Word(word, _) => is_type_name(word) && !COMPANIONS.contains(&word.to_ascii_lowercase().as_str()),
        Token::Link { .. } => true,
        _ => false,
    })
}

/// Narrows a string by the remark in parentheses: `String (timestamp)`.
fn narrow(primitive: Primitive, rest: &[Token<'_>]) -> Primitive {
    match (primitive, rest) {
        (Primitive::String, [Token::Open, Token::Word(word, _), ..]) => {
            Primitive::from_string_remark(word).unwrap_or(primitive)
        }
        _ => primitive,
    }
}

/// The name in the text of a link, and true if the text says that it is a collection.
fn link_name(text: &str) -> (&str, bool) {
    let text = text.trim().trim_matches(['`', '*']).trim_start_matches('#');
    let lower = text.to_ascii_lowercase();
    if let Some(inner) = lower.strip_prefix("collection(") {
        let inner = inner.trim_end_matches(')');
        return (text["collection(".len()..][..inner.len()].trim(), true);
    }
    if let Some(inner) = lower.strip_prefix("collection of ") {
        return (text[text.len() - inner.len()..].trim(), true);
    }
    for ending in [" collection", "[]"] {
        if lower.ends_with(ending) {
            return (text[..text.len() - ending.len()].trim(), true);
        }
    }
    for ending in [" resource type", " complex type", " entity type", " enum type", " resource", " object", " type"] {
        if lower.ends_with(ending) {
            return (text[..text.len() - ending.len()].trim(), false);
        }
    }
    (text, false)
}

/// Returns true if a link leads to a page of the reference.
fn is_page(target: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    path.to_ascii_lowercase().ends_with(".md") || target.starts_with('#')
}

/// Returns true if the target of a link is a page about the type itself. This allows a type named
/// `date`.
fn leads_to_type(target: &str, name: &str) -> bool {
    let target = target.split('#').next().unwrap_or_default();
    let stem = target.rsplit('/').next().unwrap_or_default();
    stem.strip_suffix(".md").is_some_and(|stem| {
        let stem = stem.rsplit('-').next().unwrap_or(stem);
        stem.eq_ignore_ascii_case(name)
    })
}

/// Returns true if a link's text is the plural of the name of its page: `[Lamps](lamp.md)`.
fn is_plural(target: &str, name: &str) -> bool {
    name.strip_suffix('s').is_some_and(|one| leads_to_type(target, one))
}

/// Returns true if a word can be the name of a type: an identifier, or several with dots between
/// them.
pub(crate) fn is_type_name(word: &str) -> bool {
    let word = word.trim_start_matches('#');
    word.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && !word.ends_with('.')
        && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
}

fn tokens<'t>(cell: &'t Text<'_>) -> Vec<Token<'t>> {
    let mut tokens = Vec::with_capacity(4);
    for piece in &cell.pieces {
        match &piece.kind {
            PieceKind::Plain(text) | PieceKind::Code(text) => words(text, piece.span, &mut tokens),
            PieceKind::Link { text, target } => tokens.push(Token::Link { text, target, span: piece.span }),
            PieceKind::Break => tokens.push(Token::Separator),
            PieceKind::Comment(_) => {}
        }
    }
    tokens
}

fn words<'t>(text: &'t str, span: Span, tokens: &mut Vec<Token<'t>>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_alphanumeric() || matches!(first, '_' | '#' | '@' | '$') {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '#' | '@' | '$' | '-')))
                .unwrap_or(rest.len());
            let word = rest[..end].trim_end_matches(['.', '-']);
            if !word.is_empty() {
                tokens.push(Token::Word(word, span));
            }
            rest = &rest[end..];
            continue;
        }
        if let Some(behind) = rest.strip_prefix("[]") {
            tokens.push(Token::Brackets);
            rest = behind;
            continue;
        }
        match first {
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            ',' | '/' | '|' | ';' => tokens.push(Token::Separator),
            _ => {}
        }
        rest = &rest[first.len_utf8()..];
    }
}

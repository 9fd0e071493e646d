//! Finds the response or the request body that a sentence names: a link to a type, a primitive
//! type, no body, bytes.

use crate::page::{Piece, PieceKind, Text, fold};
use crate::phrases::Haystack;
use crate::read::type_expr;
use crate::schema::operation::ResponseType;
use crate::schema::{Primitive, TypeExpr, TypeItem, TypeRef};

/// The success and redirection statuses that a text names, in order: `204 No Content`. "A
/// 200-series response code" is any of them.
pub(super) fn statuses(text: &str) -> Vec<u16> {
    let may_be_one = |digits: &[u8]| matches!(digits, [b'2' | b'3', b'0'..=b'9', b'0'..=b'9']);
    if !text.as_bytes().windows(3).any(may_be_one) {
        return Vec::new();
    }
    let words = || text.split(|c: char| !c.is_ascii_alphanumeric());
    let followed = words().zip(words().skip(1).chain([""]));
    let alone = followed.filter(|(word, next)| word.len() == 3 && !matches!(*next, "series" | "level"));
    alone
        .filter_map(|(word, _)| word.parse::<u16>().ok())
        // Registered ones: there is an "Office 365", too.
        .filter(|status| matches!(status, 200..=208 | 226 | 300..=308))
        .collect()
}

/// The response that a paragraph describes, if it does. `status` is the first status that it names.
pub(super) fn response(text: &Text<'_>, status: Option<u16>) -> Option<ResponseType> {
    let plain = text.plain();
    let lower = plain.to_ascii_lowercase();
    let words = Haystack::new(&lower);
    let says = |phrases: &[&str]| words.contains_any(phrases);
    let linked = linked_type(text);
    // "… and a [ship](ship.md) object. For a long-running operation, it returns an empty body": the
    // first case counts.
    let nothing = NOTHING.iter().filter_map(|phrase| words.find(phrase)).min();
    let named_before = |end: usize| {
        linked.is_some() && text.pieces.iter().any(|piece| {
        matches!(&piece.kind, PieceKind::Link { text, .. } if lower[..end].contains(&fold(text).to_ascii_lowercase()))
    })
    };
    if status == Some(204) || nothing.is_some_and(|at| !named_before(at)) {
        return Some(ResponseType::None);
    }
    if status == Some(302) || says(&["binary data", "the bytes", "binary content", "binary stream"]) {
        return Some(ResponseType::Stream);
    }
    if !says(&["return", "response body", "response code", "in the response", "response object", "responds"]) {
        return None;
    }
    let ty = linked.or_else(|| bold_type(text)).or_else(|| primitive(&plain)).or_else(|| truth(text))?;
    Some(match ty.item {
        TypeItem::Primitive(Primitive::Stream) => ResponseType::Stream,
        _ => ResponseType::Type(ty),
    })
}

/// Phrases that say that the response has no body.
const NOTHING: &[&str] = &[
    "does not return anything",
    "doesn't return anything",
    "not return a response body",
    "not return any",
    "no response body",
    "empty response",
    "no content in the response",
    "nothing in the response",
    "empty body",
    "response body is empty",
];

/// The first type that a text links to. The words around the link tell if it is a collection: "a
/// collection of [x](x.md) objects".
pub(super) fn linked_type(text: &Text<'_>) -> Option<TypeExpr> {
    let mut before = String::new();
    for (index, piece) in text.pieces.iter().enumerate() {
        if let PieceKind::Link { target, .. } = &piece.kind
            && leads_to_type(target)
            && !is_elsewhere(&before)
        {
            let mut types = vec![only(text, piece)?];
            let mut rest = &text.pieces[index + 1..];
            // "[a](a.md) or [b](b.md)", "[a](a.md), [b](b.md), or [c](c.md)"
            while let [between, next, behind @ ..] = rest
                && is_alternative(between, next, behind)
                && let PieceKind::Link { target, .. } = &next.kind
                && leads_to_type(target)
            {
                types.push(only(text, next)?);
                rest = behind;
            }
            let behind = match rest.first().map(|piece| &piece.kind) {
                Some(PieceKind::Plain(text)) => text,
                _ => "",
            };
            let collection = (types[0].collection || is_plural(piece)) && !(is_plural(piece) && said_one(behind))
                || said_before(&before)
                || said_behind(behind);
            let item = one_of(types)?;
            return Some(TypeExpr { item, collection });
        }
        match &piece.kind {
            PieceKind::Plain(text) | PieceKind::Code(text) | PieceKind::Link { text, .. } => before.push_str(text),
            PieceKind::Break => before.push(' '),
            PieceKind::Comment(_) => {}
        }
    }
    None
}

/// Returns true if the text before a link says that the linked thing is not the body: "a `Location`
/// header that leads to the", "a link to the", "the resource, expanded with the".
fn is_elsewhere(before: &str) -> bool {
    let sentence = before.rsplit(". ").next().unwrap_or_default().to_ascii_lowercase();
    let words = ["location", "a link to", "url to", "url of", "uri to", "uri of", "expanded with"];
    Haystack::new(&sentence).contains_any(&words)
}

/// Returns true if a link leads to a resource page.
fn leads_to_type(target: &str) -> bool {
    let page = target.split(['#', '?']).next().unwrap_or_default();
    let (folder, name) = page.rsplit_once('/').unwrap_or(("", page));
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let in_resources = folder.rsplit('/').next() == Some("resources");
    (in_resources || folder.is_empty() && name.ends_with(".md") && !stem.contains('-'))
        && !stem.is_empty()
        && !stem.to_ascii_lowercase().contains("error")
}

/// Returns true for `[ships](../resources/ship.md)`, where the text is the plural of the page's
/// name.
fn is_plural(piece: &Piece<'_>) -> bool {
    let PieceKind::Link { text, target } = &piece.kind else {
        return false;
    };
    let page = target.split(['#', '?']).next().unwrap_or_default();
    let stem = page.rsplit('/').next().unwrap_or_default();
    let stem = stem.strip_suffix(".md").unwrap_or(stem);
    let text = text.to_ascii_lowercase();
    text.strip_suffix('s').is_some_and(|singular| !singular.is_empty() && stem.to_ascii_lowercase().ends_with(singular))
        && !stem.to_ascii_lowercase().ends_with(&text)
}

/// Reads a single link as a type.
fn only<'a>(text: &Text<'a>, piece: &Piece<'a>) -> Option<TypeExpr> {
    let text = Text { span: text.span, pieces: vec![piece.clone()] };
    let ty = type_expr::parse(&text)?.value;
    (!matches!(ty.item, TypeItem::Unclear(_))).then_some(ty)
}

/// Returns true if `between` joins two alternatives: " or ", " and/or ", or a comma with " or "
/// further on.
fn is_alternative(between: &Piece<'_>, _next: &Piece<'_>, behind: &[Piece<'_>]) -> bool {
    let PieceKind::Plain(between) = &between.kind else {
        return false;
    };
    let or =
        |text: &str| matches!(text.trim().trim_start_matches(',').trim(), "or" | "and/or" | "or a" | "or an" | "/");
    or(between)
        || between.trim() == "," && behind.iter().any(|piece| matches!(&piece.kind, PieceKind::Plain(text) if or(text)))
}

fn one_of(types: Vec<TypeExpr>) -> Option<TypeItem> {
    let mut names: Vec<TypeRef> = Vec::new();
    let mut first = None;
    for ty in types {
        if let TypeItem::Named(name) = &ty.item
            && !names.iter().any(|known| known.name == name.name)
        {
            names.push(name.clone());
        }
        first.get_or_insert(ty.item);
    }
    if names.len() > 1 { Some(TypeItem::OneOf(names)) } else { first }
}

/// Returns true if the words before a link say that it is a collection: "a collection of", "a list
/// of the requested".
fn said_before(before: &str) -> bool {
    let sentence = before.rsplit(". ").next().unwrap_or_default().to_ascii_lowercase();
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let near = &words[words.len().saturating_sub(6)..];
    let of = near.windows(2).any(|pair| {
        matches!(pair[0], "collection" | "list" | "array" | "set" | "collections" | "page" | "zero" | "one")
            && matches!(pair[1], "of" | "or")
    });
    // "collection of" may stand before a longer phrase, but not before a relative clause.
    of && !near.contains(&"that") || near.last().is_some_and(|word| matches!(*word, "multiple" | "all" | "several"))
}

/// Returns true if the words after a link say that it is a collection: "objects", "object
/// collection", "collection".
fn said_behind(behind: &str) -> bool {
    let mut words = behind.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if behind.starts_with(['.', ',']) {
        return false;
    }
    match words.next().map(str::to_ascii_lowercase).as_deref() {
        Some("collection" | "collections" | "objects" | "resources" | "list" | "items" | "entities") => true,
        Some("object" | "resource") => words.next().is_some_and(|word| word.eq_ignore_ascii_case("collection")),
        _ => false,
    }
}

/// Returns true if the words after a link say that it is a single value: "object".
fn said_one(behind: &str) -> bool {
    let word = behind.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    matches!(word, Some("object" | "resource" | "entity"))
}

/// The type that is named in bold without a link: "an updated **alert** object".
pub(super) fn bold_type(text: &Text<'_>) -> Option<TypeExpr> {
    let mut before = String::new();
    for (index, piece) in text.pieces.iter().enumerate() {
        let (PieceKind::Plain(said) | PieceKind::Code(said)) = &piece.kind else {
            continue;
        };
        let behind = match text.pieces.get(index + 1).map(|piece| &piece.kind) {
            Some(PieceKind::Plain(text)) => text.trim_start(),
            _ => "",
        };
        let is_object = ["object", "resource", "collection", "entit"].iter().any(|word| behind.starts_with(word));
        if piece.strong && is_object && type_expr::is_type_name(said.trim()) {
            let name = TypeRef { name: said.trim().to_owned(), target: None, span: piece.span };
            return Some(TypeExpr {
                item: TypeItem::Named(name),
                collection: said_before(&before) || said_behind(behind),
            });
        }
        before.push_str(said);
    }
    None
}

/// The type of a response that is told by its two values: "a `true` value is returned in the
/// response body; otherwise, a `false` value".
fn truth(text: &Text<'_>) -> Option<TypeExpr> {
    let names = |word: &str| {
        text.pieces.iter().any(|piece| matches!(&piece.kind, PieceKind::Code(code) if code.eq_ignore_ascii_case(word)))
    };
    let item = TypeItem::Primitive(Primitive::Boolean);
    (names("true") && names("false")).then_some(TypeExpr { item, collection: false })
}

/// The primitive type of a phrase such as "and a String collection object in the response body".
fn primitive(plain: &str) -> Option<TypeExpr> {
    let lower = plain.to_ascii_lowercase();
    let end = lower.find(" in the response")?;
    let phrase = lower[..end].rsplit(" and ").next().unwrap_or_default();
    let words: Vec<&str> = phrase
        .split_whitespace()
        .filter(|word| {
            !matches!(*word, "a" | "an" | "the" | "object" | "objects" | "value" | "values" | "of" | "single")
        })
        .collect();
    let (names, marks): (Vec<&str>, Vec<&str>) =
        words.iter().copied().partition(|word| !matches!(*word, "collection" | "array" | "list"));
    let [name] = names.as_slice() else {
        return None;
    };
    let primitive = Primitive::spelled(name).filter(|primitive| *primitive != Primitive::Untyped)?;
    Some(TypeExpr { item: TypeItem::Primitive(primitive), collection: !marks.is_empty() })
}

//! The names in the cells of rows.

use crate::page::{PieceKind, Text};
use crate::phrases;
use crate::read::type_expr;
use crate::schema::{Primitive, TypeExpr, TypeItem};
use crate::source::At;

/// The name and the type in a cell, if only the pipe between the two is missing: `name String`,
/// `name [type](type.md) collection`.
pub(super) fn joined(cell: &Text<'_>) -> Option<(At<String>, At<TypeExpr>)> {
    let plain = cell.plain();
    let (name, rest) = plain.split_once(' ').filter(|(name, _)| is_property_name(name))?;
    let name = At::new(name.to_owned(), cell.span);
    if let Some(primitive) = Primitive::spelled(rest.trim()) {
        let ty = TypeExpr { item: TypeItem::Primitive(primitive), collection: false };
        return Some((name, At::new(ty, cell.span)));
    }
    let (first, rest) = cell.pieces.split_first()?;
    let PieceKind::Plain(text) = &first.kind else { return None };
    if text.trim() != name.value {
        return None;
    }
    let ty = type_expr::parse(&Text { span: cell.span, pieces: rest.to_vec() })?;
    let is_linked = matches!(&ty.value.item, TypeItem::Named(mention) if mention.target.is_some());
    is_linked.then_some((name, ty))
}

/// The title of a method and the type that it returns, if only the pipe between the two is missing:
/// `[List lamps](lamp-list.md) [lamp](lamp.md) collection`.
pub(super) fn joined_method(cell: &Text<'_>) -> Option<(At<String>, At<TypeExpr>)> {
    let (first, rest) = cell.pieces.split_first()?;
    let PieceKind::Link { text, .. } = &first.kind else { return None };
    let ty = type_expr::parse(&Text { span: cell.span, pieces: rest.to_vec() })?;
    Some((At::new(text.clone().into_owned(), cell.span), ty))
}

/// Returns true if a name is that of control information or an annotation (OData JSON 4.01, 4.6 and
/// 20), not of a property: `@odata.etag`, `odata.type`, `photo@odata.mediaReadLink`.
pub(crate) fn is_control_information(name: &str) -> bool {
    name.contains('@') || name.starts_with("odata.")
}

/// The single name in a cell: an identifier, in any formatting, without `(deprecated)`, footnote
/// marks and blanks.
pub(crate) fn property_name(cell: &Text<'_>) -> Option<At<String>> {
    let piece = cell.pieces.iter().find(|piece| match &piece.kind {
        PieceKind::Plain(text) | PieceKind::Code(text) | PieceKind::Link { text, .. } => {
            text.chars().any(char::is_alphanumeric)
        }
        PieceKind::Break | PieceKind::Comment(_) => false,
    })?;
    let plain = cell.plain();
    // Nearly all cells hold nothing but the name. Footnote marks are letters, but not of ASCII.
    if plain.is_ascii() && is_property_name(&plain) {
        return Some(At::new(plain.into_owned(), piece.span));
    }
    let mut text = &*plain;
    if let Some(at) = phrases::find(text, " (").or_else(|| text.find('(')) {
        let remark = text[at..].trim_start();
        let closed = remark.ends_with(')') || remark.trim_end_matches(['*', ' ', '.']).ends_with(')');
        if !closed {
            return None;
        }
        text = &text[..at];
    }
    if let Some(at) = phrases::find(text, " [").or_else(|| phrases::find(text, "[^")) {
        text = &text[..at];
    }
    let text = text
        .trim()
        .trim_end_matches(['*', '†', '‡', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', ':', ',', '.'])
        .trim_start_matches('*')
        .trim();
    let text = text.trim_matches(['`', '"', '\'', '\\']).trim();
    is_property_name(text).then(|| At::new(text.to_owned(), piece.span))
}

/// Returns true if a text can be the JSON name of a property. Tables may also list annotations
/// (`@microsoft.graph.downloadUrl`).
pub(crate) fn is_property_name(text: &str) -> bool {
    let body = text.strip_prefix('@').unwrap_or(text);
    let dotted = text.starts_with('@') || text.contains('@') || text.contains('.');
    body.chars().next().is_some_and(|first| first.is_alphanumeric() || first == '_')
        && body.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-' || dotted && matches!(c, '.' | '@'))
        && !body.ends_with(['.', '-'])
}

/// The name in a cell of a table of parameters or headers, without marks around it or a remark
/// after it: `*format*`, `{id}`, `id (deprecated)`.
pub(crate) fn parameter_name(cell: &Text<'_>) -> Option<At<String>> {
    let plain = cell.plain();
    let plain = plain.trim().trim_matches(['*', '_', '"', '\'', '`', '{', '}', '\\', ':']);
    let name = phrases::find(plain, " (").map_or(plain, |at| &plain[..at]).trim();
    (!name.is_empty()).then(|| At::new(name.to_owned(), cell.span))
}

/// The name of an enum member in a cell, without a remark in parentheses.
pub(super) fn member_name(cell: &Text<'_>) -> Option<At<String>> {
    let plain = cell.plain();
    let text = plain.split('(').next().unwrap_or_default().trim();
    let text = text.trim_matches(['`', '"', '\'', '*', '.', ',', '\\']).trim();
    is_member_name(text).then(|| At::new(text.to_owned(), cell.span))
}

pub(crate) fn is_member_name(text: &str) -> bool {
    text.chars().next().is_some_and(|first| first.is_alphanumeric() || first == '_')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '+'))
}

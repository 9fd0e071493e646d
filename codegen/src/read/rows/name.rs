//! Reads the name in the first cell of a row.

use super::cells::Cells;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::{PieceKind, Text};
use crate::read::{prose, type_expr};
use crate::schema::{Primitive, PropertySource, TypeExpr, TypeItem};
use crate::source::At;

/// The name in a row of a property table.
pub(super) struct Named {
    pub(super) name: At<String>,
    /// The type, if only the pipe between the two is missing: `| name String | description |`.
    pub(super) joined_type: Option<At<TypeExpr>>,
}

/// Reads the name of the property that a row describes. Returns `None` for headings of groups, for
/// control information and for the row of an empty table, and with a diagnostic for a row whose
/// first cell is no name. `shown` are the names in the JSON block.
pub(super) fn of_property(
    cells: &Cells<'_, '_>,
    source: PropertySource,
    shown: &[&str],
    diagnostics: &mut Diagnostics,
) -> Option<Named> {
    let cell = cells.name()?;
    let alone = property_name(cell).map(|name| Named { name, joined_type: None });
    let split = || split_name(cell, cells, shown, diagnostics);
    let Some(named) = alone.or_else(|| name_and_type(cell, cells)).or_else(split) else {
        let plain = cell.plain();
        let is_heading = plain.to_ascii_lowercase().starts_with("none") || cell.pieces.iter().any(|piece| piece.strong);
        if !(is_heading && cells.only_name()) {
            diagnostics.push(
                Diagnostic::new(
                    Code::RowWithoutName,
                    cell.span,
                    format!("`{plain}` cannot be a property's name, so the row was left out"),
                )
                .label("expected one name, such as `displayName`")
                .help("give each property a row of its own, with only its name in the first cell"),
            );
        }
        return None;
    };
    let name = named.name.value.as_str();
    // A table without properties has a row that says "None".
    let is_none = source != PropertySource::JsonBlock && name.eq_ignore_ascii_case("none");
    // A bold row with only a name divides the table, unless the name is a property in the JSON
    // block.
    let is_divider = is_strong(cell) && !shown.contains(&name);
    let is_heading = (is_none || is_divider) && cells.only_name();
    (!is_heading && !is_control_information(name)).then_some(named)
}

/// Reads `name String` in one cell of a row that has a cell too few.
fn name_and_type(cell: &Text<'_>, cells: &Cells<'_, '_>) -> Option<Named> {
    let (name, ty) = joined(cell).filter(|_| cells.lack_type())?;
    Some(Named { name, joined_type: Some(ty) })
}

/// The name and the type in a cell, if only the pipe between the two is missing: `name String`,
/// `name [type](type.md) collection`.
pub(crate) fn joined(cell: &Text<'_>) -> Option<(At<String>, At<TypeExpr>)> {
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

/// Reads the name of a property in the JSON block that blanks split: `light level`.
fn split_name(cell: &Text<'_>, cells: &Cells<'_, '_>, shown: &[&str], diagnostics: &mut Diagnostics) -> Option<Named> {
    let plain = cell.plain();
    let name: String = plain.split_whitespace().collect();
    if cells.only_name() || !shown.contains(&name.as_str()) {
        return None;
    }
    diagnostics.push(
        Diagnostic::new(Code::RowMalformed, cell.span, format!("`{plain}` is no name; did you mean `{name}`?"))
            .label(format!("read as `{name}`"))
            .help("remove the blanks"),
    );
    Some(Named { name: At::new(name, cell.span), joined_type: None })
}

fn is_strong(cell: &Text<'_>) -> bool {
    let mut seen = cell.pieces.iter().filter(|piece| match &piece.kind {
        PieceKind::Plain(text) | PieceKind::Code(text) | PieceKind::Link { text, .. } => !text.trim().is_empty(),
        PieceKind::Break | PieceKind::Comment(_) => false,
    });
    seen.clone().next().is_some() && seen.all(|piece| piece.strong)
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
    let mut text = plain.as_str();
    if let Some(at) = prose::find(text, " (").or_else(|| text.find('(')) {
        let remark = text[at..].trim_start();
        let closed = remark.ends_with(')') || remark.trim_end_matches(['*', ' ', '.']).ends_with(')');
        if !closed {
            return None;
        }
        text = &text[..at];
    }
    if let Some(at) = prose::find(text, " [").or_else(|| prose::find(text, "[^")) {
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

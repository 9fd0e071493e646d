//! Reads the rows of property, relationship and methods tables.

use super::sections::Columns;
use super::{facts, prose, type_expr, values};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::{PieceKind, Row, Table, Text};
use crate::schema::{DeclaredProperty, Description, MethodRow, Primitive, PropertySource, TypeExpr, TypeItem};
use crate::source::{At, Span};

/// The properties of a table, one for each row. A row that is left out has a diagnostic. `shown`
/// are the names in the JSON block.
pub(crate) fn properties(
    table: &Table<'_>,
    columns: &Columns,
    source: PropertySource,
    shown: &[&str],
    diagnostics: &mut Diagnostics,
) -> Vec<DeclaredProperty> {
    table.rows.iter().filter_map(|row| property(table, row, columns, source, shown, diagnostics)).collect()
}

fn property(
    table: &Table<'_>,
    row: &Row<'_>,
    columns: &Columns,
    source: PropertySource,
    shown: &[&str],
    diagnostics: &mut Diagnostics,
) -> Option<DeclaredProperty> {
    let mut shift = 0;
    let name_column = columns.name.unwrap_or(0);
    let mut name_cell = row.cells.get(name_column)?;
    if name_cell.is_empty() {
        // A row that is shifted by one column: "| | name | type | description |".
        let next = row
            .cells
            .get(name_column + 1)
            .filter(|cell| property_name(cell).is_some() && row.cells.len() > table.header.len());
        match next {
            Some(next) => {
                diagnostics.push(
                    Diagnostic::new(Code::RowMalformed, row.span, "the row is shifted by one column")
                        .label("its first cell is empty, and it has one cell too many")
                        .help("remove the pipe at the row's beginning"),
                );
                name_cell = next;
                shift = 1;
            }
            None if row.cells.iter().all(Text::is_empty) => return None,
            None => {
                diagnostics.push(
                    Diagnostic::new(
                        Code::RowWithoutName,
                        row.span,
                        "the row does not name a property, so it was left out",
                    )
                    .label("the first cell is empty")
                    .help("put the property's name into the first cell, or remove the row"),
                );
                return None;
            }
        }
    }
    let rest_empty =
        row.cells.iter().enumerate().all(|(column, cell)| column <= name_column + shift || cell.is_empty());
    let mut missing_pipe = None;
    let name = property_name(name_cell).or_else(|| {
        // "| name String | description |": the pipe between the two is missing.
        let (name, ty) = name_and_type(name_cell, columns, row, table)?;
        missing_pipe = Some(ty);
        Some(name)
    });
    let Some(name) = name else {
        let plain = name_cell.plain();
        // "None" means that the table is empty. A bold row without further cells is the heading of
        // a group.
        if !(rest_empty
            && (plain.to_ascii_lowercase().starts_with("none") || name_cell.pieces.iter().any(|piece| piece.strong)))
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::RowWithoutName,
                    name_cell.span,
                    format!("`{plain}` cannot be a property's name, so the row was left out"),
                )
                .label("expected one name, such as `displayName`")
                .help("give each property a row of its own, with only its name in the first cell"),
            );
        }
        return None;
    };
    if source != PropertySource::JsonBlock
        && name.value.eq_ignore_ascii_case("none")
        && row.cells.iter().skip(1).all(Text::is_empty)
    {
        return None;
    }
    // A bold row with only a name divides the table, unless the name is a property in the JSON
    // block.
    if rest_empty && is_strong(name_cell) && !shown.contains(&name.value.as_str()) {
        return None;
    }
    if is_control_information(&name.value) {
        return None;
    }
    if let Some(ty) = missing_pipe {
        diagnostics.push(
            Diagnostic::new(Code::RowMalformed, name_cell.span, format!("the row of `{}` lacks a pipe", name.value))
                .label(format!("read as `{}|{}`", name.value, name_cell.plain()[name.value.len()..].trim()))
                .help("set a pipe between the name and the type"),
        );
        let description_cell = row.cells.get(name_column + 1);
        return Some(DeclaredProperty {
            name,
            source,
            table_type: Some(ty),
            json: None,
            description: description_cell.and_then(prose::described),
            facts: description_cell.map(facts::of).unwrap_or_default(),
            navigation: None,
            values: description_cell.and_then(values::list),
        });
    }
    let type_cell = columns.ty.and_then(|column| row.cells.get(column + shift));
    let mut table_type = type_cell.and_then(type_expr::parse);
    let mut description_cell = columns.description.and_then(|column| row.cells.get(column + shift));
    if table_type.is_none() {
        match type_cell {
            Some(cell) if !cell.is_empty() && type_expr::parse(cell).is_none() => {}
            _ => diagnostics.push(
                Diagnostic::new(Code::TypeMissing, name.span, format!("the row of `{}` has no type", name.value))
                    .label("no type is given for this property")
                    .help("fill the type column, for example with `String`"),
            ),
        }
    } else if row.cells.len() == 2 && table.header.len() > 2 && description_cell.is_none() {
        // A pipe is missing: the type cell contains the description.
        let type_text = type_cell.map(Text::plain).unwrap_or_default();
        if type_text.split_whitespace().count() > 6 {
            diagnostics.push(
                Diagnostic::new(
                    Code::RowMalformed,
                    row.span,
                    format!("the row of `{}` has fewer cells than its header", name.value),
                )
                .label("a cell is missing"),
            );
            description_cell = type_cell;
            table_type = None;
        }
    }
    let expected = [columns.name, columns.ty, columns.description].into_iter().flatten().max().unwrap_or(0) + 1;
    if table_type.is_some() && description_cell.is_none() && row.cells.len() < expected {
        diagnostics.push(
            Diagnostic::new(
                Code::RowMalformed,
                row.span,
                format!("the row of `{}` has {} cells, its header {}", name.value, row.cells.len(), table.header.len()),
            )
            .label("a cell is missing")
            .help("add the missing cell, if only an empty one"),
        );
    }
    for (place, word, meant) in description_cell.map(facts::misspelt_operators).unwrap_or_default() {
        diagnostics.push(
            Diagnostic::new(Code::OperatorMisspelt, place, format!("`{word}` is no operator of `$filter`"))
                .label(format!("did you mean `{meant}`? It is read as that"))
                .help("correct the operator"),
        );
    }
    let mut facts = description_cell.map(facts::of).unwrap_or_default();
    if let Some(cell) = type_cell {
        qualify(&cell.plain().to_ascii_lowercase(), cell.span, &mut facts);
    }
    if facts.deprecation.is_none() {
        facts.deprecation = facts::deprecation::marked(&name_cell.plain(), name_cell.span);
    }
    let mut description = description_cell.and_then(prose::described);
    for (column, title) in &columns.others {
        let cell = row.cells.get(column + shift).filter(|cell| cell.plain() != "-");
        let Some((cell, said)) = cell.and_then(|cell| Some((cell, prose::described(cell)?))) else { continue };
        let more = description.get_or_insert_with(|| Description::new("", cell.span));
        more.push_text(" ");
        more.push_text(title);
        more.push_text(": ");
        let is_sentence = said.text().ends_with('.');
        more.append(said);
        if !is_sentence {
            more.push_text(".");
        }
    }
    let mut has_excess = false;
    for said in row.cells.iter().skip(table.header.len() + shift).filter_map(prose::described) {
        has_excess = true;
        match &mut description {
            Some(text) => {
                text.push_text(" | ");
                text.append(said);
            }
            None => description = Some(said),
        }
    }
    if has_excess {
        diagnostics.push(
            Diagnostic::new(
                Code::RowMalformed,
                row.span,
                format!("the row of `{}` has more cells than its header", name.value),
            )
            .label("what is beyond the header's columns was added to the description")
            .help("write a pipe inside a cell as `\\|`"),
        );
    }
    let values = description_cell.and_then(values::list);
    Some(DeclaredProperty { name, source, table_type, json: None, description, facts, values, navigation: None })
}

/// Reads `name String` in one cell of a row that has a cell too few.
fn name_and_type(
    cell: &Text<'_>,
    columns: &Columns,
    row: &Row<'_>,
    table: &Table<'_>,
) -> Option<(At<String>, At<TypeExpr>)> {
    let is_next = columns.ty == columns.name.map(|name| name + 1);
    if !is_next || row.cells.len() + 1 != table.header.len() {
        return None;
    }
    let plain = cell.plain();
    let (name, ty) = plain.split_once(' ')?;
    let item = TypeItem::Primitive(Primitive::spelled(ty.trim())?);
    let ty = At::new(TypeExpr { item, collection: false }, cell.span);
    is_property_name(name).then(|| (At::new(name.to_owned(), cell.span), ty))
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

/// Reads facts in a type cell, after the type: `string (readonly)`, `string, maximum size 20`.
fn qualify(lower: &str, span: Span, facts: &mut crate::schema::Facts) {
    if lower.contains("readonly") || lower.contains("read-only") || lower.contains("read only") {
        facts.read_only.get_or_insert(span);
    }
    if let Some(at) = lower
        .find("maximum size ")
        .map(|at| at + "maximum size ".len())
        .or_else(|| lower.find("max length ").map(|at| at + "max length ".len()))
    {
        let digits: String = lower[at..].chars().take_while(char::is_ascii_digit).collect();
        if let Ok(length) = digits.parse() {
            facts.max_length.get_or_insert(At::new(length, span));
        }
    }
    if lower.contains("(identifier)") || lower.contains("(key)") {
        facts.key.get_or_insert(span);
    }
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

/// The rows of a methods table that name a method. Bold rows are headings of groups.
pub(crate) fn methods(table: &Table<'_>) -> Vec<MethodRow> {
    let columns = Columns::of(table);
    let name_column = columns.name.unwrap_or(0);
    let mut rows = Vec::new();
    for row in &table.rows {
        let Some(cell) = row.cells.get(name_column).filter(|cell| !cell.is_empty()) else { continue };
        let target = cell.pieces.iter().find_map(|piece| match &piece.kind {
            PieceKind::Link { target, .. } => Some(At::new(target.clone().into_owned(), piece.span)),
            _ => None,
        });
        let rest_empty = row.cells.iter().skip(name_column + 1).all(Text::is_empty);
        if target.is_none() && rest_empty {
            continue;
        }
        rows.push(MethodRow {
            title: At::new(cell.plain(), cell.span),
            target,
            returns: columns.ty.and_then(|column| row.cells.get(column)).and_then(type_expr::parse),
            description: columns.description.and_then(|column| row.cells.get(column)).and_then(prose::described),
        });
    }
    rows
}

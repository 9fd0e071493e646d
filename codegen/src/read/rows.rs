//! Reads the rows of tables: [`read`] finds their cells and mends them, the same for all tables;
//! `property` and the readers of parameters and enum members say what the cells mean.

mod cells;
mod columns;
mod name;
mod property;

pub(super) use self::cells::{Cells, Lists, read};
pub(super) use self::columns::{Columns, header_span, header_unclear, headings};
pub(crate) use self::name::{is_control_information, is_member_name, is_property_name, parameter_name, property_name};
use super::{prose, type_expr};
use crate::diagnostics::Diagnostics;
use crate::page::{PieceKind, Table, Text};
use crate::schema::{DeclaredProperty, MethodRow, PropertySource};
use crate::source::At;

/// The properties of a table, one for each row. A row that is left out has a diagnostic. `shown`
/// are the names in the JSON block.
pub(super) fn properties(
    table: &Table<'_>,
    columns: &Columns,
    source: PropertySource,
    shown: &[&str],
    diagnostics: &mut Diagnostics,
) -> Vec<DeclaredProperty> {
    let rows = read(table, columns, Lists::Properties, shown, diagnostics);
    rows.into_iter().map(|cells| property::property(cells, source, diagnostics)).collect()
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

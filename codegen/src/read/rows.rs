//! Reads the rows of tables: [`read`] finds their cells and mends them, the same for all tables;
//! `property` and the readers of parameters and enum members say what the cells mean.

mod cells;
mod columns;
mod name;
mod property;

pub(super) use self::cells::{Cells, Lists, read};
pub(super) use self::columns::{Columns, header_span, header_unclear, headings};
pub(crate) use self::name::{is_control_information, is_member_name, is_property_name, parameter_name, property_name};
use crate::diagnostics::Diagnostics;
use crate::page::Table;
use crate::schema::{DeclaredProperty, MethodRow, PropertySource};

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

/// The rows of a methods table that name a method.
pub(super) fn methods(table: &Table<'_>, diagnostics: &mut Diagnostics) -> Vec<MethodRow> {
    let columns = Columns { others: Vec::new(), ..Columns::of(table) };
    columns.report_misspelt(table, diagnostics);
    let rows = read(table, &columns, Lists::Methods, &[], diagnostics);
    let row = |cells: Cells<'_, '_>| MethodRow {
        target: cells::link(cells.name_cell),
        description: cells.description(diagnostics),
        title: cells.name,
        returns: cells.ty,
    };
    rows.into_iter().map(row).collect()
}

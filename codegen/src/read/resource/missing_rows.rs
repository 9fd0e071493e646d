//! Writes the rows that a table lacks, for properties that only the JSON block shows.
//!
//! There is one right place for such a row if the block has the properties in the order of the
//! table: behind the row of the property before it. And there is one right type if the block states
//! it: a number may be of several types, and a sample text may be a date or an enum's member.

use super::tables::PropertyTable;
use crate::ordered;
use crate::page::Row;
use crate::schema::{DeclaredProperty, JsonItem, JsonShape, PropertySource};
use crate::source::{At, Span};

/// Sets the missing rows of properties.
pub(super) fn find(properties: &mut [DeclaredProperty], tables: &[PropertyTable<'_, '_>]) {
    let rows = tables.iter().flat_map(|table| table.table.rows.iter().map(move |row| (table, row)));
    let mut rows: Vec<Held<'_, '_, '_>> = rows.collect();
    ordered::sort_by_key(&mut rows, |(_, row)| row.span);
    let mut shown: Vec<&mut DeclaredProperty> =
        properties.iter_mut().filter(|property| property.json.is_some()).collect();
    ordered::sort_by_key(&mut shown, |property| property.json.as_ref().map(|json| json.span));
    let mut before = None;
    for property in shown {
        match property.source {
            PropertySource::Properties => before = holding(&rows, property.name.span),
            PropertySource::JsonBlock => {
                property.missing_row = before.and_then(|(table, row)| missing_row(property, table, row)).map(Box::new);
            }
            _ => {}
        }
    }
}

/// A row of a table.
type Held<'t, 'p, 'a> = (&'t PropertyTable<'p, 'a>, &'t Row<'a>);

/// The row for a property that comes behind another row of the table.
fn missing_row(property: &DeclaredProperty, table: &PropertyTable<'_, '_>, before: &Row<'_>) -> Option<At<String>> {
    let ty = type_text(&property.json.as_ref()?.value)?;
    let columns = &table.columns;
    let is_regular = !table.is_guessed && before.cells.len() == table.table.header.len();
    let (name, ty_column) = (columns.name.filter(|_| is_regular)?, columns.ty?);
    let cells = (0..before.cells.len()).map(|column| match column {
        _ if column == name => property.name.value.as_str(),
        _ if column == ty_column => ty.as_str(),
        _ => "",
    });
    let text = format!("\n|{}|", cells.collect::<Vec<_>>().join("|"));
    Some(At::new(text, Span { start: before.span.end, ..before.span }))
}

/// The row that holds a place, of rows in the order of their places.
fn holding<'t, 'p, 'a>(rows: &[Held<'t, 'p, 'a>], place: Span) -> Option<Held<'t, 'p, 'a>> {
    let behind = rows.partition_point(|(_, row)| row.span <= Span { end: u32::MAX, ..place });
    let (table, row) = *rows.get(behind.checked_sub(1)?)?;
    (row.span.file == place.file && place.end <= row.span.end).then_some((table, row))
}

/// The type in a cell, if the block leaves no doubt about it.
fn type_text(shape: &JsonShape) -> Option<String> {
    let item = match &shape.item {
        JsonItem::Primitive(primitive) => primitive.simple_name(),
        JsonItem::Boolean => "Boolean",
        JsonItem::Named(mention) => mention.name.trim_start_matches('#'),
        _ => return None,
    };
    Some(if shape.collection { format!("{item} collection") } else { item.to_owned() })
}

//! Writes the rows that a table lacks, for properties that only the JSON block shows.
//!
//! There is one right place for such a row if the block has the properties in the order of the
//! table: behind the row of the property before it. And there is one right type if the block states
//! it: a number may be of several types, and a sample text may be a date or an enum's member.

use super::tables::PropertyTable;
use crate::page::Row;
use crate::schema::{DeclaredProperty, JsonItem, JsonShape, PropertySource};
use crate::source::{At, Span};

/// Sets the missing rows of properties.
pub(super) fn find(properties: &mut [DeclaredProperty], tables: &[PropertyTable<'_, '_>]) {
    for index in 0..properties.len() {
        let property = &properties[index];
        if property.source == PropertySource::JsonBlock {
            properties[index].missing_row = row(property, properties, tables).map(Box::new);
        }
    }
}

fn row(
    property: &DeclaredProperty,
    properties: &[DeclaredProperty],
    tables: &[PropertyTable<'_, '_>],
) -> Option<At<String>> {
    let shape = property.json.as_ref()?;
    let ty = type_text(&shape.value)?;
    let shown = |other: &&DeclaredProperty| {
        let json = other.json.as_ref().filter(|_| other.source == PropertySource::Properties);
        json.is_some_and(|json| json.span < shape.span)
    };
    let before = properties.iter().filter(shown).max_by_key(|other| other.json.as_ref().map(|json| json.span))?;
    let (table, row) = tables.iter().find_map(|table| Some((table, holding(table, before.name.span)?)))?;
    let columns = &table.columns;
    let is_regular = !table.is_guessed && row.cells.len() == table.table.header.len();
    let (name, ty_column) = (columns.name.filter(|_| is_regular)?, columns.ty?);
    let cells = (0..row.cells.len()).map(|column| match column {
        _ if column == name => property.name.value.as_str(),
        _ if column == ty_column => ty.as_str(),
        _ => "",
    });
    let text = format!("\n|{}|", cells.collect::<Vec<_>>().join("|"));
    Some(At::new(text, Span { start: row.span.end, ..row.span }))
}

/// The row whose first cells hold a place.
fn holding<'t, 'a>(table: &'t PropertyTable<'_, 'a>, place: Span) -> Option<&'t Row<'a>> {
    let holds =
        |row: &&Row<'_>| row.span.file == place.file && row.span.start <= place.start && place.end <= row.span.end;
    table.table.rows.iter().find(holds)
}

/// The type in a cell, if the block leaves no doubt about it.
fn type_text(shape: &JsonShape) -> Option<String> {
    let item = match &shape.item {
        JsonItem::Primitive(primitive) => primitive.edm_name().trim_start_matches("Edm."),
        JsonItem::Boolean => "Boolean",
        JsonItem::Named(mention) => mention.name.trim_start_matches('#'),
        _ => return None,
    };
    Some(if shape.collection { format!("{item} collection") } else { item.to_owned() })
}

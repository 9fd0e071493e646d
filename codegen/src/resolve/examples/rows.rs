//! Finds rows that all examples contradict: a collection in the table, and a single value in each
//! example, or the other way round. Examples come from the real service, so they are right (in 3 of
//! 3 cases).

use crate::hashing::{HashMap, HashSet};

use super::super::fit::Shapes;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, QualifiedName, ValueType};
use crate::source::{FileId, Span};

/// The number of values that have to be shown.
const ENOUGH: usize = 2;

/// The rows whose properties are shown by examples.
#[derive(Default)]
pub(in super::super) struct ShownRows(HashMap<Span, Shown>);

/// Counts how often examples show a property as a list and as a single value.
#[derive(Default)]
struct Shown {
    lists: usize,
    singles: usize,
    /// One of the places that show it.
    place: Option<Span>,
}

impl ShownRows {
    /// Adds the properties that an example shows.
    pub(super) fn add(&mut self, shapes: Shapes) {
        for (row, value, is_list) in shapes {
            let shown = self.0.entry(row).or_default();
            *(if is_list { &mut shown.lists } else { &mut shown.singles }) += 1;
            shown.place.get_or_insert(value);
        }
    }
}

/// Reports the rows that are wrong, and changes the model accordingly. `declared` are the types in
/// the metadata.
pub(in super::super) fn follow(
    model: &mut Model,
    rows: &ShownRows,
    declared: &HashSet<&QualifiedName>,
    diagnostics: &mut Diagnostics,
) {
    for ty in model.types.iter_mut().filter(|ty| !declared.contains(&ty.name)) {
        for property in ty.properties.iter_mut().filter(|property| property.span.file != FileId::CONFIGURATION) {
            let Some(shown) = rows.0.get(&property.span) else { continue };
            let is_typed = !matches!(&property.ty.item, ValueType::Undocumented(_));
            let (against, with) =
                if property.ty.collection { (shown.singles, shown.lists) } else { (shown.lists, shown.singles) };
            let Some(place) = shown.place.filter(|_| is_typed && with == 0 && against >= ENOUGH) else { continue };
            let (said, seen) =
                if property.ty.collection { ("a collection", "one value") } else { ("one value", "a list") };
            diagnostics.push(
                Diagnostic::new(
                    Code::RowContradicted,
                    property.span,
                    format!("`{}` is {said} by its row, and {seen} in all {against} examples", property.name),
                )
                .label(format!("taken as {seen}"))
                .also(place, "shown here, for one")
                .help("correct the type in the table, or the examples"),
            );
            property.ty.collection = !property.ty.collection;
        }
    }
}

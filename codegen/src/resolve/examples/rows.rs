//! Finds rows that all examples contradict: a collection in the table, and a single value in each
//! example, or the other way round. Examples come from the real service, so they are right (in 3 of
//! 3 cases).

use std::collections::{HashMap, HashSet};

use super::super::fit::Checker;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json;
use crate::model::{Example, ExampleContent, Model, QualifiedName, ValueType};
use crate::parallel;
use crate::source::{FileId, SourceMap, Span};

/// The number of values that have to be shown.
const ENOUGH: usize = 2;

/// Counts how often examples show a property as a list and as a single value.
#[derive(Default)]
struct Shown {
    lists: usize,
    singles: usize,
    /// One of the places that show it.
    place: Option<Span>,
}

/// Reports the rows that are wrong, and changes the model accordingly.
pub(super) fn follow(
    model: &mut Model,
    examples: &[Example],
    sources: &SourceMap,
    declared: &HashSet<&QualifiedName>,
    diagnostics: &mut Diagnostics,
) {
    let checker = Checker::new(model);
    let found = parallel::map(examples, |example| {
        let ExampleContent::Typed { ty, envelope } = &example.content else { return Vec::new() };
        let document = json::parse_span(sources, example.body);
        checker.shapes(&document.value, ty, *envelope)
    });
    let mut rows: HashMap<Span, Shown> = HashMap::new();
    for (row, value, is_list) in found.into_iter().flatten() {
        let shown = rows.entry(row).or_default();
        *(if is_list { &mut shown.lists } else { &mut shown.singles }) += 1;
        shown.place.get_or_insert(value);
    }
    for ty in model.types.iter_mut().filter(|ty| !declared.contains(&ty.name)) {
        for property in ty.properties.iter_mut().filter(|property| property.span.file != FileId::CONFIGURATION) {
            let Some(shown) = rows.get(&property.span) else { continue };
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

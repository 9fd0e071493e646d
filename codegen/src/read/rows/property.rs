//! Reads a row of a table of properties or relationships.

use super::cells::Cells;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::read_as;
use crate::phrases;
use crate::read::{facts, values};
use crate::schema::{DeclaredProperty, Facts, PropertySource};
use crate::source::{At, Span};

/// The property of a row.
pub(super) fn property(
    cells: Cells<'_, '_>,
    source: PropertySource,
    diagnostics: &mut Diagnostics,
) -> DeclaredProperty {
    for (place, word, meant) in cells.described.map(facts::misspelt_operators).unwrap_or_default() {
        diagnostics.push(
            Diagnostic::new(Code::OperatorMisspelt, place, format!("`{word}` is no operator of `$filter`"))
                .label(read_as(meant))
                .help("correct the operator"),
        );
    }
    DeclaredProperty {
        source,
        json: None,
        description: cells.description(diagnostics),
        facts: facts_of(&cells),
        values: cells.described.and_then(values::list),
        navigation: None,
        missing_row: None,
        table_type: cells.ty,
        name: cells.name,
    }
}

/// The facts that the description, the type's cell and the name's cell state.
fn facts_of(cells: &Cells<'_, '_>) -> Facts {
    let mut facts = cells.described.map(facts::of).unwrap_or_default();
    if let Some(cell) = cells.type_cell {
        qualify(&cell.plain().to_ascii_lowercase(), cell.span, &mut facts);
    }
    if facts.deprecation.is_none() {
        facts.deprecation = cells.marked_deprecated();
    }
    facts
}

/// Reads facts in a type cell, after the type: `string (readonly)`, `string, maximum size 20`.
fn qualify(lower: &str, span: Span, facts: &mut Facts) {
    if lower.contains("readonly") || lower.contains("read-only") || lower.contains("read only") {
        facts.read_only.get_or_insert(span);
    }
    let behind = |phrase: &str| Some(phrases::find(lower, phrase)? + phrase.len());
    if let Some(at) = behind("maximum size ").or_else(|| behind("max length ")) {
        let digits: String = lower[at..].chars().take_while(char::is_ascii_digit).collect();
        if let Ok(length) = digits.parse() {
            facts.max_length.get_or_insert(At::new(length, span));
        }
    }
    if lower.contains("(identifier)") || lower.contains("(key)") {
        facts.key.get_or_insert(span);
    }
}

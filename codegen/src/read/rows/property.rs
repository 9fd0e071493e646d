//! Reads a row of a table of properties or relationships.

use super::cells::Cells;
use super::name::{self, Named};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::{Piece, PieceKind, Row, Table, Text};
use crate::read::sections::Columns;
use crate::read::{facts, prose, type_expr, values};
use crate::schema::{DeclaredProperty, Description, Facts, PropertySource, TypeExpr, TypeItem};
use crate::source::{At, Span};

/// The property of a row. A row that is left out has a diagnostic, unless it is a heading.
pub(super) fn property(
    table: &Table<'_>,
    row: &Row<'_>,
    columns: &Columns,
    source: PropertySource,
    shown: &[&str],
    diagnostics: &mut Diagnostics,
) -> Option<DeclaredProperty> {
    let mut cells = Cells::of(table, row, columns, diagnostics)?;
    let swapped = Columns { name: columns.ty, ty: columns.name, ..columns.clone() };
    if cells.are_swapped(shown) {
        diagnostics.push(swapped_cells(row));
        cells = Cells::of(table, row, &swapped, diagnostics)?;
    }
    let Named { name, joined_type } = name::of_property(&cells, source, shown, diagnostics)?;
    let (cells, table_type, described) = match joined_type {
        Some(ty) => {
            report_missing_pipe(&cells, &name, diagnostics);
            let cells = cells.with_joined_type();
            let described = cells.description();
            (cells, Some(ty), described)
        }
        None => {
            let (ty, described) = type_and_description(&cells, &name, diagnostics);
            (cells, ty, described)
        }
    };
    for (place, word, meant) in described.map(facts::misspelt_operators).unwrap_or_default() {
        diagnostics.push(
            Diagnostic::new(Code::OperatorMisspelt, place, format!("`{word}` is no operator of `$filter`"))
                .label(format!("did you mean `{meant}`? It is read as that"))
                .help("correct the operator"),
        );
    }
    Some(DeclaredProperty {
        source,
        table_type,
        json: None,
        description: description(&cells, &name, described, diagnostics),
        facts: facts_of(&cells, &name, described),
        values: described.and_then(values::list),
        navigation: None,
        name,
    })
}

/// Says that the name and the type of a row stand in each other's place.
pub(in crate::read) fn swapped_cells(row: &Row<'_>) -> Diagnostic {
    Diagnostic::new(Code::RowMalformed, row.span, "the name and the type of this row stand in each other's place")
        .label("read the other way round")
        .help("swap the two cells")
}

fn report_missing_pipe(cells: &Cells<'_, '_>, name: &At<String>, diagnostics: &mut Diagnostics) {
    let Some(cell) = cells.name() else { return };
    let plain = cell.plain();
    let ty = plain.strip_prefix(name.value.as_str()).unwrap_or_default().trim();
    let mut problem =
        Diagnostic::new(Code::RowMalformed, cell.span, format!("the row of `{}` lacks a pipe", name.value))
            .label(format!("read as `{}|{ty}`", name.value))
            .help("set a pipe between the name and the type");
    // The pipe belongs into the place of the blank behind a name without marks.
    let starts = |piece: &&Piece<'_>| matches!(&piece.kind, PieceKind::Plain(text) if text.starts_with(&name.value));
    if let Some(first) = cell.pieces.first().filter(starts) {
        let blank = first.span.start + name.value.len() as u32;
        problem = problem.fix(Span { start: blank, end: blank + 1, ..first.span }, "|");
    }
    diagnostics.push(problem);
}

/// The type, and the cell with the description.
fn type_and_description<'a, 'p>(
    cells: &Cells<'a, 'p>,
    name: &At<String>,
    diagnostics: &mut Diagnostics,
) -> (Option<At<TypeExpr>>, Option<&'a Text<'p>>) {
    let (cell, described) = (cells.ty(), cells.description());
    let Some(ty) = cell.and_then(type_expr::parse) else {
        if cell.is_none_or(Text::is_empty) {
            diagnostics.push(
                Diagnostic::new(Code::TypeMissing, name.span, format!("the row of `{}` has no type", name.value))
                    .label("no type is given for this property")
                    .help("fill the type column, for example with `String`"),
            );
        }
        return (None, described);
    };
    if let Some(cell) = cell.filter(|cell| has_broken_link(cell)) {
        let message = format!("the link in the type of `{}` is broken, so that markdown shows its marks", name.value);
        diagnostics.push(
            Diagnostic::new(Code::RowMalformed, cell.span, message)
                .label("expected `[type](page.md)`, in one line and without a blank between the brackets")
                .help("correct the link"),
        );
    }
    let (row, header) = (cells.row(), cells.header());
    if let (TypeItem::Unclear(_), Some(other)) = (&ty.value.item, described)
        && let Some(meant) = type_expr::parse(other).filter(|meant| matches!(meant.value.item, TypeItem::Primitive(_)))
        && other.plain().split_whitespace().count() <= 2
    {
        let message = format!("the type and the description of `{}` stand in each other's place", name.value);
        diagnostics.push(
            Diagnostic::new(Code::RowMalformed, row.span, message)
                .label("read the other way round")
                .help("swap the two cells"),
        );
        return (Some(meant), cell);
    }
    if let Some(word) = cell.and_then(type_expr::misspelt_collection) {
        let message = format!("`{word}` in the type of `{}` means nothing; did you mean `collection`?", name.value);
        diagnostics.push(
            Diagnostic::new(Code::RowMalformed, ty.span, message)
                .label("read as `collection`")
                .help("correct the word"),
        );
    }
    if described.is_some() {
        return (Some(ty), described);
    }
    let is_sentence = |cell: &Text<'_>| cell.plain().split_whitespace().count() > 6;
    if row.cells.len() == 2 && header.len() > 2 && cell.is_some_and(is_sentence) {
        let message = format!("the row of `{}` has fewer cells than its header", name.value);
        diagnostics.push(Diagnostic::new(Code::RowMalformed, row.span, message).label("a cell is missing"));
        return (None, cell);
    }
    if cells.lack_last() {
        let (cells, columns) = (row.cells.len(), header.len());
        let message = format!("the row of `{}` has {cells} cells, its header {columns}", name.value);
        diagnostics.push(
            Diagnostic::new(Code::RowMalformed, row.span, message)
                .label("a cell is missing")
                .help("add the missing cell, if only an empty one"),
        );
    }
    (Some(ty), None)
}

/// Returns true if the text of a cell holds the marks of a link with a mistake: `[x(x.md)`,
/// `[x] (x.md)`, `[x](x.md`.
fn has_broken_link(cell: &Text<'_>) -> bool {
    let plain = cell.plain();
    plain.contains('[') && ["(#", ".md", "(http"].iter().any(|target| plain.contains(target))
}

/// The facts that the description, the type's cell and the name's cell state.
fn facts_of(cells: &Cells<'_, '_>, name: &At<String>, described: Option<&Text<'_>>) -> Facts {
    let mut facts = described.map(facts::of).unwrap_or_default();
    if let Some(cell) = cells.ty() {
        qualify(&cell.plain().to_ascii_lowercase(), cell.span, &mut facts);
    }
    // The mark behind the name, not the name itself: a property may be called `deprecated`.
    let mark = cells.name().map(|cell| cell.plain().replacen(name.value.as_str(), "", 1)).unwrap_or_default();
    if facts.deprecation.is_none() {
        facts.deprecation = facts::deprecation::marked(&mark, name.span);
    }
    facts
}

/// Reads facts in a type cell, after the type: `string (readonly)`, `string, maximum size 20`.
fn qualify(lower: &str, span: Span, facts: &mut Facts) {
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

/// The description, with the text of other columns and of cells beyond the header.
fn description(
    cells: &Cells<'_, '_>,
    name: &At<String>,
    described: Option<&Text<'_>>,
    diagnostics: &mut Diagnostics,
) -> Option<Description> {
    let mut description = described.and_then(prose::described);
    for (title, cell) in cells.others().filter(|(_, cell)| cell.plain() != "-") {
        let Some(said) = prose::described(cell) else { continue };
        let text = description.get_or_insert_with(|| Description::new("", cell.span));
        text.push_text(" ");
        text.push_text(title);
        text.push_text(": ");
        let is_sentence = said.text().ends_with('.');
        text.append(said);
        if !is_sentence {
            text.push_text(".");
        }
    }
    let mut excess = cells.beyond().filter_map(prose::described).peekable();
    if excess.peek().is_some() {
        let message = format!("the row of `{}` has more cells than its header", name.value);
        diagnostics.push(
            Diagnostic::new(Code::RowMalformed, cells.row().span, message)
                .label("what is beyond the header's columns was added to the description")
                .help("write a pipe inside a cell as `\\|`"),
        );
    }
    for said in excess {
        match &mut description {
            Some(text) => {
                text.push_text(" | ");
                text.append(said);
            }
            None => description = Some(said),
        }
    }
    description
}

//! Reads tables of parameters and of headers.

use super::{Part, PartKind};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::{Cell, Piece, PieceKind, Row, Table, Text};
use crate::read::resource::{guess, holds_types, is_type};
use crate::read::{prose, rows, type_expr, values};
use crate::schema::operation::{Header, Parameter, ParameterPlace};
use crate::schema::{Description, TypeExpr, TypeItem, ValueList};
use crate::source::At;
use crate::vocabulary::{Column, QueryOption};

/// The parameters in the path, in the query and of functions.
pub(super) fn read(parts: &[Part<'_, '_>], diagnostics: &mut Diagnostics) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for part in parts {
        if let PartKind::Parameters(place) = part.kind {
            for table in part.tables() {
                parameters.extend(members(table, place, diagnostics));
            }
        }
    }
    parameters
}

/// The rows of a table of parameters or properties. Empty if its header says that it lists
/// something else.
pub(super) fn members(table: &Table<'_>, place: ParameterPlace, diagnostics: &mut Diagnostics) -> Vec<Parameter> {
    let headings = headings(table);
    let stated = column(&headings, Column::Parameter);
    // A column "Value" beside the names holds types where no other does.
    let of_types = column(&headings, Column::Type);
    let guessed = match (stated, of_types) {
        (Some(name), Some(ty)) if holds_types(table, name) => {
            guess(table).filter(|columns| columns.name == Some(ty) && columns.ty == Some(name))
        }
        (None, _) if place == ParameterPlace::Body => guess(table),
        _ => None,
    };
    if guessed.is_some() {
        let cells: Vec<String> = table.header.iter().map(Cell::plain).collect();
        let header = table.header.first().map_or(table.span, |cell| cell.span);
        let message = format!("the header `{}` does not say what the columns hold", cells.join("|"));
        diagnostics.push(
            Diagnostic::new(Code::HeaderUnclear, header, message)
                .label("told by what stands below")
                .help("head the table `Parameter|Type|Description`"),
        );
    }
    let of_types = guessed.as_ref().map_or(of_types, |columns| columns.ty);
    let Some(name) = guessed.as_ref().map_or(stated, |columns| columns.name) else { return Vec::new() };
    let ty = of_types.or_else(|| headings.iter().position(|heading| heading == "value"));
    let described = column(&headings, Column::Description);
    let description = guessed.as_ref().map_or(described, |columns| columns.description);
    let required = column(&headings, Column::Required);
    let mut members: Vec<Parameter> = Vec::new();
    for row in &table.rows {
        let (name, ty) = match ty {
            Some(ty) if is_swapped(row, name, ty) => {
                diagnostics.push(rows::swapped_cells(row));
                (ty, Some(name))
            }
            _ => (name, ty),
        };
        let Some(cell) = named_cell(table, row, name, diagnostics) else {
            continue;
        };
        let mut text = row.cells.get(name).map_or(String::new(), cell_name);
        let joined = ty.and_then(|ty| joined(row, name, ty, table.header.len()));
        check_cells(table, row, &text, joined.is_some(), diagnostics);
        let shift = usize::from(joined.is_some());
        let type_cell = ty.filter(|_| joined.is_none()).and_then(|index| row.cells.get(index));
        // A value in the place of a type: `%unique_string%`.
        let can_be_type = |cell: &&Cell<'_>| of_types.is_some() || !cell.plain().contains(['%', '{', '<', '"']);
        let ty = type_cell.filter(can_be_type).and_then(type_expr::parse).filter(|ty| match &ty.value.item {
            TypeItem::Unclear(text) => {
                diagnostics.push(
                    Diagnostic::new(
                        Code::TypeUnclear,
                        ty.span,
                        format!("the type of parameter `{}` cannot be understood: `{text}`", cell_name(cell)),
                    )
                    .help("write a primitive type, or a link to the page that describes the type"),
                );
                false
            }
            _ => true,
        });
        let ty = match joined {
            Some((alone, ty)) => {
                text = alone;
                Some(ty)
            }
            None => ty,
        };
        if let Some(known) = members.iter().find(|known| known.name.value == text && place == ParameterPlace::Body) {
            diagnostics.push(
                Diagnostic::new(Code::PropertyRepeated, cell.span, format!("`{text}` is described twice"))
                    .label("again here")
                    .also(known.name.span, "first described here")
                    .help("remove one of the two rows"),
            );
            continue;
        }
        let cell_of_text = description.and_then(|index| row.cells.get(index.checked_sub(shift)?));
        let described = cell_of_text.and_then(prose::described);
        let said = required.and_then(|index| row.cells.get(index)).map(|cell| cell.plain());
        let said = said.or_else(|| type_cell.and_then(remark_before_type));
        members.push(Parameter {
            name: At::new(text, cell.span),
            place,
            ty,
            required: is_required(said.as_deref(), described.as_ref()),
            is_nullable: false,
            description: described,
            values: cell_of_text.and_then(values::list),
        });
    }
    members
}

/// Returns true if the cell of the name holds a type, and that of the type a name.
fn is_swapped(row: &Row<'_>, name: usize, ty: usize) -> bool {
    let (Some(first), Some(second)) = (row.cells.get(name), row.cells.get(ty)) else { return false };
    is_type(first) && !is_type(second) && rows::property_name(second).is_some()
}

/// The name and the type of a row, if only the pipe between the two is missing.
fn joined(row: &Row<'_>, name: usize, ty: usize, columns: usize) -> Option<(String, At<TypeExpr>)> {
    let cell = row.cells.get(name).filter(|_| ty == name + 1 && row.cells.len() + 1 == columns)?;
    rows::joined(cell).map(|(name, ty)| (name.value, ty))
}

/// Reports a row with too many or too few cells.
fn check_cells(table: &Table<'_>, row: &Row<'_>, name: &str, is_joined: bool, diagnostics: &mut Diagnostics) {
    let columns = table.header.len();
    let has_more = row.cells.iter().skip(columns).any(|cell| !cell.is_empty());
    let (message, help) = match row.cells.len() {
        _ if is_joined => (format!("the row of `{name}` lacks a pipe"), "set a pipe between the name and the type"),
        _ if has_more => {
            (format!("the row of `{name}` has more cells than its header"), "write a pipe inside a cell as `\\|`")
        }
        1 if columns > 2 => {
            (format!("the row of `{name}` has one cell, its header {columns}"), "add the missing cells")
        }
        _ => return,
    };
    diagnostics.push(Diagnostic::new(Code::RowMalformed, row.span, message).help(help));
}

/// Adds values that tables below the rows list. The section, or a sentence in it, names the
/// parameter that has these values.
pub(super) fn values_below(parts: &[&Part<'_, '_>], rows: &mut [Parameter]) {
    for part in parts {
        for table in part.tables() {
            let headings = headings(table);
            let lists = headings.first().is_some_and(|first| first.ends_with("value") || first.ends_with("values"));
            if !lists || column(&headings, Column::Parameter).is_some() {
                continue;
            }
            let names = |text: &Text<'_>, name: &str| {
                let named = |piece: &Piece<'_>| match &piece.kind {
                    PieceKind::Code(text) => text.eq_ignore_ascii_case(name),
                    PieceKind::Plain(text) => piece.strong && text.trim().eq_ignore_ascii_case(name),
                    _ => false,
                };
                text.pieces.iter().any(named)
            };
            let Some(row) = rows.iter_mut().find(|row| part.texts().any(|text| names(text, &row.name.value))) else {
                continue;
            };
            let cells = table.rows.iter().filter_map(|row| row.cells.first());
            let values = cells.map(|cell| At::new(cell_name(cell), cell.span));
            let values: Vec<At<String>> = values.filter(|value| is_value(&value.value)).collect();
            if row.values.as_ref().is_none_or(|known| known.values.len() < values.len()) && values.len() > 1 {
                row.values = Some(ValueList { values, evolvable: Vec::new(), closed: true, flags: false });
            }
        }
    }
}

/// Returns true if the cell consists of one word.
fn is_value(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// The request headers.
pub(super) fn headers(parts: &[Part<'_, '_>], diagnostics: &mut Diagnostics) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for table in parts.iter().filter(|part| part.kind == PartKind::Headers).flat_map(Part::tables) {
        let headings = headings(table);
        let Some(name) = column(&headings, Column::Header) else {
            continue;
        };
        let description = column(&headings, Column::Description).or_else(|| column(&headings, Column::HeaderValue));
        for row in &table.rows {
            let Some(cell) = named_cell(table, row, name, diagnostics) else {
                continue;
            };
            let described = description.and_then(|index| row.cells.get(index)).and_then(prose::described);
            headers.push(Header {
                name: At::new(cell_name(cell), cell.span),
                required: is_required(None, described.as_ref()),
                description: described.map(|said| said.to_markdown()),
            });
        }
    }
    headers
}

/// The system query options, such as `$select`, that the section on query parameters mentions as
/// supported.
pub(super) fn query_options(parts: &[Part<'_, '_>]) -> Vec<At<String>> {
    let mut options: Vec<At<String>> = Vec::new();
    for part in parts.iter().filter(|part| part.kind == PartKind::Parameters(ParameterPlace::Query)) {
        let names = part.tables().flat_map(|table| table.rows.iter().filter_map(|row| row.cells.first()));
        for text in part.texts().chain(names) {
            let plain = text.plain().to_ascii_lowercase();
            let denied = ["not support", "n't support", "not available", "isn't supported"]
                .iter()
                .any(|words| plain.contains(words));
            for piece in text.pieces.iter().filter(|_| !denied) {
                let (PieceKind::Code(said) | PieceKind::Plain(said) | PieceKind::Link { text: said, .. }) = &piece.kind
                else {
                    continue;
                };
                for word in said.split(|c: char| !c.is_ascii_alphabetic() && c != '$') {
                    if let Some(option) = QueryOption::named(word).map(QueryOption::name)
                        && !options.iter().any(|known| known.value == option)
                    {
                        options.push(At::new(option.to_owned(), piece.span));
                    }
                }
            }
        }
    }
    options
}

/// The headings of a table's columns in lower case, without punctuation at the ends.
pub(super) fn headings(table: &Table<'_>) -> Vec<String> {
    let heading = |cell: &Cell<'_>| cell.plain().trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    table.header.iter().map(heading).collect()
}

/// The first column with one of the headings for `wanted`; the clearest heading is tried first.
fn column(headings: &[String], wanted: Column) -> Option<usize> {
    wanted.headings().iter().find_map(|name| headings.iter().position(|heading| heading == name))
}

/// The cell with the name in a row. A row without a name is reported, except for a bold row that
/// only divides the table.
fn named_cell<'r, 'a>(
    table: &Table<'_>,
    row: &'r Row<'a>,
    name: usize,
    diagnostics: &mut Diagnostics,
) -> Option<&'r Cell<'a>> {
    let cell = row.cells.get(name).filter(|cell| !cell_name(cell).is_empty());
    let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
    if filled == 0 {
        return None;
    }
    if let Some(cell) = cell {
        let divides = filled == 1
            && table.header.len() > 1
            && cell.pieces.iter().any(|piece| piece.strong)
            && cell.plain().contains(' ');
        return (!divides).then_some(cell);
    }
    diagnostics.push(
        Diagnostic::new(Code::RowWithoutName, row.span, "the row has no name")
            .help("put the name into the first column"),
    );
    None
}

/// The name in a cell, without marks around it or a remark after it: `*format*`, `{id}`,
/// `id (deprecated)`.
fn cell_name(cell: &Cell<'_>) -> String {
    let plain = cell.plain();
    let plain = plain.trim().trim_matches(['*', '_', '"', '\'', '`', '{', '}', '\\', ':']);
    let name = prose::find(plain, " (").map_or(plain, |at| &plain[..at]);
    name.trim().to_owned()
}

/// `(Optional) String`: what stands in parentheses before the type.
fn remark_before_type(cell: &Cell<'_>) -> Option<String> {
    let plain = cell.plain();
    let (remark, _) = plain.trim_start().strip_prefix('(')?.split_once(')')?;
    Some(remark.to_owned())
}

/// "Required." or "Optional." as a word of its own in the column for it, or at a sentence's begin
/// or end in the description.
fn is_required(column: Option<&str>, description: Option<&Description>) -> Option<bool> {
    if let Some(said) = column {
        let said = said.trim().to_ascii_lowercase();
        return match said.chars().next()? {
            'y' | 'r' | 't' => Some(true),
            'n' | 'o' | 'f' => Some(false),
            _ => None,
        };
    }
    prose::sentences(&description?.to_markdown()).into_iter().find_map(|sentence| {
        let lower = sentence.to_ascii_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        match bare {
            "required" => Some(true),
            "optional" => Some(false),
            _ if bare.ends_with(" is required") => Some(true),
            _ if bare.ends_with(" is optional") => Some(false),
            _ => None,
        }
    })
}

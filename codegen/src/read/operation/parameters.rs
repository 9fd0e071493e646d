//! Reads tables of parameters and of headers.

use super::{Part, PartKind};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::hashing::HashMap;
use crate::page::{Cell, Piece, PieceKind, Table, Text};
use crate::read::rows::{self, Cells, Columns, Lists, header_span, header_unclear, headings};
use crate::read::{prose, type_expr, values};
use crate::schema::operation::{Header, Parameter, ParameterPlace};
use crate::schema::{Description, TypeExpr, TypeItem, ValueList};
use crate::source::At;
use crate::vocabulary::{self, Column, QueryOption};

/// The parameters in the path, in the query and of functions.
pub(super) fn read(parts: &[Part<'_, '_>], diagnostics: &mut Diagnostics) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let lists = |part: &Part<'_, '_>| matches!(part.kind, PartKind::Parameters(_) | PartKind::Body);
    let is_listed = parts.iter().any(|part| lists(part) && !part.tables().is_empty());
    for part in parts {
        for table in part.tables() {
            match part.kind {
                PartKind::Parameters(place) => parameters.extend(members(table, place, diagnostics)),
                PartKind::Permissions | PartKind::Request | PartKind::Headers
                    if !is_listed && says_parameters(table) =>
                {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::RowOutside,
                            header_span(table),
                            "this table is not under a heading for parameters; it was read, as its header says that \
                             it lists them",
                        )
                        .help("move it below \"Function parameters\" or \"Request body\""),
                    );
                    parameters.extend(members(table, ParameterPlace::Function, diagnostics));
                }
                _ => {}
            }
        }
    }
    parameters
}

/// Returns true for tables like `Parameter|Type|Description`.
fn says_parameters(table: &Table<'_>) -> bool {
    let headings = headings(table);
    headings.first().is_some_and(|first| matches!(first.as_str(), "parameter" | "parameters" | "parameter name"))
        && column(&headings, Column::Type).is_some()
}

/// The rows of a table of parameters or properties. Empty if its header says that it lists
/// something else.
pub(super) fn members(table: &Table<'_>, place: ParameterPlace, diagnostics: &mut Diagnostics) -> Vec<Parameter> {
    let headings = headings(table);
    let Some(columns) = columns(table, &headings, place, diagnostics) else { return Vec::new() };
    let required = column(&headings, Column::Required);
    let mut members: Vec<Parameter> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::default();
    for cells in rows::read(table, &columns, Lists::Parameters, &[], diagnostics) {
        let name = &cells.name;
        let first = places.get(&name.value).filter(|_| place == ParameterPlace::Body);
        if let Some(first) = first {
            diagnostics.push(
                Diagnostic::new(Code::PropertyRepeated, name.span, format!("`{}` is described twice", name.value))
                    .label("again here")
                    .also(members[*first].name.span, "first described here")
                    .help("remove one of the two rows"),
            );
            continue;
        }
        places.insert(name.value.clone(), members.len());
        let type_cell = cells.type_cell.or_else(|| columns.value.and_then(|column| cells.at(column)));
        let description = cells.description(diagnostics);
        let said = required.and_then(|column| cells.at(column)).map(|cell| cell.plain().into_owned());
        let said = said.or_else(|| type_cell.and_then(remark_before_type));
        members.push(Parameter {
            place,
            ty: ty(&cells, type_cell, diagnostics),
            required: is_required(said.as_deref(), description.as_ref()),
            is_nullable: false,
            description,
            values: cells.described.and_then(values::list),
            name: cells.name,
        });
    }
    members
}

/// The columns of a table of parameters or properties, by its header or else by its cells.
fn columns(
    table: &Table<'_>,
    headings: &[String],
    place: ParameterPlace,
    diagnostics: &mut Diagnostics,
) -> Option<Columns> {
    let stated = Columns {
        name: column(headings, Column::Parameter),
        ty: column(headings, Column::Type),
        description: column(headings, Column::Description),
        value: headings.iter().position(|heading| heading == "value"),
        ..Columns::default()
    };
    let is_unclear = stated.are_swapped(table) || stated.name.is_none() && place == ParameterPlace::Body;
    let guessed = if is_unclear { Columns::guess(table) } else { None };
    let Some(guessed) = guessed else { return stated.name.map(|_| stated) };
    diagnostics.push(header_unclear(table, "Parameter|Type|Description"));
    Some(guessed)
}

/// The type of a row. Without a column of types, one of values holds them; some cells in it are
/// values all the same: `%unique_string%`.
fn ty(cells: &Cells<'_, '_>, cell: Option<&Cell<'_>>, diagnostics: &mut Diagnostics) -> Option<At<TypeExpr>> {
    let is_value = |cell: &&Cell<'_>| cell.plain().contains(['%', '{', '<', '"']);
    let in_values = || cell.filter(|cell| cells.type_cell.is_none() && !is_value(cell)).and_then(type_expr::parse);
    let ty = cells.ty.clone().or_else(in_values)?;
    let TypeItem::Unclear(text) = &ty.value.item else { return Some(ty) };
    let message = format!("the type of parameter `{}` cannot be understood: `{text}`", cells.name.value);
    diagnostics.push(
        Diagnostic::new(Code::TypeUnclear, ty.span, message)
            .help("write a primitive type, or a link to the page that describes the type"),
    );
    None
}

/// Adds values that tables below the rows list. The section, or a sentence in it, names the
/// parameter that has these values.
pub(super) fn values_below(parts: &[&Part<'_, '_>], rows: &mut [Parameter]) {
    for part in parts {
        let texts = part.texts();
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
            let Some(row) = rows.iter_mut().find(|row| texts.iter().any(|text| names(text, &row.name.value))) else {
                continue;
            };
            let cells = table.rows.iter().filter_map(|row| row.cells.first());
            let values: Vec<At<String>> =
                cells.filter_map(rows::parameter_name).filter(|value| is_value(&value.value)).collect();
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
        let stated = column(&headings, Column::Header);
        if stated.is_none() {
            diagnostics.push(header_unclear(table, "Header|Value"));
        }
        let name = stated.unwrap_or(0);
        let description = column(&headings, Column::Description).or_else(|| column(&headings, Column::HeaderValue));
        let description = description.or(Some(1)).filter(|column| *column != name);
        let columns = Columns { name: Some(name), description, ..Columns::default() };
        for cells in rows::read(table, &columns, Lists::Headers, &[], diagnostics) {
            let described = cells.description(diagnostics);
            headers.push(Header {
                required: is_required(None, described.as_ref()),
                description: described.map(|said| said.to_markdown()),
                name: cells.name,
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
        let tables = part.tables();
        let names = tables.iter().flat_map(|table| table.rows.iter().filter_map(|row| row.cells.first()));
        for text in part.texts().into_iter().chain(names) {
            let plain = text.plain().to_ascii_lowercase();
            let denied = ["not support", "n't support", "no support", "not available", "not currently support"]
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

/// The first column with one of the headings for `wanted`; the clearest heading is tried first.
fn column(headings: &[String], wanted: Column) -> Option<usize> {
    wanted.headings().iter().find_map(|name| headings.iter().position(|heading| heading == name))
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
        let bare = vocabulary::bare(&lower);
        match bare {
            "required" => Some(true),
            "optional" => Some(false),
            _ if bare.ends_with(" is required") => Some(true),
            _ if bare.ends_with(" is optional") => Some(false),
            _ => None,
        }
    })
}

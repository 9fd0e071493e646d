//! The columns of a table, found by its header, or else by what stands in them.

use super::name::{member_name, property_name};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::hint;
use crate::page::{Cell, Table, Text};
use crate::read::type_expr;
use crate::schema::TypeItem;
use crate::source::Span;
use crate::vocabulary::{Column, bare};

/// The content of a table's columns, by position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Columns {
    /// The column with the names of properties, methods or members.
    pub(in crate::read) name: Option<usize>,
    /// The heading of that column: `property`, `relationship`, `method`, `member`, …
    pub(in crate::read) names: String,
    /// The column with their types.
    pub(in crate::read) ty: Option<usize>,
    /// The column with their descriptions.
    pub(in crate::read) description: Option<usize>,
    /// The column with the numbers of enum members.
    pub(in crate::read) value: Option<usize>,
    /// All other columns, with their headings.
    pub(in crate::read) others: Vec<(usize, String)>,
    /// Columns whose headings are misspelt, with what is meant.
    pub(in crate::read) misspelt: Vec<(usize, &'static str)>,
}

impl Columns {
    /// The columns of a table on a resource page by its header.
    pub(in crate::read) fn of(table: &Table<'_>) -> Columns {
        let mut columns = Columns::default();
        for (index, cell) in table.header.iter().enumerate() {
            let text = cell.plain();
            let mut lower = bare(&text).to_ascii_lowercase();
            if let Some(meant) = Column::misspelt(&lower) {
                columns.misspelt.push((index, meant));
                meant.clone_into(&mut lower);
            }
            match lower.as_str() {
                heading if Column::Type.is(heading) && columns.ty.is_none() && index > 0 => columns.ty = Some(index),
                heading if Column::Description.is(heading) && columns.description.is_none() && index > 0 => {
                    columns.description = Some(index);
                }
                heading if Column::Value.is(heading) && columns.value.is_none() && index > 0 => {
                    columns.value = Some(index);
                }
                "" => {}
                _ if columns.name.is_none() && (index == 0 || is_name_header(&lower)) => {
                    columns.name = Some(index);
                    columns.names = lower;
                }
                _ if index > 0 => columns.others.push((index, text.into_owned())),
                _ => {}
            }
        }
        columns
    }

    /// Guesses the columns of a table from their cells: names are single words that are no types;
    /// types can be read as types; the description is the longest text.
    pub(in crate::read) fn guess(table: &Table<'_>) -> Option<Columns> {
        let width = table.header.len();
        let cells = |column: usize| {
            table.rows.iter().filter_map(move |row| row.cells.get(column)).filter(|cell| !cell.is_empty())
        };
        let most = |column: usize, holds: &dyn Fn(&Text<'_>) -> bool| {
            let (all, held) =
                cells(column).fold((0, 0), |(all, held), cell| (all + 1, held + usize::from(holds(cell))));
            all > 0 && held * 3 >= all * 2
        };
        let ty = (0..width).find(|column| most(*column, &is_type))?;
        let name = (0..width).find(|column| *column != ty && most(*column, &|cell| property_name(cell).is_some()))?;
        let length = |column: &usize| cells(*column).map(|cell| cell.plain().len()).sum::<usize>();
        let description = (0..width).filter(|column| *column != ty && *column != name).max_by_key(length);
        Some(Columns {
            name: Some(name),
            names: "property".to_owned(),
            ty: Some(ty),
            description,
            ..Columns::default()
        })
    }

    /// Guesses the columns of a table of enum members: the first with single words is that of the
    /// names, one with numbers that of the values.
    pub(in crate::read) fn guess_members(table: &Table<'_>) -> Option<Columns> {
        let width = table.header.len();
        let all = |column: usize, holds: &dyn Fn(&Text<'_>) -> bool| {
            let mut cells = table.rows.iter().filter_map(|row| row.cells.get(column)).peekable();
            cells.peek().is_some() && cells.all(holds)
        };
        let is_name = |cell: &Text<'_>| member_name(cell).is_some() && !is_number(cell);
        let name = (0..width).find(|column| all(*column, &is_name))?;
        let value = (0..width).find(|column| *column != name && all(*column, &is_number));
        let description = (0..width).find(|column| *column != name && Some(*column) != value);
        Some(Columns { name: Some(name), names: "member".to_owned(), value, description, ..Columns::default() })
    }

    /// Returns true if the column of the names of enum members holds their numbers.
    pub(in crate::read) fn hold_numbers(&self, table: &Table<'_>) -> bool {
        let mut names = table.rows.iter().filter_map(|row| row.cells.get(self.name?)).peekable();
        names.peek().is_some() && names.all(is_number)
    }

    /// The columns with names and types in each other's place.
    pub(in crate::read) fn swapped(self) -> Self {
        Columns { name: self.ty, ty: self.name, ..self }
    }

    /// Returns true if the column of the names holds types, and that of the types names.
    pub(in crate::read) fn are_swapped(&self, table: &Table<'_>) -> bool {
        let (Some(name), Some(ty)) = (self.name, self.ty) else { return false };
        let cells = |column: usize| table.rows.iter().filter_map(move |row| row.cells.get(column));
        table.rows.len() > 1
            && cells(name).all(is_type)
            && cells(ty).all(|cell| !is_type(cell) && property_name(cell).is_some())
    }

    /// Reports the misspelt headings of a table.
    pub(in crate::read) fn report_misspelt(&self, table: &Table<'_>, diagnostics: &mut Diagnostics) {
        for (column, meant) in &self.misspelt {
            let Some(cell) = table.header.get(*column) else { continue };
            let meant = format!("{}{}", meant[..1].to_ascii_uppercase(), &meant[1..]);
            diagnostics.push(
                Diagnostic::new(
                    Code::HeaderUnclear,
                    cell.span,
                    format!("the column `{}` is not known{}", cell.plain(), hint(Some(&meant))),
                )
                .label(format!("read as `{meant}`"))
                .help("correct the heading of the column")
                .fix(cell.span, meant),
            );
        }
    }

    /// Returns true for tables like `Property|Type|Description`.
    pub(in crate::read) fn is_property_table(&self) -> bool {
        self.ty.is_some() && (Column::Property.is(&self.names) || Column::Relationship.is(&self.names))
    }

    /// Returns true if the header says that the table lists relationships.
    pub(in crate::read) fn says_relationships(&self) -> bool {
        Column::Relationship.is(&self.names)
    }

    /// Returns true for tables like `Method|Return type|Description`.
    pub(in crate::read) fn is_method_table(&self) -> bool {
        Column::Method.is(&self.names)
    }

    /// Returns true if no heading tells what the columns hold: empty cells, or dashes.
    pub(in crate::read) fn says_nothing(&self) -> bool {
        !self.names.contains(char::is_alphanumeric) && self.ty.is_none()
    }

    /// Returns true for tables like `Member|Value|Description`.
    pub(in crate::read) fn is_member_table(&self) -> bool {
        Column::Member.is(&self.names) && self.ty.is_none()
    }

    /// The last column with a meaning.
    pub(super) fn last(&self) -> usize {
        [self.name, self.ty, self.description, self.value].into_iter().flatten().max().unwrap_or(0)
    }
}

/// The headings of a table's columns in lower case, without punctuation at the ends.
pub(in crate::read) fn headings(table: &Table<'_>) -> Vec<String> {
    let heading = |cell: &Cell<'_>| bare(&cell.plain()).to_ascii_lowercase();
    table.header.iter().map(heading).collect()
}

/// The diagnostic of a table whose header does not name the columns. `usual` is a header that does.
pub(in crate::read) fn header_unclear(table: &Table<'_>, usual: &str) -> Diagnostic {
    let cells: Vec<_> = table.header.iter().map(Cell::plain).collect();
    let message = format!("the header `{}` does not say what the columns hold", cells.join("|"));
    Diagnostic::new(Code::HeaderUnclear, header_span(table), message)
        .label("told by what stands below")
        .help(format!("head the table `{usual}`"))
}

/// The place of a table's header.
pub(in crate::read) fn header_span(table: &Table<'_>) -> Span {
    match (table.header.first(), table.header.last()) {
        (Some(first), Some(last)) => Span { end: last.span.end.max(first.span.end), ..first.span },
        _ => table.span,
    }
}

/// Returns true if a cell is a number.
pub(super) fn is_number(cell: &Text<'_>) -> bool {
    cell.plain().trim().parse::<i64>().is_ok()
}

fn is_name_header(lower: &str) -> bool {
    lower.contains("name") || matches!(lower, "property" | "relationship" | "member" | "method" | "parameter")
}

/// Returns true if a cell is a primitive type, or a link to the page of a type.
pub(super) fn is_type(cell: &Text<'_>) -> bool {
    type_expr::parse(cell).is_some_and(|ty| match ty.value.item {
        TypeItem::Primitive(_) => true,
        TypeItem::Named(name) => name.target.is_some() || ty.value.collection || name.name.contains('.'),
        TypeItem::OneOf(_) => true,
        TypeItem::Unclear(_) => false,
    })
}

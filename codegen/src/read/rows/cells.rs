//! The one reader of rows. Given the columns of a table and the kind of things that it lists, it
//! returns each row as a name and the cells of the other columns.
//!
//! Mistakes in the cells of a row are mended and reported here, in the same way for all tables: a
//! pipe too many or too few, cells in each other's place, a name with blanks in it. Callers decide
//! what the cells mean for a property, a parameter or a member.

use super::columns::{Columns, is_number, is_type};
use super::name::{self, joined, joined_method, property_name};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::hint;
use crate::page::{Piece, PieceKind, Row, Table, Text};
use crate::read::facts::deprecation;
use crate::read::{prose, type_expr};
use crate::schema::{Deprecation, Description, TypeExpr, TypeItem};
use crate::source::{At, Span};

/// What the rows of a table describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Lists {
    Properties,
    Parameters,
    Headers,
    Members,
    Methods,
}

impl Lists {
    fn one(self) -> &'static str {
        match self {
            Lists::Properties => "property",
            Lists::Parameters => "parameter",
            Lists::Headers => "header",
            Lists::Members => "member",
            Lists::Methods => "method",
        }
    }

    /// The content of the column that is told together with that of the names.
    fn second(self) -> &'static str {
        if self == Lists::Members { "value" } else { "type" }
    }

    /// The name in a cell.
    fn name(self, cell: &Text<'_>) -> Option<At<String>> {
        match self {
            Lists::Properties => property_name(cell),
            Lists::Parameters | Lists::Headers => name::parameter_name(cell),
            Lists::Members => name::member_name(cell),
            Lists::Methods => Some(At::new(cell.plain().into_owned(), cell.span)),
        }
    }
}

/// A row: its name and the cells of the other columns.
pub(in crate::read) struct Cells<'a, 'p> {
    pub(in crate::read) row: &'a Row<'p>,
    pub(in crate::read) name: At<String>,
    /// The cell of the name, with remarks and marks around it.
    pub(in crate::read) name_cell: &'a Text<'p>,
    pub(in crate::read) ty: Option<At<TypeExpr>>,
    /// The cell of the type, or that of an enum member's number. There is none of its own where
    /// name and type are in one cell.
    pub(in crate::read) type_cell: Option<&'a Text<'p>>,
    pub(in crate::read) described: Option<&'a Text<'p>>,
    columns: &'a Columns,
    /// True if the row ends before the last column with a meaning.
    is_short: bool,
    /// The number of cells that the header has.
    width: usize,
    /// The number of columns by which the cells after the name are shifted to the right.
    shift: isize,
}

/// Reads the rows of a table. A row that is left out has a diagnostic, unless it is empty, or bold
/// and only divides the table. `shown` are the names in the JSON block.
pub(in crate::read) fn read<'a, 'p>(
    table: &'a Table<'p>,
    columns: &'a Columns,
    lists: Lists,
    shown: &[&str],
    diagnostics: &mut Diagnostics,
) -> Vec<Cells<'a, 'p>> {
    let reader = Reader { table, columns, lists, shown };
    let rows: Vec<Cells<'a, 'p>> = table.rows.iter().filter_map(|row| reader.row(row, diagnostics)).collect();
    let mut short = rows.iter().filter(|cells| cells.is_short);
    if let Some(first) = short.next() {
        let more = short.count();
        let rest = if more == 0 { String::new() } else { format!(" (and {more} more rows of the table)") };
        diagnostics.push(first.too_few(&rest, "a cell is missing"));
    }
    rows
}

struct Reader<'a, 'p, 's> {
    table: &'a Table<'p>,
    columns: &'a Columns,
    lists: Lists,
    shown: &'s [&'s str],
}

impl<'a, 'p> Reader<'a, 'p, '_> {
    fn row(&self, row: &'a Row<'p>, diagnostics: &mut Diagnostics) -> Option<Cells<'a, 'p>> {
        if row.cells.iter().all(Text::is_empty) {
            return None;
        }
        let columns = self.columns;
        let second = if self.lists == Lists::Members { columns.value } else { columns.ty };
        let (mut shift, mut name, mut ty) = (0_isize, columns.name.unwrap_or(0), second);
        if row.cells.get(name).is_none_or(Text::is_empty) {
            self.check_shifted(row, name, diagnostics)?;
            (shift, name, ty) = (1, name + 1, ty.map(|column| column + 1));
        }
        if let Some(other) = ty.filter(|other| self.are_swapped(row, name, *other)) {
            diagnostics.push(swapped(row, &format!("the name and the {} of this row", self.lists.second())));
            (name, ty) = (other, Some(name));
        }
        let name_cell = row.cells.get(name)?;
        let lacks_type = ty == Some(name + 1) && row.cells.len() + 1 == self.width();
        let mut joined_type = None;
        let joined = || if self.lists == Lists::Methods { joined_method(name_cell) } else { joined(name_cell) };
        let named = match lacks_type.then(joined).flatten() {
            Some((name, joined)) => {
                diagnostics.push(lacks_pipe(name_cell, &name));
                (shift, ty, joined_type) = (-1, None, Some(joined));
                name
            }
            None => self.name(row, name, diagnostics)?,
        };
        let mut cells = Cells {
            row,
            name: named,
            name_cell,
            type_cell: ty.and_then(|column| row.cells.get(column)),
            described: None,
            columns,
            is_short: false,
            width: self.width(),
            shift,
            ty: joined_type,
        };
        cells.described = columns.description.and_then(|column| cells.at(column));
        if columns.ty.is_none() || !self.check_type(&mut cells, diagnostics) {
            cells.is_short = cells.described.is_none() && row.cells.len() <= columns.last();
        }
        Some(cells)
    }

    fn width(&self) -> usize {
        self.table.header.len()
    }

    /// Reports a row whose cell of the name is empty. Returns `None` if the row has no name, and
    /// else the name is in the next cell: "| | name | type | description |".
    fn check_shifted(&self, row: &Row<'_>, name: usize, diagnostics: &mut Diagnostics) -> Option<()> {
        let is_name = |cell: &&Text<'_>| match self.lists {
            Lists::Methods => link(cell).is_some(),
            _ => property_name(cell).is_some(),
        };
        let next = row.cells.get(name + 1).filter(|_| row.cells.len() > self.width()).filter(is_name);
        diagnostics.push(match next {
            Some(next) => Diagnostic::new(Code::RowMalformed, row.span, "the row is shifted by one column")
                .label("its first cell is empty, and it has one cell too many")
                .help("remove the pipe at the row's beginning")
                .fix(Span { end: next.span.start, ..row.span }, "|"),
            None => {
                let message = format!("the row does not name a {}, so it was left out", self.lists.one());
                Diagnostic::new(Code::RowWithoutName, row.span, message)
                    .label("the cell of the name is empty")
                    .help("put the name into its cell, or remove the row")
            }
        });
        next.map(|_| ())
    }

    /// Returns true if the cell of the name holds a type, and that of the type a name.
    fn are_swapped(&self, row: &Row<'_>, name: usize, ty: usize) -> bool {
        let (Some(first), Some(second)) = (row.cells.get(name), row.cells.get(ty)) else { return false };
        let is_shown = |cell| property_name(cell).is_some_and(|name| self.shown.contains(&name.value.as_str()));
        match self.lists {
            Lists::Properties => is_shown(second) && !is_shown(first) && is_type(first),
            Lists::Members => is_number(first) && !is_number(second) && name::member_name(second).is_some(),
            Lists::Methods => false,
            _ => is_type(first) && !is_type(second) && property_name(second).is_some(),
        }
    }

    /// Reads the name. Returns `None` for headings of groups, for control information and for the
    /// row of an empty table, and with a diagnostic for a row whose first cell is no name.
    fn name(&self, row: &Row<'_>, column: usize, diagnostics: &mut Diagnostics) -> Option<At<String>> {
        let cell = row.cells.get(column)?;
        let is_alone = self.width() > 1 && row.cells.iter().skip(column + 1).all(Text::is_empty);
        let divides = || match property_name(cell) {
            _ if self.lists == Lists::Methods => link(cell).is_none(),
            // A bold name with nothing behind it may be a parameter or a member, but a property has
            // a type.
            Some(word) if self.lists == Lists::Properties && is_strong(cell) => {
                !self.shown.contains(&word.value.as_str())
            }
            Some(_) => self.lists != Lists::Members && cell.plain().eq_ignore_ascii_case("none"),
            None => {
                cell.plain().to_ascii_lowercase().starts_with("none") || cell.pieces.iter().any(|piece| piece.strong)
            }
        };
        if is_alone && divides() {
            return None;
        }
        let split = || if is_alone { None } else { self.split_name(cell, diagnostics) };
        if let Some(name) = self.lists.name(cell).or_else(split) {
            let is_left_out = self.lists == Lists::Properties && name::is_control_information(&name.value);
            return (!is_left_out).then_some(name);
        }
        let one = self.lists.one();
        let plain = cell.plain();
        diagnostics.push(
            Diagnostic::new(
                Code::RowWithoutName,
                cell.span,
                format!("`{plain}` cannot be a {one}'s name, so the row was left out"),
            )
            .label("expected one name, such as `displayName`")
            .help(format!("give each {one} a row of its own, with only its name in the first cell")),
        );
        None
    }

    /// Reads the name of a property in the JSON block that blanks split: `light level`.
    fn split_name(&self, cell: &Text<'_>, diagnostics: &mut Diagnostics) -> Option<At<String>> {
        let plain = cell.plain();
        let name: String = plain.split_whitespace().collect();
        if !self.shown.contains(&name.as_str()) {
            return None;
        }
        diagnostics.push(
            Diagnostic::new(Code::RowMalformed, cell.span, format!("`{plain}` is no name{}", hint(Some(&name))))
                .label(format!("read as `{name}`"))
                .help("remove the blanks")
                .fix(cell.span, name.clone()),
        );
        Some(At::new(name, cell.span))
    }

    /// Reads the type, and reports what is wrong with its cell. Returns true if that explains why
    /// the row has too few cells.
    fn check_type(&self, cells: &mut Cells<'_, '_>, diagnostics: &mut Diagnostics) -> bool {
        if cells.ty.is_some() {
            return true;
        }
        let name = &cells.name;
        let Some((cell, ty)) = cells.type_cell.and_then(|cell| Some((cell, type_expr::parse(cell)?))) else {
            // A method may return nothing.
            if self.lists != Lists::Methods && cells.type_cell.is_none_or(Text::is_empty) {
                diagnostics.push(
                    Diagnostic::new(Code::TypeMissing, name.span, format!("the row of `{}` has no type", name.value))
                        .label(format!("no type is given for this {}", self.lists.one()))
                        .help("fill the type column, for example with `String`"),
                );
            }
            return self.lists != Lists::Methods;
        };
        let misplaced = cells.described.filter(|_| matches!(ty.value.item, TypeItem::Unclear(_))).and_then(|other| {
            type_expr::parse(other).filter(|meant| {
                matches!(meant.value.item, TypeItem::Primitive(_)) && other.plain().split_whitespace().count() <= 2
            })
        });
        if let Some(meant) = misplaced {
            diagnostics.push(swapped(cells.row, &format!("the type and the description of `{}`", name.value)));
            (cells.ty, cells.described) = (Some(meant), Some(cell));
            return true;
        }
        let plain = cell.plain();
        let is_prose = |words: usize| words > 6 || words > 1 && plain.ends_with('.');
        let lacks_one = cells.row.cells.len() + 1 == self.width() && cells.described.is_none();
        if lacks_one && is_prose(plain.split_whitespace().count()) {
            diagnostics.push(cells.too_few("", "the cell of the type is missing"));
            (cells.type_cell, cells.described) = (None, Some(cell));
            return true;
        }
        if has_broken_link(&plain) {
            let message =
                format!("the link in the type of `{}` is broken, so that markdown shows its marks", name.value);
            diagnostics.push(
                Diagnostic::new(Code::RowMalformed, cell.span, message)
                    .label("expected `[type](page.md)`, in one line and without a blank between the brackets")
                    .help("correct the link"),
            );
        }
        if let Some(word) = type_expr::misspelt_collection(cell) {
            let message = format!("`{word}` in the type of `{}` means nothing{}", name.value, hint(Some("collection")));
            diagnostics.push(
                Diagnostic::new(Code::RowMalformed, ty.span, message)
                    .label("read as `collection`")
                    .help("correct the word"),
            );
        }
        cells.ty = Some(ty);
        false
    }
}

impl<'a, 'p> Cells<'a, 'p> {
    /// The cell in a column of the header.
    pub(in crate::read) fn at(&self, column: usize) -> Option<&'a Text<'p>> {
        self.row.cells.get(column.checked_add_signed(self.shift)?)
    }

    /// The description, with the text of other columns and of cells beyond the header.
    pub(in crate::read) fn description(&self, diagnostics: &mut Diagnostics) -> Option<Description> {
        let mut description = self.described.and_then(prose::described);
        let others = self.columns.others.iter().filter_map(|(column, title)| Some((title, self.at(*column)?)));
        for (title, cell) in others.filter(|(_, cell)| cell.plain() != "-") {
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
        let beyond = self.row.cells.iter().skip(self.width.saturating_add_signed(self.shift));
        let mut excess = beyond.filter_map(prose::described).peekable();
        if excess.peek().is_some() {
            let message = format!("the row of `{}` has more cells than its header", self.name.value);
            diagnostics.push(
                Diagnostic::new(Code::RowMalformed, self.row.span, message)
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

    /// The remark behind the name that it is deprecated. The name itself does not count: a property
    /// may be called `deprecated`.
    pub(in crate::read) fn marked_deprecated(&self) -> Option<At<Deprecation>> {
        let plain = self.name_cell.plain();
        if *plain == self.name.value {
            return None;
        }
        let mark = plain.replacen(self.name.value.as_str(), "", 1);
        deprecation::marked(&mark, self.name.span)
    }

    /// Says that the row has fewer cells than the header.
    fn too_few(&self, rest: &str, label: &str) -> Diagnostic {
        let (has, columns) = (self.row.cells.len(), self.width);
        let message = format!("the row of `{}` has {has} cells, its header {columns}{rest}", self.name.value);
        Diagnostic::new(Code::RowMalformed, self.row.span, message)
            .label(label)
            .help("add the missing cell, if only an empty one")
    }
}

/// The first link of a cell.
pub(super) fn link(cell: &Text<'_>) -> Option<At<String>> {
    cell.pieces.iter().find_map(|piece| match &piece.kind {
        PieceKind::Link { target, .. } => Some(At::new(target.clone().into_owned(), piece.span)),
        _ => None,
    })
}

/// Says that two cells of a row stand in each other's place.
fn swapped(row: &Row<'_>, cells: &str) -> Diagnostic {
    Diagnostic::new(Code::RowMalformed, row.span, format!("{cells} stand in each other's place"))
        .label("read the other way round")
        .help("swap the two cells")
}

/// Says that only the pipe between the name and the type is missing.
fn lacks_pipe(cell: &Text<'_>, name: &At<String>) -> Diagnostic {
    let plain = cell.plain();
    let name = name.value.as_str();
    let ty = plain.strip_prefix(name).unwrap_or_default().trim();
    let problem = Diagnostic::new(Code::RowMalformed, cell.span, format!("the row of `{name}` lacks a pipe"))
        .label(format!("read as `{name}|{ty}`"))
        .help("set a pipe between the name and the type");
    // The pipe belongs into the place of the blank behind a name without marks.
    match cell.pieces.first() {
        Some(Piece { kind: PieceKind::Plain(text), span, .. }) if text.starts_with(name) => {
            let blank = span.start + name.len() as u32;
            problem.fix(Span { start: blank, end: blank + 1, ..*span }, "|")
        }
        _ => problem,
    }
}

/// Returns true if the text of a cell holds the marks of a link with a mistake: `[x(x.md)`,
/// `[x] (x.md)`, `[x](x.md`.
fn has_broken_link(plain: &str) -> bool {
    plain.contains('[') && ["(#", ".md", "(http"].iter().any(|target| plain.contains(target))
}

fn is_strong(cell: &Text<'_>) -> bool {
    let mut seen = cell.pieces.iter().filter(|piece| match &piece.kind {
        PieceKind::Plain(text) | PieceKind::Code(text) | PieceKind::Link { text, .. } => !text.trim().is_empty(),
        PieceKind::Break | PieceKind::Comment(_) => false,
    });
    seen.clone().next().is_some() && seen.all(|piece| piece.strong)
}

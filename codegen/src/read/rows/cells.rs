//! The cells of a row, found by the columns of its table.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::{Row, Table, Text};
use crate::read::rows::name::property_name;
use crate::read::sections::Columns;
use crate::schema::Primitive;

/// The cells of a row. A pipe too many or too few shifts them against the columns.
pub(super) struct Cells<'a, 'p> {
    table: &'a Table<'p>,
    row: &'a Row<'p>,
    columns: &'a Columns,
    /// The number of columns by which the cells after the name are shifted to the right.
    shift: isize,
    /// The column of the name.
    name: usize,
}

impl<'a, 'p> Cells<'a, 'p> {
    /// Finds the cells of a row. Returns `None` for a row without cells, and with a diagnostic for
    /// a row without a name.
    pub(super) fn of(
        table: &'a Table<'p>,
        row: &'a Row<'p>,
        columns: &'a Columns,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let name = columns.name.unwrap_or(0);
        let cells = Cells { table, row, columns, shift: 0, name };
        if !row.cells.get(name)?.is_empty() {
            return Some(cells);
        }
        let next = row.cells.get(name + 1).and_then(property_name);
        if next.is_some() && row.cells.len() > table.header.len() {
            // "| | name | type | description |"
            diagnostics.push(
                Diagnostic::new(Code::RowMalformed, row.span, "the row is shifted by one column")
                    .label("its first cell is empty, and it has one cell too many")
                    .help("remove the pipe at the row's beginning"),
            );
            return Some(Cells { shift: 1, name: name + 1, ..cells });
        }
        if !row.cells.iter().all(Text::is_empty) {
            diagnostics.push(
                Diagnostic::new(Code::RowWithoutName, row.span, "the row does not name a property, so it was left out")
                    .label("the first cell is empty")
                    .help("put the property's name into the first cell, or remove the row"),
            );
        }
        None
    }

    /// Returns true if the cell of the name holds a type, and that of the type the name of a
    /// property in the JSON block.
    pub(super) fn are_swapped(&self, shown: &[&str]) -> bool {
        let name_of = |cell: Option<&Text<'_>>| cell.and_then(property_name).map(|name| name.value);
        let is_shown = |name: &String| shown.contains(&name.as_str());
        let Some(name) = name_of(self.name()).filter(|name| !is_shown(name)) else { return false };
        Primitive::spelled(&name).is_some() && name_of(self.ty()).as_ref().is_some_and(is_shown)
    }

    /// The cells of a row whose name and type are in one cell.
    pub(super) fn with_joined_type(self) -> Self {
        Cells { shift: -1, ..self }
    }

    pub(super) fn row(&self) -> &'a Row<'p> {
        self.row
    }

    pub(super) fn header(&self) -> &'a [Text<'p>] {
        &self.table.header
    }

    pub(super) fn name(&self) -> Option<&'a Text<'p>> {
        self.row.cells.get(self.name)
    }

    /// The cell of the type. There is none of its own where name and type are in one cell.
    pub(super) fn ty(&self) -> Option<&'a Text<'p>> {
        self.columns.ty.filter(|_| self.shift >= 0).and_then(|column| self.at(column))
    }

    pub(super) fn description(&self) -> Option<&'a Text<'p>> {
        self.columns.description.and_then(|column| self.at(column))
    }

    /// The cells of other columns, with the headings of these.
    pub(super) fn others(&self) -> impl Iterator<Item = (&'a str, &'a Text<'p>)> {
        self.columns.others.iter().filter_map(|(column, title)| Some((title.as_str(), self.at(*column)?)))
    }

    /// The cells beyond those of the header.
    pub(super) fn beyond(&self) -> impl Iterator<Item = &'a Text<'p>> {
        self.row.cells.iter().skip(self.table.header.len().saturating_add_signed(self.shift))
    }

    /// Returns true if all cells after the name are empty.
    pub(super) fn only_name(&self) -> bool {
        self.row.cells.iter().skip(self.name + 1).all(Text::is_empty)
    }

    /// Returns true if the row has one cell less than the header, and the column after the name is
    /// that of the type.
    pub(super) fn lack_type(&self) -> bool {
        self.columns.ty == Some(self.name + 1) && self.row.cells.len() + 1 == self.table.header.len()
    }

    /// Returns true if the row ends before the last column with a meaning.
    pub(super) fn lack_last(&self) -> bool {
        let Columns { name, ty, description, .. } = self.columns;
        let last = [name, ty, description].into_iter().flatten().max().copied().unwrap_or(0);
        self.row.cells.len() <= last
    }

    fn at(&self, column: usize) -> Option<&'a Text<'p>> {
        self.row.cells.get(column.checked_add_signed(self.shift)?)
    }
}

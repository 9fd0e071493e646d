//! The room that is left for a piece of code on its line and below.

use super::{MAX_WIDTH, TAB};

/// The room for a piece of code: `width` columns from the column `indent + offset` on. Further
/// lines begin at `indent`.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) indent: usize,
    pub(super) offset: usize,
    pub(super) width: usize,
    /// True if lines that are too long are better than no layout.
    pub(super) unlimited: bool,
}

impl Room {
    /// The room of a whole line.
    pub(super) fn line(indent: usize) -> Self {
        Room { indent, offset: 0, width: MAX_WIDTH.saturating_sub(indent), unlimited: false }
    }

    /// The same room without a limit on the length of lines.
    pub(super) fn unlimited(self) -> Self {
        Room { unlimited: true, ..self }
    }

    /// The room that is left after `columns` have been taken at its beginning.
    pub(super) fn behind(self, columns: usize) -> Option<Self> {
        Some(Room { offset: self.offset + columns, ..self.before(columns)? })
    }

    /// The room that is left if `columns` must stay free at its end.
    pub(super) fn before(self, columns: usize) -> Option<Self> {
        let width = match self.unlimited {
            true => self.width.saturating_sub(columns),
            false => self.width.checked_sub(columns)?,
        };
        Some(Room { width, ..self })
    }

    /// The room of a whole line that is indented one step further.
    pub(super) fn nested(self) -> Self {
        Room { unlimited: self.unlimited, ..Room::line(self.indent + TAB) }
    }

    /// The columns that must stay free at the end.
    pub(super) fn reserved(self) -> usize {
        MAX_WIDTH.saturating_sub(self.indent + self.offset + self.width)
    }
}

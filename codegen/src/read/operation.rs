//! Operations: API pages.

use crate::diagnostics::Diagnostics;
use crate::page::Page;
use crate::schema::Operation;

/// Reads an API page.
pub(crate) fn read(_page: &Page<'_>, _diagnostics: &mut Diagnostics) -> Option<Operation> {
    None
}

//! Selection: keeps the requested types and operations and everything that they need.
//!
//! A type needs its base type, the types of its structural properties, and so on. Navigation
//! properties would include the whole service, so they are followed only by option. Response types
//! of operations are not needed, unless the operation itself is selected: the operation stays with
//! an untyped response if its type was not selected. Types that derive from a selected one are not
//! needed either: their values are read as the base type, which loses nothing.

mod closure;
mod names;

pub use closure::{AnyType, OperationRole, Reason, Reasons};
pub use names::{SelectionError, names_type, nearest_type};

use super::prune::{Keep, prune};
use super::requests;
use crate::config::{Navigation, Selection};
use crate::hashing::HashSet;
use crate::model::{Model, ValueType};
use crate::source::{FileId, SourceMap};

/// Removes everything from a model that is not selected. By default, everything is selected.
///
/// # Errors
/// [`SelectionError`] for a name that matches nothing; the model is unchanged then.
pub fn select(model: &mut Model, sources: &SourceMap, selection: &Selection) -> Result<(), SelectionError> {
    if *selection == Selection::default() {
        return Ok(());
    }
    let reasons = Reasons::of(model, sources, selection)?;
    drop_operations(model, &reasons);
    if selection.navigation == Navigation::Omit {
        omit(model, &reasons);
    }
    reasons.external().mark(model);
    let (types, enums) = reasons.kept();
    let is_changed = prune(model, &Keep { types, enums, operations: reasons.operations() });
    if is_changed {
        // An example that did not fit a type may fit what is left of it. Its mistakes have been
        // reported already.
        super::examples::check(model, sources, &mut crate::diagnostics::Diagnostics::default());
    }
    Ok(())
}

/// Removes the operations that are not selected, and the examples of pages without operations.
fn drop_operations(model: &mut Model, reasons: &Reasons) {
    let before = names::pages_of_operations(model);
    for builder in &mut model.requests.builders {
        let operations = std::mem::take(&mut builder.operations);
        builder.operations =
            operations.into_iter().filter(|operation| reasons.keeps_operation(builder, operation)).collect();
    }
    let after = names::pages_of_operations(model);
    let gone: HashSet<FileId> = before.into_iter().filter(|page| after.binary_search(page).is_err()).collect();
    if !gone.is_empty() {
        requests::drop_unused(&mut model.requests);
        model.examples.retain(|example| !gone.contains(&example.body.file));
    }
}

/// Removes the navigation properties whose target types are not kept.
fn omit(model: &mut Model, reasons: &Reasons) {
    for ty in &mut model.types {
        ty.properties.retain(|property| match property.ty.item {
            ValueType::Structured(target) => !property.is_navigation || reasons.keeps_type(target),
            _ => true,
        });
    }
}

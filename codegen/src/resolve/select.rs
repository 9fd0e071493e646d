//! Selection: the types and operations that are asked for, what they need, and nothing else.
//!
//! What a type needs is its base type, the types of its structural properties, and so on.
//! Navigation properties are the edges that would pull in the whole service, so they are followed
//! only by option. Nor are answers of methods, unless the operation itself is asked for: a method
//! whose answer is a type that was not selected stays, and its answer is untyped. Types that derive
//! from a selected one are not needed: they are read as their base, which loses nothing.

mod closure;
mod names;

use std::collections::BTreeSet;

pub use closure::{AnyType, OperationRole, Reason, Reasons};
pub use names::{SelectionError, names_type, nearest_type};

use super::prune::{Keep, prune};
use super::requests;
use crate::config::{Navigation, Selection};
use crate::model::{Model, ValueType};
use crate::source::{FileId, SourceMap};

/// Leaves out of a model what is not selected.
///
/// # Errors
/// [`SelectionError`] for a name that fits nothing; the model is as it was then.
pub fn select(model: &mut Model, sources: &SourceMap, selection: &Selection) -> Result<(), SelectionError> {
    let reasons = Reasons::of(model, sources, selection)?;
    drop_operations(model, &reasons);
    if selection.navigation == Navigation::Omit {
        omit(model, &reasons);
    }
    reasons.external().mark(model);
    let (types, enums) = reasons.kept();
    #[cfg_attr(not(feature = "package"), expect(unused_variables, reason = "only examples are to be checked again"))]
    let is_changed = prune(model, &Keep { types, enums, operations: reasons.operations() });
    #[cfg(feature = "package")]
    if is_changed {
        // An example that did not fit a type may fit what is left of it. What is wrong on the pages
        // has been said.
        super::examples::check(model, sources, &mut crate::diagnostics::Diagnostics::default());
    }
    Ok(())
}

/// Takes out the operations that are not selected, and the examples of pages that have none left.
fn drop_operations(model: &mut Model, reasons: &Reasons) {
    let before = names::pages_of_operations(model);
    for builder in &mut model.requests.builders {
        let operations = std::mem::take(&mut builder.operations);
        builder.operations =
            operations.into_iter().filter(|operation| reasons.keeps_operation(builder, operation)).collect();
    }
    let after = names::pages_of_operations(model);
    let gone: BTreeSet<FileId> = before.difference(&after).copied().collect();
    if !gone.is_empty() {
        requests::drop_unused(&mut model.requests);
        model.examples.retain(|example| !gone.contains(&example.body.file));
    }
}

/// Takes out the navigation properties that lead to what is not kept.
fn omit(model: &mut Model, reasons: &Reasons) {
    for ty in &mut model.types {
        ty.properties.retain(|property| match property.ty.item {
            ValueType::Structured(target) => !property.is_navigation || reasons.keeps_type(target),
            _ => true,
        });
    }
}

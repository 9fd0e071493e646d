//! Tells the paths of a builder that do not have one of its calls, because the metadata forbids the
//! request there.

use crate::model::requests::{self, Operation};
use crate::model::{Model, Segment};
use crate::request_path::Step;
use crate::schema::operation::in_parentheses;

/// Returns true if an operation is forbidden at the path of some steps, or one of the steps is.
pub(super) fn is_forbidden(model: &Model, steps: &[Step], operation: &Operation) -> bool {
    let mut path = String::new();
    for Step { from, index, .. } in steps {
        let step = &model.requests.builder(*from).steps[*index];
        path += &match &step.segment {
            // The step before it has the name of the collection.
            Segment::NamedKey { arguments, .. } => in_parentheses(arguments),
            _ => step.path(model.service.has_keys_in_parentheses()),
        };
        if is_among(&path, &step.not_at) {
            return true;
        }
    }
    is_among(&path, &operation.not_at)
}

/// Returns true if one of the paths differs from a path in nothing but the names of placeholders.
fn is_among(path: &str, paths: &[String]) -> bool {
    paths.iter().any(|known| without_names(known) == without_names(path))
}

/// A path without the texts between braces.
fn without_names(path: &str) -> String {
    let mut depth = 0;
    let outside = |c: &char| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0
    };
    path.chars().filter(outside).collect()
}

/// Returns true if the properties of the value at the end of some steps can be changed.
pub(super) fn changes_properties(model: &Model, builder: &requests::Builder, steps: &[Step]) -> bool {
    builder.changes().any(|operation| !is_forbidden(model, steps, operation))
}

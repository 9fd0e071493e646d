//! Determines the form of keys from the request lines of the pages.

use super::KeySyntax;
use crate::schema::Schema;
use crate::schema::operation::{Argument, ArgumentValue, Segment};

/// The most frequent form in request lines; `None` if no request line has a key.
pub(super) fn shown(schema: &Schema) -> Option<KeySyntax> {
    let segments = schema.operations.iter().flat_map(|operation| &operation.requests).flat_map(|request| &request.path);
    let (mut alone, mut in_parentheses) = (0_usize, 0_usize);
    for segment in segments {
        match segment {
            Segment::Key(_) => alone += 1,
            Segment::Call { arguments, .. } if is_key(arguments) => in_parentheses += 1,
            _ => {}
        }
    }
    match (alone, in_parentheses) {
        (0, 0) => None,
        (alone, in_parentheses) if alone > in_parentheses => Some(KeySyntax::Segments),
        _ => Some(KeySyntax::Parentheses),
    }
}

/// Returns true for `('{name}')`: one value without a name. Arguments of functions have names.
fn is_key(arguments: &[Argument]) -> bool {
    matches!(arguments, [Argument { name, value: ArgumentValue::Placeholder { .. } }] if name.is_empty())
}

//! The methods of a type → functions.

use super::{Item, ItemKind};
use crate::emit::methods;
use crate::emit::types::Scope;
use crate::model::Method;

pub(super) fn function(scope: &Scope<'_>, method: &Method) -> Item {
    // The names of parameters are no part of a function's type; the template shows what they are.
    let parameters = vec!["&str"; method.parameters.len()].join(", ");
    Item {
        kind: ItemKind::Function,
        name: method.rust_name.clone(),
        signature: format!("({parameters}) -> rt::Request<{}>", methods::answer(scope, &method.response)),
        constant: None,
        wire: methods::template(method),
        inherited_from: None,
        documentation: method.description.as_ref().unwrap_or(&method.title).clone(),
        deprecation: None,
    }
}

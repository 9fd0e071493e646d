//! Leaves out types, properties and requests with a name of more than 128 characters, which is the
//! limit of CSDL 4.01 for a simple identifier (section 15.2). Files and modules are named after
//! types, and no file system has a file with such a name, so one of them would stop the whole run.

use std::borrow::Cow;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::operation::{Request, Segment};
use crate::schema::{QualifiedName, Schema};
use crate::source::{At, Span};

/// The greatest number of characters in a name.
const LONGEST: usize = 128;

/// Reports names that are too long, and leaves out the types, properties and requests with them.
pub(super) fn leave_out<'s>(schema: Cow<'s, Schema>, diagnostics: &mut Diagnostics) -> Cow<'s, Schema> {
    let mut found = Vec::new();
    let mut report = |span: Span, message: String, effect: &str| {
        let problem = Diagnostic::new(Code::NameTooLong, span, message).label(effect);
        found.push(problem.help("no service can have such a name: correct it"));
    };
    let mut check_type = |name: &At<QualifiedName>| {
        if is_too_long(&name.value) {
            let shown = cut(&name.value.name);
            let message = format!("the name of the type `{shown}` has more than {LONGEST} characters");
            report(name.span, message, "the type was left out");
        }
    };
    schema.types.iter().for_each(|ty| check_type(&ty.name));
    schema.enums.iter().for_each(|ty| check_type(&ty.name));
    for name in schema.types.iter().flat_map(|ty| &ty.properties).map(|property| &property.name) {
        if is_long(&name.value) {
            let message = format!("the name of the property `{}` has more than {LONGEST} characters", cut(&name.value));
            report(name.span, message, "the property was left out");
        }
    }
    for request in schema.operations.iter().flat_map(|page| &page.requests) {
        if has_long_name(request) {
            let message = format!("a name in the path of the request has more than {LONGEST} characters");
            report(request.span, message, "the request was left out");
        }
    }
    if found.is_empty() {
        return schema;
    }
    diagnostics.extend(found);
    let mut schema = schema.into_owned();
    schema.types.retain(|ty| !is_too_long(&ty.name.value));
    schema.enums.retain(|ty| !is_too_long(&ty.name.value));
    schema.types.iter_mut().for_each(|ty| ty.properties.retain(|property| !is_long(&property.name.value)));
    schema.operations.iter_mut().for_each(|page| page.requests.retain(|request| !has_long_name(request)));
    Cow::Owned(schema)
}

fn is_long(name: &str) -> bool {
    name.len() > LONGEST && name.chars().nth(LONGEST).is_some()
}

fn is_too_long(name: &QualifiedName) -> bool {
    is_long(&name.name) || name.namespace.split('.').any(is_long)
}

fn has_long_name(request: &Request) -> bool {
    request.path.iter().any(|segment| match segment {
        Segment::Literal(name)
        | Segment::Key(name)
        | Segment::Call { name, .. }
        | Segment::NamedKey { collection: name, .. } => is_long(name),
        Segment::Mixed(_) | Segment::ByPath { .. } => false,
    })
}

/// The beginning of a long name.
fn cut(name: &str) -> String {
    name.chars().take(40).chain(['…']).collect()
}

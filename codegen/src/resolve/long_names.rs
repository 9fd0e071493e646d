//! Leaves out types, properties and requests with a name of more than 128 characters, which is the
//! limit of CSDL 4.01 for a simple identifier (section 15.2). Files and modules are named after
//! types, and no file system has a file with such a name, so one of them would stop the whole run.

use std::borrow::Cow;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::operation::{Request, Segment};
use crate::schema::{QualifiedName, Schema};

/// The greatest number of characters in a name.
const LONGEST: usize = 128;

/// Reports names that are too long, and leaves out the types, properties and requests with them.
pub(super) fn leave_out<'s>(schema: Cow<'s, Schema>, diagnostics: &mut Diagnostics) -> Cow<'s, Schema> {
    let types = schema.types.iter().map(|ty| &ty.name).chain(schema.enums.iter().map(|ty| &ty.name));
    let long_types = types.filter(|name| is_too_long(&name.value)).map(|name| {
        let message = format!("the name of the type `{}` has more than {LONGEST} characters", cut(&name.value.name));
        Diagnostic::new(Code::NameTooLong, name.span, message).label("the type was left out")
    });
    let properties = schema.types.iter().flat_map(|ty| &ty.properties).map(|property| &property.name);
    let long_properties = properties.filter(|name| is_long(&name.value)).map(|name| {
        let message = format!("the name of the property `{}` has more than {LONGEST} characters", cut(&name.value));
        Diagnostic::new(Code::NameTooLong, name.span, message).label("the property was left out")
    });
    let requests = schema.operations.iter().flat_map(|page| &page.requests);
    let long_requests = requests.filter(|request| has_long_name(request)).map(|request| {
        let message = format!("a name in the path of the request has more than {LONGEST} characters");
        Diagnostic::new(Code::NameTooLong, request.span, message).label("the request was left out")
    });
    let found: Vec<Diagnostic> = long_types
        .chain(long_properties)
        .chain(long_requests)
        .map(|problem| problem.help("no service can have such a name: correct it"))
        .collect();
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
    name.chars().nth(LONGEST).is_some()
}

fn is_too_long(name: &QualifiedName) -> bool {
    is_long(&name.name) || name.namespace.split('.').any(is_long)
}

fn has_long_name(request: &Request) -> bool {
    request.path.iter().any(|segment| match segment {
        Segment::Literal(name) | Segment::Key(name) | Segment::Call { name, .. } => is_long(name),
        Segment::Mixed(_) | Segment::ByPath { .. } => false,
    })
}

/// The beginning of a long name.
fn cut(name: &str) -> String {
    name.chars().take(40).chain(['…']).collect()
}

//! Names that are too long to be any: CSDL 4.01 allows a simple identifier 128 characters (section
//! 15.2). Files, modules and pages of documentation are called after them, so a longer one would
//! stop the whole run; what has it is left out.

use std::borrow::Cow;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::operation::{Request, Segment};
use crate::schema::{QualifiedName, Schema};

/// So many characters a name may have.
const LONGEST: usize = 128;

/// Reports such names, and leaves out what has them.
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

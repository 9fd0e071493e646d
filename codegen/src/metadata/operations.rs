//! Compares the parameters of actions and functions on the pages with those that the service
//! declares.

use crate::hashing::HashMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::operation::{BodyContent, Parameter, ParameterPlace, Segment};
use crate::schema::{
    DeclaredOperation, DocumentedOperation, HasName, Schema, TypeExpr, TypeItem, is_simple_identifier, simple_name,
};

/// Reports parameters that the service does not have, or that have another type there.
pub fn compare(schema: &Schema, diagnostics: &mut Diagnostics) {
    let mut declared: HashMap<String, Vec<&DeclaredOperation>> = HashMap::default();
    for operation in &schema.declared_operations {
        declared.entry(operation.name.value.name.to_ascii_lowercase()).or_default().push(operation);
    }
    for page in schema.operations.iter().filter(|page| page.declared.is_none()) {
        if let Some(overloads) = called(page).and_then(|name| declared.get(&name)) {
            rows(page).for_each(|row| parameter(row, overloads, diagnostics));
        }
    }
}

/// The name of the action or function at the end of a page's first request line, in lower case.
fn called(page: &DocumentedOperation) -> Option<String> {
    let name = match page.requests.first()?.path.last()? {
        Segment::Literal(name) | Segment::Call { name, .. } => name,
        _ => return None,
    };
    Some(simple_name(name).trim_end_matches("()").to_ascii_lowercase())
}

fn rows(page: &DocumentedOperation) -> impl Iterator<Item = &Parameter> {
    let of_body = page.body.iter().filter(|body| body.content == BodyContent::Parameters);
    let of_function = page.parameters.iter().filter(|row| row.place == ParameterPlace::Function);
    of_function.chain(of_body.flat_map(|body| &body.members))
}

fn parameter(row: &Parameter, overloads: &[&DeclaredOperation], diagnostics: &mut Diagnostics) {
    let name = &row.name;
    if !is_simple_identifier(&name.value) {
        return;
    }
    let called = &overloads[0].name.value;
    let known: Vec<_> = overloads
        .iter()
        .flat_map(|overload| &overload.parameters)
        .filter(|parameter| parameter.is_called(&name.value))
        .collect();
    let Some(first) = known.first() else {
        diagnostics.push(
            Diagnostic::new(
                Code::ServiceLacksParameter,
                name.span,
                format!("`{called}` has no parameter `{}` in the service", name.value),
            )
            .help("correct the page"),
        );
        return;
    };
    let Some(said) = &row.ty else { return };
    if known.iter().all(|parameter| differs(&said.value, &parameter.value.ty.value)) {
        let service = describe(&first.value.ty.value);
        diagnostics.push(
            Diagnostic::new(
                Code::ServiceParameterDiffers,
                said.span,
                format!("the parameter `{}` of `{called}` is {service} in the service", name.value),
            )
            .label(format!("{} by this row", describe(&said.value)))
            .help("correct the page"),
        );
    }
}

/// Returns true if two types are certainly different.
pub(super) fn differs(page: &TypeExpr, service: &TypeExpr) -> bool {
    let items = match (&page.item, &service.item) {
        (TypeItem::Primitive(one), TypeItem::Primitive(other)) => one != other,
        (TypeItem::Named(one), TypeItem::Named(other)) => {
            !simple_name(&one.name).eq_ignore_ascii_case(simple_name(&other.name))
        }
        // A page may have String for an enum type whose values it lists in the row.
        _ => false,
    };
    items || page.collection != service.collection
}

pub(super) fn describe(ty: &TypeExpr) -> String {
    if ty.collection { format!("`Collection({})`", ty.item) } else { format!("`{}`", ty.item) }
}

//! Compares the request lines of pages with the service: its paths, the HTTP methods of its
//! actions and functions, and what they return.

use crate::hashing::HashSet;

use super::Metadata;
use super::operations::{describe, differs};
use super::paths::{Reached, Why};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::operation::{HttpMethod, Request, ResponseClaim, ResponseSource, ResponseType};
use crate::schema::{DeclaredOperation, DocumentedOperation, QualifiedName, Schema, TypeExpr, TypeItem, simple_name};

/// Reports request lines that the service does not have, and responses that differ from its own.
pub fn compare(schema: &Schema, metadata: &Metadata<'_>, diagnostics: &mut Diagnostics) {
    if !metadata.has_container() {
        return;
    }
    for page in schema.operations.iter().filter(|page| page.declared.is_none()) {
        // Several lines of a page often have the same mistake.
        let mut reported: HashSet<String> = HashSet::default();
        let mut reached: Vec<(&Request, Reached<'_>)> = Vec::new();
        for line in page.requests.iter().filter(|line| !page.shows(line)) {
            match metadata.reach(&line.path, line.method) {
                Ok(end) => reached.push((line, end)),
                Err(unknown) => {
                    let segment = line.path.get(unknown.position).map(ToString::to_string).unwrap_or_default();
                    if reported.insert(format!("{segment} {}", unknown.why)) {
                        diagnostics.push(lacks_path(line, &segment, &unknown.why));
                    }
                }
            }
        }
        for (line, end) in &reached {
            if let Some(operation) = other_method(line.method, end)
                && reported.insert(operation.name.value.to_string())
            {
                diagnostics.push(method_differs(line, operation));
            }
        }
        returned(page, &reached, metadata, diagnostics);
    }
}

fn lacks_path(line: &Request, segment: &str, why: &Why) -> Diagnostic {
    Diagnostic::new(
        Code::ServiceLacksPath,
        line.span,
        format!("the service has no `{segment}` at this place of `{}`", line.template()),
    )
    .label(why.to_string())
    .help("correct the request line; the metadata may also be of another version than the pages")
}

/// The operation at the end of a path, if none there is called with this method. What a function
/// gives can be changed and deleted (OData Protocol 4.01, 11.5.4).
fn other_method<'s>(method: HttpMethod, end: &Reached<'s>) -> Option<&'s DeclaredOperation> {
    if !matches!(method, HttpMethod::Get | HttpMethod::Post) {
        return None;
    }
    let fits = |operation: &&DeclaredOperation| method == wanted(operation);
    if end.operations.iter().any(fits) { None } else { end.operations.first().copied() }
}

/// The method of a call (OData Protocol 4.01, 11.5.4 and 11.5.5).
fn wanted(operation: &DeclaredOperation) -> HttpMethod {
    if operation.is_function { HttpMethod::Get } else { HttpMethod::Post }
}

fn method_differs(line: &Request, operation: &DeclaredOperation) -> Diagnostic {
    let kind = if operation.is_function { "a function" } else { "an action" };
    let wanted = wanted(operation).name();
    Diagnostic::new(
        Code::ServiceMethodDiffers,
        line.span,
        format!("`{}` is {kind} of the service, which is called with {wanted}", operation.name.value),
    )
    .label(format!("{} by this line", line.method.name()))
    .help(format!("write {wanted}"))
}

/// Reports a response that differs from all that the service declares for the page's lines.
fn returned(
    page: &DocumentedOperation,
    reached: &[(&Request, Reached<'_>)],
    metadata: &Metadata<'_>,
    diagnostics: &mut Diagnostics,
) {
    let claims: Vec<&ResponseClaim> =
        page.responses.iter().filter(|claim| claim.source != ResponseSource::Silence).collect();
    let Some(first) = claims.first() else { return };
    let mut declared: Vec<Option<TypeExpr>> = Vec::new();
    for (line, end) in reached {
        let of_method = end.operations.iter().filter(|operation| wanted(operation) == line.method);
        let results = of_method.map(|operation| operation.returns.as_ref().map(|returns| returns.ty.value.clone()));
        declared.extend(results);
        if end.operations.is_empty() {
            match line.method {
                HttpMethod::Get => {
                    declared.extend(end.values.iter().map(|value| value.as_expr()).filter(Option::is_some))
                }
                // These return the entity or nothing, as the service likes.
                _ => return,
            }
        }
    }
    let Some(one) = declared.first() else { return };
    let is_other =
        |claim: &&ResponseClaim| declared.iter().all(|declared| disagrees(&claim.value, declared.as_ref(), metadata));
    if !claims.iter().all(is_other) {
        return;
    }
    let service = one.as_ref().map_or_else(|| "nothing".to_owned(), describe);
    let said = match &first.value {
        ResponseType::None => "nothing".to_owned(),
        ResponseType::Type(ty) => describe(ty),
        ResponseType::Stream | ResponseType::Text => return,
    };
    diagnostics.push(
        Diagnostic::new(
            Code::ServiceReturnDiffers,
            first.span,
            format!("`{}` returns {service} in the service", page.title.value),
        )
        .label(format!("{said} by this page"))
        .help("correct the response"),
    );
}

/// Returns true if a response is certainly not what is declared.
fn disagrees(said: &ResponseType, declared: Option<&TypeExpr>, metadata: &Metadata<'_>) -> bool {
    match (said, declared) {
        (ResponseType::None, None) | (ResponseType::Stream | ResponseType::Text, _) => false,
        (ResponseType::None, Some(_)) | (ResponseType::Type(_), None) => true,
        (ResponseType::Type(said), Some(declared)) => {
            differs(said, declared) && !(said.collection == declared.collection && is_related(said, declared, metadata))
        }
    }
}

/// Returns true if one of two types can be a base of the other. A page often names a derived type
/// by itself, and what no type of the service is called may mean any.
fn is_related(said: &TypeExpr, declared: &TypeExpr, metadata: &Metadata<'_>) -> bool {
    let (TypeItem::Named(said), TypeItem::Named(declared)) = (&said.item, &declared.item) else { return false };
    let Some(declared) = QualifiedName::parse(&declared.name) else { return true };
    let simple = simple_name(&said.name);
    let mut meant = metadata.types.keys().filter(|name| name.name.eq_ignore_ascii_case(simple)).peekable();
    meant.peek().is_none() || meant.any(|name| metadata.derives(name, &declared) || metadata.derives(&declared, name))
}

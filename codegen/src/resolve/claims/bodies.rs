//! Compares the rows of request body tables with the properties of the type of the request body.

use std::collections::BTreeMap;

use super::known::Known;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json::{self, ValueKind};
use crate::model::requests::Body;
use crate::model::{Property, StructuredType, TypeId, ValueType};
use crate::nearest::{is_slip, slip_of};
use crate::schema::operation::{BodyContent, Parameter};
use crate::schema::{DocumentedOperation, Schema, is_simple_identifier};
use crate::source::{FileId, SourceMap};

pub(super) fn check(schema: &Schema, known: &Known<'_>, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let mut sent: BTreeMap<FileId, TypeId> = BTreeMap::new();
    let mut called: BTreeMap<FileId, Vec<&StructuredType>> = BTreeMap::new();
    for (_, operation) in known.model.requests.operations() {
        for page in operation.pages() {
            match operation.body {
                Body::Update(id) | Body::Value(ValueType::Structured(id)) => {
                    sent.entry(page).or_insert(id);
                }
                Body::Parameters(index) => {
                    called.entry(page).or_default().push(&known.model.requests.parameters[index]);
                }
                _ => {}
            }
        }
    }
    for page in schema.operations.iter().filter(|page| page.declared.is_none()) {
        if let Some(parameters) = called.get(&page.file) {
            arguments(page, parameters, sources, diagnostics);
        }
    }
    for page in &schema.operations {
        let Some(body) = page.body.as_ref().filter(|_| page.declared.is_none()) else { continue };
        let is_of_type = matches!(body.content, BodyContent::Type(_) | BodyContent::Properties);
        if let (true, Some(id)) = (is_of_type, sent.get(&page.file)) {
            rows(known, *id, &body.members, diagnostics);
        }
    }
}

/// Checks the arguments that the examples of a page send to its action. An argument without a row
/// is a parameter nevertheless (see `parameter-undescribed`), unless its name is a misspelling of
/// another one.
fn arguments(
    page: &DocumentedOperation,
    actions: &[&StructuredType],
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let parameters: Vec<&Property> = actions.iter().flat_map(|action| &action.properties).collect();
    for body in page.examples.iter().filter_map(|example| example.request.as_ref()?.message.body) {
        let document = json::parse_span(sources, body);
        let (ValueKind::Object(members), true) = (&document.value.kind, document.is_certain()) else { continue };
        for (name, _) in members {
            let is_known = parameters.iter().any(|parameter| parameter.name == name.value);
            let is_free = |other: &&&Property| !members.iter().any(|(name, _)| name.value == other.name);
            let slip = parameters.iter().filter(is_free).find(|parameter| is_slip(&name.value, &parameter.name));
            if let (false, Some(parameter)) = (is_known, slip) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::ExamplePropertyUnknown,
                        name.span,
                        format!("`{}` has no parameter `{}`", page.title.value, name.value),
                    )
                    .label(format!("did you mean `{}`?", parameter.name))
                    .also(parameter.span, "described here")
                    .help("write the name as the table does, letter case included"),
                );
            }
        }
    }
}

fn rows(known: &Known<'_>, id: TypeId, rows: &[Parameter], diagnostics: &mut Diagnostics) {
    let Some(names) = known.properties(id) else { return };
    let rows: Vec<&Parameter> = rows.iter().filter(|row| is_simple_identifier(&row.name.value)).collect();
    let (found, missing): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| names.contains(row.name.value.as_str()));
    // If the type has few of the rows, the table is about something else.
    if found.len() <= missing.len() {
        return;
    }
    let ty = known.model.structured(id);
    for row in missing {
        let name = &row.name;
        let free = names.iter().filter(|known| !found.iter().any(|found| found.name.value == **known));
        let near = slip_of(&name.value, free.map(|name| (*name).to_owned()));
        // The row may describe a nested property: `value` below `extendedProperties`.
        let is_nested = |found: &&Parameter| {
            known.member(id, &found.name.value).is_some_and(|inner| match known.properties(inner) {
                Some(names) => names.contains(name.value.as_str()),
                None => false,
            })
        };
        if near.is_none() && found.iter().any(is_nested) {
            continue;
        }
        let problem = Diagnostic::new(
            Code::BodyPropertyUnknown,
            name.span,
            format!("the request body has `{}`, and `{}` has no such property", name.value, ty.name),
        );
        diagnostics.push(match near {
            Some(near) => {
                problem.label(format!("did you mean `{near}`?")).help("write the name as the type's page does")
            }
            None => problem
                .label("described nowhere")
                .also(ty.span, "the type that is sent")
                .help("describe it on the type's page, or remove the row"),
        });
    }
}

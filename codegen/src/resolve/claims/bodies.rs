//! Compares the rows of request body tables with the properties of the type of the request body.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::known::Known;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::hashing::{HashMap, HashSet};
use crate::json::{self, ValueKind};
use crate::model::requests::Body;
use crate::model::{Property, PropertyType, StructuredType, TypeId, ValueType};
use crate::nearest::{Names, question};
use crate::ordered::{self, Map};
use crate::resolve::examples;
use crate::resolve::fit::Checker;
use crate::schema::operation::{BodyContent, Parameter, ParameterPlace};
use crate::schema::{DocumentedOperation, Schema, TypeExpr, TypeItem, is_simple_identifier};
use crate::source::{FileId, SourceMap};
use crate::vocabulary::JsonForm;

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
    let checker = Checker::new(known.model);
    for page in &schema.operations {
        if let Some(parameters) = called.get(&page.file) {
            arguments(page, parameters, &checker, sources, diagnostics);
            spellings(page, parameters, diagnostics);
        }
    }
    for page in &schema.operations {
        let Some(body) = &page.body else { continue };
        let is_of_type = matches!(body.content, BodyContent::Type(_) | BodyContent::Properties);
        if let (true, Some(id)) = (is_of_type, sent.get(&page.file)) {
            rows(known, *id, &body.members, diagnostics);
        }
    }
}

/// Checks the arguments that the examples of a page send to its action. An argument without a row
/// is a parameter nevertheless (see `parameter-undescribed`), unless its name is a misspelling of
/// another one.
fn arguments<'m>(
    page: &DocumentedOperation,
    actions: &[&'m StructuredType],
    checker: &Checker<'m>,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let parameters: Vec<&Property> = actions.iter().flat_map(|action| &action.properties).collect();
    let known: HashSet<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let mut described: HashMap<&str, &Property> = HashMap::default();
    for parameter in parameters.iter().filter(|parameter| parameter.span.file == page.file) {
        described.entry(&parameter.name).or_insert(parameter);
    }
    let spellings = LazyCell::new(|| parameters.iter().map(|parameter| parameter.name.clone()).collect::<Names>());
    for body in page.examples.iter().filter_map(|example| example.request.as_ref()?.message.body) {
        let document = json::parse_span(sources, body);
        let (ValueKind::Object(members), true) = (&document.value.kind, document.is_certain()) else { continue };
        let sent: HashSet<&str> = members.iter().map(|(name, _)| name.value.as_ref()).collect();
        let mut mismatches = Vec::new();
        for (name, value) in members {
            if let Some(parameter) = described.get(name.value.as_ref()) {
                mismatches.extend(checker.argument(value, parameter));
            }
            if known.contains(name.value.as_ref()) {
                continue;
            }
            let mut slips = spellings.slips(&name.value).into_iter().map(|position| parameters[position]);
            if let Some(parameter) = slips.find(|parameter| !sent.contains(parameter.name.as_str())) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::ExamplePropertyUnknown,
                        name.span,
                        format!("`{}` has no parameter `{}`", page.title.value, name.value),
                    )
                    .label(question(&parameter.name))
                    .also(parameter.span, "described here")
                    .help("write the name as the table does, letter case included"),
                );
            }
        }
        examples::report(&mismatches, sources, diagnostics);
    }
}

/// Reports rows whose names differ from the example's in letter case.
fn spellings(page: &DocumentedOperation, actions: &[&StructuredType], diagnostics: &mut Diagnostics) {
    let mut shown: Map<String, Vec<&Property>> = Map::default();
    for property in actions.iter().flat_map(|action| &action.properties) {
        shown.get_or_default(property.name.to_ascii_lowercase()).push(property);
    }
    let rows = page.parameters.iter().chain(page.body.iter().flat_map(|body| &body.members));
    for row in rows.filter(|row| row.place == ParameterPlace::Body) {
        let name = row.name.value.as_str();
        let Some(alike) = shown.get(&name.to_ascii_lowercase()) else { continue };
        if let Some(shown) = alike.iter().find(|shown| shown.name != name) {
            diagnostics.push(
                Diagnostic::new(
                    Code::NameDisagrees,
                    row.name.span,
                    format!("the table spells `{name}`, the example `{}`", shown.name),
                )
                .label(format!("read as `{}`", shown.name))
                .help("use the service's spelling in both places"),
            );
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
    for row in &found {
        if let (Some(stated), Some(property)) = (&row.ty, known.property(id, &row.name.value))
            && is_other_type(&stated.value, &property.ty)
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::TypeMismatch,
                    stated.span,
                    format!("this table and the page of `{}` give `{}` different types", ty.name, row.name.value),
                )
                .label("so here")
                .also(property.span, "and so there, which is taken")
                .help("correct the one that is wrong"),
            );
        }
    }
    let stated: HashSet<&str> = found.iter().map(|row| row.name.value.as_str()).collect();
    let nested = ordered::unique(stated.iter().filter_map(|name| known.member(id, name)));
    for row in missing {
        let name = &row.name;
        let near = known.slip_of(id, &name.value, |free| !stated.contains(free));
        // The row may describe a nested property: `value` below `extendedProperties`.
        let describes = |nested: &TypeId| match known.properties(*nested) {
            Some(names) => names.contains(name.value.as_str()),
            None => false,
        };
        if near.is_none() && nested.iter().any(describes) {
            continue;
        }
        let problem = Diagnostic::new(
            Code::BodyPropertyUnknown,
            name.span,
            format!("the request body has `{}`, and `{}` has no such property", name.value, ty.name),
        );
        diagnostics.push(match near {
            Some(near) => problem.label(question(near)).help("write the name as the type's page does"),
            None => problem
                .label("described nowhere")
                .also(ty.span, "the type that is sent")
                .help("describe it on the type's page, or remove the row"),
        });
    }
}

/// Returns true if values of one type cannot be values of the other one: they differ in the form in
/// JSON, or only one is a collection.
fn is_other_type(stated: &TypeExpr, known: &PropertyType) -> bool {
    let form = match &stated.item {
        TypeItem::Primitive(primitive) => primitive.json(),
        TypeItem::Named(_) | TypeItem::OneOf(_) | TypeItem::Unclear(_) => return false,
    };
    let known_form = match known.item {
        ValueType::Primitive(primitive) => primitive.json(),
        ValueType::Enum(_) => JsonForm::Text,
        ValueType::Structured(_) | ValueType::Undocumented(_) => return false,
    };
    let is_number = |form| matches!(form, JsonForm::Integer { .. } | JsonForm::Fraction);
    let is_any = |form| matches!(form, JsonForm::Any);
    let differs = form != known_form && !(is_number(form) && is_number(known_form));
    !is_any(form) && !is_any(known_form) && (differs || stated.collection != known.collection)
}

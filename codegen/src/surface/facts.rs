//! Adds facts that the code does not contain: base types, descriptions, deprecations and the paths
//! of requests. They are taken from the model that the code was generated from.

use crate::hashing::HashMap;

use super::{Item, Shape, Surface, Type, deprecation};
use crate::model::requests::{Builder, Operation, Step};
use crate::model::{Description, EnumType, Facts, Model, Property, StructuredType, TypeId, TypeKind, TypeNames};

/// Adds the facts of a model to the surface of its code.
pub(super) fn add(surface: &mut Surface, model: &Model) {
    let mut types: HashMap<String, &mut Type> = surface.types.iter_mut().map(|ty| (ty.path.clone(), ty)).collect();
    for (id, ty) in model.structured_types() {
        if let Some(any) = &ty.rust.any
            && let Some(known) = types.get_mut(&path(model, &ty.rust, &any.name))
        {
            known.origin = ty.name.to_string();
            known.documentation.clear();
            known.items.iter_mut().for_each(|item| {
                item.wire = std::mem::take(&mut item.documentation).trim_matches(['`', '.']).to_owned();
            });
        }
        if let Some(known) = types.get_mut(&path(model, &ty.rust, &ty.rust.name)) {
            structured(model, id, ty, known);
        }
    }
    for ty in &model.enums {
        if let Some(known) = types.get_mut(&path(model, &ty.rust, &ty.rust.name)) {
            enumeration(ty, known);
        }
    }
    let requests = |name: &str| format!("{}::{name}", model.requests.module);
    for builder in &model.requests.builders {
        if let Some(known) = types.get_mut(&requests(&builder.rust_name)) {
            requests_of(builder, known);
        }
    }
    for ty in &model.requests.parameters {
        if let Some(known) = types.get_mut(&requests(&ty.rust.name)) {
            known.origin = ty.name.to_string();
            known.documentation = "Parameters of an action.".to_owned();
            properties(model, known, ty.properties.iter().map(|property| (property, None)));
        }
    }
}

/// The path of a type below the root of the code.
fn path(model: &Model, names: &TypeNames, name: &str) -> String {
    let module = model.module_path(names.module).iter().map(|part| format!("{part}::"));
    module.chain([name.to_owned()]).collect()
}

fn structured(model: &Model, id: TypeId, ty: &StructuredType, known: &mut Type) {
    known.origin = ty.name.to_string();
    known.base = ty.base.map(|base| own_path(model, base));
    known.deprecation = ty.deprecation.as_ref().map(|said| deprecation(&said.value));
    let kind = match ty.kind {
        TypeKind::Entity => "Entity type.",
        TypeKind::Complex => "Complex type.",
    };
    let facts = [(ty.is_abstract, "Abstract."), (ty.is_open, "Open."), (ty.has_stream, "A media stream.")];
    let facts = facts.iter().filter(|(holds, _)| *holds).map(|(_, said)| *said);
    let description = ty.description.as_ref().map(Description::to_markdown);
    let all: Vec<&str> = std::iter::once(kind).chain(facts).chain(description.as_deref()).collect();
    known.documentation = all.join(" ");
    // A type's own description of a property takes precedence over that of its base types.
    let all = model.ancestry(id).flat_map(|from| {
        let declared = model.structured(from).properties.iter();
        declared.map(move |property| (property, (from != id).then_some(from)))
    });
    properties(model, known, all);
}

fn own_path(model: &Model, id: TypeId) -> String {
    let rust = &model.structured(id).rust;
    path(model, rust, &rust.name)
}

fn properties<'m>(model: &Model, known: &mut Type, properties: impl Iterator<Item = (&'m Property, Option<TypeId>)>) {
    let mut by_field: HashMap<&str, (&Property, Option<TypeId>)> = HashMap::default();
    for (property, from) in properties {
        by_field.entry(property.rust_field.as_str()).or_insert((property, from));
    }
    for item in &mut known.items {
        let Some((property, from)) = by_field.get(item.name.as_str()) else { continue };
        item.wire.clone_from(&property.name);
        item.inherited_from = from.map(|from| own_path(model, from));
        item.documentation = said_of(&property.facts, property.description.as_ref());
        item.deprecation = property.facts.deprecation.as_ref().map(|said| deprecation(&said.value));
    }
}

fn said_of(facts: &Facts, description: Option<&Description>) -> String {
    let mut all = crate::emit::structs::fact_sentences(facts);
    all.extend(description.map(Description::to_markdown));
    all.join(" ")
}

fn enumeration(ty: &EnumType, known: &mut Type) {
    known.origin = ty.name.to_string();
    known.documentation = super::said(&ty.description);
    known.shape = if ty.is_flags { Shape::FlagsEnum } else { Shape::Enum };
    for (item, member) in known.items.iter_mut().zip(&ty.members) {
        let number = member.value.map(|value| format!("{value}."));
        let description = member.description.as_ref().map(Description::to_markdown);
        let said: Vec<&str> = number.as_deref().into_iter().chain(description.as_deref()).collect();
        item.wire.clone_from(&member.name);
        item.documentation = said.join(" ");
    }
}

fn requests_of(builder: &Builder, known: &mut Type) {
    known.origin = builder.paths.first().cloned().unwrap_or_else(|| "/".to_owned());
    known.documentation = builder.paths.join(", ");
    for item in &mut known.items {
        if let Some(step) = builder.steps.iter().find(|step| step.rust_name == item.name) {
            leading_on(step, item);
        }
        if let Some(operation) = builder.operations.iter().find(|operation| operation.rust_name == item.name) {
            requesting(operation, item);
        }
    }
}

fn leading_on(step: &Step, item: &mut Item) {
    item.wire = format!("/{}", step.segment);
    let descriptions = step.parameters.iter().filter_map(|parameter| parameter.description.as_ref());
    item.documentation = descriptions.map(Description::to_markdown).collect::<Vec<_>>().join(" ");
}

fn requesting(operation: &Operation, item: &mut Item) {
    let template = operation.templates.first().map_or("", String::as_str);
    item.wire = format!("{} {template}", operation.http.name());
    item.documentation =
        operation.description.as_ref().map_or_else(|| operation.title.clone(), Description::to_markdown);
}

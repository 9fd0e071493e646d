//! The request builders → their functions.

use super::{Item, ItemKind, Shape, Type, structs};
use crate::emit::requests::signature::Types;
use crate::emit::structs::Member;
use crate::emit::types::Scope;
use crate::model::StructuredType;
use crate::model::requests::{Builder, Operation, Step};

pub(super) fn builders(scope: &Scope<'_>) -> Vec<Type> {
    let module = format!("{}::", scope.model.requests.module);
    let types = Types { scope, requests: &module };
    let tree = &scope.model.requests;
    let builders = tree.builders.iter().map(|builder| of(&types, builder));
    builders.chain(tree.parameters.iter().map(|ty| parameters(&types, ty))).collect()
}

/// The parameters of an action: a struct without constants.
fn parameters(types: &Types<'_>, ty: &StructuredType) -> Type {
    let members = ty.properties.iter().map(|property| Member { property, from: None });
    let items = members.map(|member| Item { constant: None, ..structs::property(types.scope, &member) });
    Type {
        path: format!("{}{}", types.requests, ty.rust.name),
        origin: ty.name.to_string(),
        shape: Shape::Struct,
        base: None,
        documentation: ty.description.as_deref().unwrap_or_default().to_owned(),
        deprecation: None,
        items: items.collect(),
    }
}

fn of(types: &Types<'_>, builder: &Builder) -> Type {
    let steps = builder.steps.iter().map(|step| leading_on(types, step));
    let operations = builder.operations.iter().map(|operation| requesting(types, operation));
    Type {
        path: format!("{}{}", types.requests, builder.rust_name),
        origin: builder.paths.first().cloned().unwrap_or_else(|| "/".to_owned()),
        shape: Shape::Builder,
        base: None,
        documentation: builder.paths.join(", "),
        deprecation: None,
        items: steps.chain(operations).collect(),
    }
}

fn leading_on(types: &Types<'_>, step: &Step) -> Item {
    let (parameters, answer) = types.step(step);
    let documentation =
        step.parameters.iter().filter_map(|parameter| parameter.description.as_deref()).map(str::to_owned);
    function(&step.rust_name, &parameters, &answer, format!("/{}", step.segment), documentation.collect())
}

fn requesting(types: &Types<'_>, operation: &Operation) -> Item {
    let signature = types.operation(operation);
    let template = operation.templates.first().map_or("", String::as_str);
    let wire = format!("{} {template}", operation.http.name());
    let documentation = operation.description.as_deref().unwrap_or(&operation.title).to_owned();
    function(&operation.rust_name, &signature.parameters, &signature.answer, wire, vec![documentation])
}

fn function(name: &str, parameters: &[String], answer: &str, wire: String, documentation: Vec<String>) -> Item {
    // The names of parameters are no part of a function's type; the template shows what they are.
    let types: Vec<&str> = parameters
        .iter()
        .map(|parameter| parameter.split_once(": ").map_or(parameter.as_str(), |(_, ty)| ty))
        .collect();
    Item {
        kind: ItemKind::Function,
        name: name.to_owned(),
        signature: format!("({}) -> {answer}", types.join(", ")),
        constant: None,
        wire,
        inherited_from: None,
        documentation: documentation.join(" "),
        deprecation: None,
    }
}

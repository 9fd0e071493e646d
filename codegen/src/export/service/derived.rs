//! Derives the entity container, actions and functions from the request tree of pages.
//!
//! A first path segment that leads to entities is an entity set, one that leads to one entity a
//! singleton. An action or a function is bound to the type of the path before it; one at the root
//! is unbound and has an import. Overloads that CSDL does not allow (12.2) are merged.

use std::collections::BTreeSet;

use crate::model::requests::{Body, Builder, Operation, OperationKind, ReturnType};
use crate::model::{Argument, Model, Primitive, QualifiedName, Segment, TypeKind, ValueType};
use crate::schema::{
    Capabilities, ContainerMember, DeclaredOperation, Description, MemberKind, OperationParameter, OperationValue,
    Requirements, TypeExpr, TypeItem, TypeRef,
};
use crate::source::{At, Span};

/// The members of the container, and the operations.
pub(super) fn of(model: &Model) -> (Vec<ContainerMember>, Vec<DeclaredOperation>) {
    let Some(root) = model.requests.builders.first() else { return Default::default() };
    let container = QualifiedName::new(model.service.namespace(), format!("{}Service", model.service.name()));
    let mut members: Vec<ContainerMember> = Vec::new();
    let mut operations: Vec<DeclaredOperation> = Vec::new();
    let mut seen = BTreeSet::new();
    for step in &root.steps {
        let target = model.requests.builder(step.target);
        let (Segment::Literal(name), Some(ty)) = (&step.segment, target.ty) else { continue };
        if model.structured(ty).kind != TypeKind::Entity || !is_identifier(name) {
            continue;
        }
        let span = model.structured(ty).span;
        let expr = expression(model, &ValueType::Structured(ty), false, span);
        let kind = if target.collection { MemberKind::EntitySet(expr) } else { MemberKind::Singleton(expr) };
        members.push(member(&container, name, kind, span));
    }
    for (builder, operation) in model.requests.operations() {
        if !matches!(operation.kind, OperationKind::Action | OperationKind::Function) {
            continue;
        }
        let Some(declared) = declared(model, builder, operation) else { continue };
        let parameters: Vec<&str> = declared.parameters.iter().map(|parameter| parameter.name.value.as_str()).collect();
        let binding = declared.binding.as_ref().map(|binding| format!("{:?}", binding.ty.value));
        let parameters = if declared.is_function { parameters.join(",") } else { String::new() };
        if !seen.insert((declared.name.value.clone(), declared.is_function, binding, parameters)) {
            continue;
        }
        if declared.binding.is_none() {
            let name = declared.name.value.clone();
            let simple = name.name.clone();
            let kind =
                if declared.is_function { MemberKind::FunctionImport(name) } else { MemberKind::ActionImport(name) };
            if !members.iter().any(|known| known.name.value == simple) {
                members.push(member(&container, &simple, kind, operation.span));
            }
        }
        operations.push(declared);
    }
    // A name cannot be that of both an action and a function (12).
    let actions: BTreeSet<QualifiedName> = operations
        .iter()
        .filter(|operation| !operation.is_function)
        .map(|operation| operation.name.value.clone())
        .collect();
    operations.retain(|operation| !operation.is_function || !actions.contains(&operation.name.value));
    operations.sort_by(|a, b| a.name.value.cmp(&b.name.value));
    (members, operations)
}

fn member(container: &QualifiedName, name: &str, kind: MemberKind, span: Span) -> ContainerMember {
    ContainerMember {
        name: At::new(name.to_owned(), span),
        file: span.file,
        container: container.clone(),
        kind,
        is_nullable: false,
        entity_set: None,
        bindings: Vec::new(),
        description: None,
        capabilities: Capabilities::default(),
    }
}

fn declared(model: &Model, builder: &Builder, operation: &Operation) -> Option<DeclaredOperation> {
    let span = operation.span;
    let is_root = model.requests.builders.first().is_some_and(|root| std::ptr::eq(root, builder));
    let binding = match builder.ty {
        Some(ty) => Some(value(model, &ValueType::Structured(ty), builder.collection, span)),
        None if is_root => None,
        None => return None,
    };
    let (name, arguments): (&str, &[Argument]) = match operation.path.last()? {
        Segment::Literal(name) => (name, &[]),
        Segment::Call { name, arguments } => (name, arguments),
        _ => return None,
    };
    let name = match QualifiedName::parse(name) {
        Some(name) => name,
        None => QualifiedName::new(model.service.namespace(), name),
    };
    let is_function = operation.http == crate::model::HttpMethod::Get;
    let mut parameters = Vec::new();
    if is_function {
        let named = arguments.iter().zip(&operation.parameters);
        for (argument, parameter) in named {
            let name = if argument.name.is_empty() { &parameter.placeholder } else { &argument.name };
            parameters.push((name.clone(), value(model, &parameter.ty, false, span), parameter.description.as_ref()));
        }
    } else if let Body::Parameters(index) = &operation.body {
        for property in &model.requests.parameters.get(*index)?.properties {
            let ty = value(model, &property.ty.item, property.ty.collection, span);
            parameters.push((property.name.clone(), ty, property.description.as_ref()));
        }
    }
    let mut returns = returned(model, operation);
    // A function has a return type (12.8).
    if is_function && returns.is_none() {
        returns = Some(value(model, &ValueType::Primitive(Primitive::Untyped), false, span));
    }
    let fits = is_identifier(&name.name) && parameters.iter().all(|(name, ..)| is_identifier(name));
    fits.then(|| DeclaredOperation {
        name: At::new(name, span),
        file: span.file,
        is_function,
        binding_name: binding.is_some().then(|| "bindingParameter".to_owned()),
        binding,
        entity_set_path: None,
        is_composable: false,
        parameters: parameters
            .into_iter()
            .map(|(name, value, description)| OperationParameter {
                name: At::new(name, span),
                value,
                is_optional: false,
                description: description.map(plain),
            })
            .collect(),
        returns,
        description: operation.description.as_ref().map(plain),
        deprecation: operation.deprecation.clone(),
        requirements: Requirements::default(),
    })
}

/// A description without its links, because their targets are pages.
fn plain<L>(said: &Description<L>) -> Description {
    Description::new(said.text(), said.span)
}

fn returned(model: &Model, operation: &Operation) -> Option<OperationValue> {
    let of = |item: &ValueType, many| Some(value(model, item, many, operation.span));
    match &operation.response {
        ReturnType::One(item) | ReturnType::Optional(item) | ReturnType::Single(item) => of(item, false),
        ReturnType::Many(item) | ReturnType::Delta(item) => of(item, true),
        ReturnType::Bytes => of(&ValueType::Primitive(Primitive::Stream), false),
        ReturnType::Text => of(&ValueType::Primitive(Primitive::String), false),
        ReturnType::Count => of(&ValueType::Primitive(Primitive::Int64), false),
        ReturnType::Nothing | ReturnType::Accepted => None,
    }
}

fn value(model: &Model, item: &ValueType, collection: bool, span: Span) -> OperationValue {
    OperationValue { ty: At::new(expression(model, item, collection, span), span), nullable: false }
}

fn expression(model: &Model, item: &ValueType, collection: bool, span: Span) -> TypeExpr {
    let item = match item {
        ValueType::Primitive(primitive) => TypeItem::Primitive(*primitive),
        ValueType::Enum(id) if model.enumeration(*id).is_text => TypeItem::Primitive(Primitive::String),
        other => TypeItem::Named(TypeRef { name: model.type_name(other), target: None, span }),
    };
    TypeExpr { item, collection }
}

/// A simple identifier (CSDL 4.01, 15.2).
fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_')
}

//! Writes the entity container, actions and functions as CSDL JSON (CSDL JSON 4.01, 12 and 13).
//!
//! Those of the metadata are written as they are declared. Pages describe only requests; for them
//! the container is derived from the request tree ([`derived`]).

mod capabilities;
mod derived;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::object::Object;
use super::vocabulary;
use crate::model::{Model, QualifiedName};
use crate::schema::{ContainerMember, DeclaredOperation, MemberKind, OperationValue, TypeExpr, TypeItem};

pub(super) use capabilities::annotate;

/// Adds the service to a document that has the types already.
pub(super) fn add(model: &Model, document: &mut Object) {
    let (container, operations) = if model.container.is_empty() && model.declared_operations.is_empty() {
        derived::of(model)
    } else {
        (model.container.clone(), model.declared_operations.clone())
    };
    let mut written = BTreeSet::new();
    for operation in &operations {
        let name = &operation.name.value;
        let schema = document.member(&name.namespace);
        let overloads = schema.entry(name.name.clone()).or_insert_with(|| Value::Array(Vec::new()));
        // If a type has the same name, the operation is left out, because names are unique in a
        // schema (5).
        if let Value::Array(overloads) = overloads {
            overloads.push(self::operation(operation).into());
            written.insert(name.clone());
        }
    }
    let mut first: Option<QualifiedName> = None;
    for member in &container {
        let is_known = match &member.kind {
            MemberKind::EntitySet(ty) | MemberKind::Singleton(ty) => is_declared(document, ty),
            MemberKind::ActionImport(name) | MemberKind::FunctionImport(name) => written.contains(name),
        };
        if !is_known {
            continue;
        }
        first.get_or_insert_with(|| member.container.clone());
        let schema = document.member(&member.container.namespace);
        let object = schema
            .entry(member.container.name.clone())
            .or_insert_with(|| Object::new().with("$Kind", "EntityContainer").into());
        if let Value::Object(object) = object {
            object.insert(member.name.value.clone(), self::member(member).into());
        }
    }
    if let Some(name) = first {
        document.put("$EntityContainer", name.to_string());
    }
}

/// Returns true if the document has the type of an entity set or a singleton; types that were not
/// selected are not in it.
fn is_declared(document: &mut Object, ty: &TypeExpr) -> bool {
    let TypeItem::Named(name) = &ty.item else { return false };
    let Some(name) = QualifiedName::parse(&name.name) else { return false };
    let schema: &Map<String, Value> = document.member(&name.namespace);
    schema.get(&name.name).is_some_and(Value::is_object)
}

fn member(member: &ContainerMember) -> Object {
    let bindings: Map<String, Value> =
        member.bindings.iter().map(|(path, target)| (path.clone(), Value::from(target.as_str()))).collect();
    let object = match &member.kind {
        MemberKind::EntitySet(ty) => Object::new().with("$Collection", true).with("$Type", type_name(ty)),
        MemberKind::Singleton(ty) => {
            Object::new().with("$Type", type_name(ty)).maybe("$Nullable", member.is_nullable.then_some(true))
        }
        MemberKind::ActionImport(name) => Object::new().with("$Action", name.to_string()),
        MemberKind::FunctionImport(name) => Object::new().with("$Function", name.to_string()),
    };
    let object = object
        .maybe("$EntitySet", member.entity_set.as_deref())
        .maybe("$NavigationPropertyBinding", (!bindings.is_empty()).then_some(bindings))
        .maybe(vocabulary::DESCRIPTION, member.description.as_ref().map(|said| said.to_markdown()));
    annotate(object, &member.capabilities)
}

fn operation(operation: &DeclaredOperation) -> Object {
    let binding = operation.binding.as_ref().map(|binding| {
        let name = operation.binding_name.as_deref().unwrap_or("bindingParameter");
        value(binding).with("$Name", name)
    });
    let parameters = operation.parameters.iter().map(|parameter| {
        let object = value(&parameter.value).with("$Name", parameter.name.value.as_str());
        let object =
            object.maybe(vocabulary::DESCRIPTION, parameter.description.as_ref().map(|said| said.to_markdown()));
        object.maybe("@Org.OData.Core.V1.OptionalParameter", parameter.is_optional.then(Map::new))
    });
    Object::new()
        .with("$Kind", if operation.is_function { "Function" } else { "Action" })
        .flag("$IsBound", operation.binding.is_some())
        .maybe("$EntitySetPath", operation.entity_set_path.as_deref())
        .flag("$IsComposable", operation.is_composable)
        .list("$Parameter", binding.into_iter().chain(parameters))
        .maybe("$ReturnType", operation.returns.as_ref().map(value))
        .maybe(vocabulary::DESCRIPTION, operation.description.as_ref().map(|said| said.to_markdown()))
        .maybe(
            "@Org.OData.Capabilities.V1.OperationRestrictions",
            Some(capabilities::requirements(&operation.requirements)).filter(|record| !record.is_empty()),
        )
        .maybe(vocabulary::REVISIONS, operation.deprecation.as_ref().map(|said| vocabulary::revisions(&said.value)))
}

fn value(value: &OperationValue) -> Object {
    let ty = type_name(&value.ty.value);
    Object::new()
        .maybe("$Type", (ty != "Edm.String").then_some(ty))
        .flag("$Collection", value.ty.value.collection)
        .flag("$Nullable", value.nullable)
}

fn type_name(ty: &TypeExpr) -> String {
    match &ty.item {
        TypeItem::Primitive(primitive) => primitive.edm_name().to_owned(),
        TypeItem::Named(name) => name.name.clone(),
        TypeItem::OneOf(_) | TypeItem::Unclear(_) => "Edm.Untyped".to_owned(),
    }
}

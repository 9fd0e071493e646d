//! A structured type → its struct, with a property an item.

use super::{Constant, Item, ItemKind, Shape, Type, deprecation, path};
use crate::emit::constants;
use crate::emit::structs::{self, Member, fact_sentences};
use crate::emit::types::Scope;
use crate::model::{Description, StructuredType, TypeId, TypeKind};

pub(super) fn structure(scope: &Scope<'_>, id: TypeId, ty: &StructuredType) -> Type {
    let members = structs::members(scope, id);
    let properties = members.iter().map(|member| property(scope, member));
    Type {
        path: path(scope, &ty.rust),
        origin: ty.name.to_string(),
        shape: Shape::Struct,
        base: ty.base.map(|base| path(scope, &scope.model.structured(base).rust)),
        documentation: documentation(ty),
        deprecation: ty.deprecation.as_ref().map(|said| deprecation(&said.value)),
        items: properties.collect(),
    }
}

/// The dialect's `Json`.
pub(super) fn alias(scope: &Scope<'_>, ty: &StructuredType) -> Type {
    Type {
        path: path(scope, &ty.rust),
        origin: ty.name.to_string(),
        shape: Shape::Alias,
        base: None,
        documentation: documentation(ty),
        deprecation: ty.deprecation.as_ref().map(|said| deprecation(&said.value)),
        items: Vec::new(),
    }
}

pub(super) fn property(scope: &Scope<'_>, Member { property, from }: &Member<'_>) -> Item {
    let mut documentation = fact_sentences(&property.facts);
    documentation.extend(property.description.as_ref().map(Description::to_markdown));
    Item {
        kind: ItemKind::Property,
        name: property.rust_field.clone(),
        signature: scope.field(&property.ty),
        constant: Some(Constant {
            name: property.rust_const.clone(),
            parameters: constants::parameters(scope, property),
        }),
        wire: property.name.clone(),
        inherited_from: from.map(|base| path(scope, &scope.model.structured(base).rust)),
        documentation: documentation.join(" "),
        deprecation: property.facts.deprecation.as_ref().map(|said| deprecation(&said.value)),
    }
}

fn documentation(ty: &StructuredType) -> String {
    let kind = match ty.kind {
        TypeKind::Entity => "Entity type.",
        TypeKind::Complex => "Complex type.",
    };
    let facts = [(ty.is_abstract, "Abstract."), (ty.is_open, "Open."), (ty.has_stream, "A media stream.")];
    let facts = facts.iter().filter(|(holds, _)| *holds).map(|(_, said)| *said);
    let description = ty.description.as_ref().map(Description::to_markdown);
    let all: Vec<&str> = std::iter::once(kind).chain(facts).chain(description.as_deref()).collect();
    all.join(" ")
}

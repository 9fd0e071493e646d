//! Enum types, and families of types → enums, with a variant an item.

use super::{Item, ItemKind, Shape, Type, path};
use crate::emit::polymorphic;
use crate::emit::types::Scope;
use crate::model::{EnumType, Family, Member, StructuredType};

pub(super) fn enumeration(scope: &Scope<'_>, ty: &EnumType) -> Type {
    Type {
        path: path(scope, &ty.rust),
        origin: ty.name.to_string(),
        shape: if ty.is_flags { Shape::FlagsEnum } else { Shape::Enum },
        base: None,
        documentation: ty.description.as_deref().unwrap_or_default().to_owned(),
        deprecation: None,
        items: ty.members.iter().map(member).collect(),
    }
}

fn member(member: &Member) -> Item {
    let number = member.value.map(|value| format!("{value}."));
    let said: Vec<&str> = number.as_deref().into_iter().chain(member.description.as_deref()).collect();
    variant(member.rust_variant.clone(), String::new(), member.name.clone(), said.join(" "))
}

/// The enum of a type and its descendants.
pub(super) fn family(scope: &Scope<'_>, ty: &StructuredType, any: &Family) -> Type {
    let variants = polymorphic::variants(scope, any).into_iter();
    Type {
        path: scope.path(&ty.rust, &any.name),
        origin: ty.name.to_string(),
        shape: Shape::Family,
        base: None,
        documentation: String::new(),
        deprecation: None,
        items: variants
            .map(|known| variant(known.name, format!("Box<{}>", known.path), known.qualified, String::new()))
            .collect(),
    }
}

fn variant(name: String, signature: String, wire: String, documentation: String) -> Item {
    Item {
        kind: ItemKind::Variant,
        name,
        signature,
        constant: None,
        wire,
        inherited_from: None,
        documentation,
        deprecation: None,
    }
}

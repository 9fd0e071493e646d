//! Changes the schema to what the pages would state if they were correct.

use crate::hashing::HashSet;

use super::{Lookup, holds, is_meant, named};
use crate::config::{EnumCorrection, PropertyCorrection, TypeCorrection};
use crate::model;
use crate::resolve::names::with_namespace;
use crate::schema::{
    DeclaredEnum, DeclaredMember, DeclaredProperty, DeclaredType, EnumSource, HasName, JsonItem, PropertySource,
    Schema, TypeItem,
};
use crate::source::{At, FileId};

/// Returns the schema with the corrections applied.
pub(in crate::resolve) fn apply(schema: &Schema, root: &str, lookup: &Lookup<'_>) -> Schema {
    let mut schema = schema.clone();
    schema.types.retain(|ty| !lookup.excludes(&with_namespace(&ty.name.value, root)));
    let mut done = HashSet::default();
    for ty in &mut schema.types {
        let name = with_namespace(&ty.name.value, root);
        if let Some(said) = lookup.ty(&name) {
            // If two pages describe a type, only the first description gets the new properties.
            let is_first = done.insert(name.folded());
            correct_type(ty, said, is_first);
        }
    }
    for (name, said) in lookup.enums.values() {
        if let (Some(members), false) = (&said.members, holds(said.exclude.as_ref())) {
            let member = |name: &At<String>| DeclaredMember::named(name.clone());
            schema.enums.push(DeclaredEnum {
                name: At::new((*name).clone(), said.span),
                file: FileId::CONFIGURATION,
                source: EnumSource::Correction,
                description: None,
                members: members.value.iter().map(member).collect(),
                is_flags: None,
            });
        }
    }
    schema
}

fn correct_type(ty: &mut DeclaredType, said: &TypeCorrection, is_first: bool) {
    if said.is_abstract.is_some() {
        ty.is_abstract.clone_from(&said.is_abstract);
    }
    if said.is_open.is_some() {
        ty.is_open.clone_from(&said.is_open);
    }
    if let Some(key) = &said.key {
        ty.key.clone_from(&key.value);
    }
    let is_excluded = |property: &DeclaredProperty| {
        let said = named(said, &property.name.value);
        said.is_some_and(|said| holds(said.exclude.as_ref()))
    };
    ty.properties.retain(|property| !is_excluded(property));
    let corrected = said;
    for (name, said) in &said.properties {
        if let Some(property) =
            ty.properties.iter_mut().find(|property| is_meant(corrected, name, &property.name.value))
        {
            correct_property(property, said);
        } else if holds(said.add.as_ref()) && is_first {
            let name = At::new(name.clone(), said.span);
            let mut property = DeclaredProperty::named(name, PropertySource::Properties);
            correct_property(&mut property, said);
            ty.properties.push(property);
        }
    }
}

fn correct_property(property: &mut DeclaredProperty, said: &PropertyCorrection) {
    if let Some(ty) = &said.ty {
        property.table_type = Some(ty.clone());
        if property.source == PropertySource::JsonBlock {
            property.source = PropertySource::Properties;
        }
        // The JSON block must not overrule the correction. The lists of values on page and block
        // stay if the type may be the enum with these members.
        let may_be_enum = matches!(ty.value.item, TypeItem::Named(_));
        if !(may_be_enum && matches!(property.json.as_ref().map(|shape| &shape.value.item), Some(JsonItem::Values(_))))
        {
            property.json = None;
        }
        if !may_be_enum {
            property.values = None;
        }
    }
    if let Some(read_only) = &said.read_only {
        property.facts.read_only = read_only.value.then_some(read_only.span);
    }
    if said.nullable.is_some() {
        property.facts.nullable.clone_from(&said.nullable);
    }
}

/// Corrects an enum that was merged from all its descriptions. The pages' descriptions of members
/// that stay are kept.
pub(in crate::resolve) fn correct_enum(ty: &mut model::EnumType, said: &EnumCorrection) {
    let new = |name: &At<String>| model::Member {
        name: name.value.clone(),
        value: None,
        description: None,
        deprecation: None,
        rust_variant: String::new(),
        span: name.span,
    };
    if let Some(members) = &said.members {
        let known = std::mem::take(&mut ty.members);
        for name in &members.value {
            if !ty.members.iter().any(|member| member.name == name.value) {
                let kept = known.iter().find(|member| member.is_called(&name.value)).cloned();
                let mut member = kept.unwrap_or_else(|| new(name));
                member.name.clone_from(&name.value);
                ty.members.push(member);
            }
        }
    }
    ty.members.retain(|member| !said.remove.iter().any(|name| name.value == member.name));
    for name in &said.add {
        if !ty.members.iter().any(|member| member.name == name.value) {
            ty.members.push(new(name));
        }
    }
    if let Some(is_flags) = &said.is_flags {
        ty.is_flags = is_flags.value;
    }
}

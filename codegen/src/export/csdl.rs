//! [`Model`] → OData CSDL JSON 4.01.

use crate::schema::HasName;
use std::collections::BTreeSet;

use serde_json::Value;

use super::object::Object;
use super::{service, vocabulary};
use crate::model::{
    EnumType, Facts, Model, Primitive, Property, PropertyType, QualifiedName, StructuredType, TypeKind, ValueType,
};
use crate::source::At;
use crate::vocabulary::JsonForm;

/// Writes the model as a document of
/// [OData CSDL JSON 4.01](https://docs.oasis-open.org/odata/odata-csdl-json/v4.01/odata-csdl-json-v4.01.html).
///
/// | of the model | in the document | section |
/// | --- | --- | --- |
/// | namespace | schema; no alias | 5 |
/// | entity type, complex type | `$Kind`, `$BaseType`, `$Abstract`, `$OpenType`, `$HasStream`; `$Key` where the type itself declares it | 6, 9 |
/// | property | `$Type` (none for `Edm.String`), `$Collection`, `$Nullable`, `$MaxLength`, `$DefaultValue`; those the type declares itself | 7 |
/// | navigation property | `$Kind`, `$Type`, `$Collection`, `$Nullable` | 8 |
/// | enum type | `$IsFlags`, `$UnderlyingType` where a number needs it, the members | 10 |
/// | what the pages say beside that | annotations, see below | 14 |
///
/// A single value is `$Nullable` unless its page says otherwise or it is part of the key, because
/// the service may leave it out. The items of a collection are not. A member without a number gets
/// the next one, in a flags enum the next free bit; there, `none` gets 0. A default value is left
/// out if it is not a valid value of the type.
///
/// A type that properties refer to but no page describes is declared too, so that the document is
/// complete: as an open complex type, or as an abstract open entity type if it is the target of a
/// navigation property, with the annotation `edmark.v1.Undocumented`.
///
/// # Annotations
/// | fact | annotation | on |
/// | --- | --- | --- |
/// | description | `Org.OData.Core.V1.Description` | types, properties, members |
/// | read-only | `Org.OData.Core.V1.Computed`; `Org.OData.Core.V1.Permissions` `Read` on a navigation property | properties |
/// | deprecated | `Org.OData.Core.V1.Revisions` of kind `Deprecated` | types, properties |
/// | not filterable, which filter expressions | `Org.OData.Capabilities.V1.FilterRestrictions` | entity types |
/// | not sortable | `Org.OData.Capabilities.V1.SortRestrictions` | entity types |
/// | not expandable | `Org.OData.Capabilities.V1.ExpandRestrictions` | entity types |
/// | required on create | `Org.OData.Capabilities.V1.InsertRestrictions` | entity types |
/// | the exact facts, for which no standard term exists | `edmark.v1.…`, terms that the document declares | properties |
///
/// The terms of Capabilities are defined for entity sets. The pages do not list the sets, but their
/// facts hold for every set of the type, so the annotations are on the type (14.1.2 asks clients to
/// expect any term on any element).
///
/// Entity container, actions and functions are those of the metadata. If there are only pages, they
/// are derived from the requests: a first path segment that leads to entities is an entity set, and
/// an action is bound to the type of the path before it.
pub fn csdl_json(model: &Model) -> Value {
    let mut document = Object::new().with("$Version", "4.01").with("$Reference", vocabulary::references());
    let undocumented = model.undocumented.iter().map(|ty| &ty.value);
    let names = model.type_names().into_iter().chain(undocumented);
    let namespaces: BTreeSet<&str> = names.map(|name| name.namespace.as_str()).collect();
    for namespace in namespaces {
        // Added first, so that schemas are sorted even if one of them has no types.
        document.member(namespace);
    }
    let mut declare = |name: &QualifiedName, value: Object| {
        document.member(&name.namespace).insert(name.name.clone(), value.into());
    };
    for ty in &model.types {
        declare(&ty.name, structured(model, ty));
    }
    for ty in model.enums.iter().filter(|ty| !ty.is_text) {
        declare(&ty.name, enumeration(ty));
    }
    let entities = navigation_targets(model);
    for At { value: name, .. } in &model.undocumented {
        let is_entity = entities.contains(name);
        let declaration = Object::new()
            .with("$Kind", if is_entity { "EntityType" } else { "ComplexType" })
            .flag("$Abstract", is_entity)
            .with("$OpenType", true)
            .with(vocabulary::UNDOCUMENTED, true);
        declare(name, declaration);
    }
    service::add(model, &mut document);
    document.put(vocabulary::NAMESPACE, vocabulary::terms());
    document.into()
}

/// The undocumented types that are targets of navigation properties, and therefore entity types.
fn navigation_targets(model: &Model) -> BTreeSet<&QualifiedName> {
    let properties = model.types.iter().flat_map(|ty| &ty.properties);
    properties
        .filter(|property| property.is_navigation)
        .filter_map(|property| match &property.ty.item {
            ValueType::Undocumented(name) => Some(name),
            _ => None,
        })
        .collect()
}

fn structured(model: &Model, ty: &StructuredType) -> Object {
    let is_entity = ty.kind == TypeKind::Entity;
    let mut object = Object::new()
        .with("$Kind", if is_entity { "EntityType" } else { "ComplexType" })
        .maybe("$BaseType", ty.base.map(|base| model.structured(base).name.to_string()))
        .flag("$Abstract", ty.is_abstract)
        .flag("$OpenType", ty.is_open)
        .flag("$HasStream", ty.has_stream)
        .list("$Key", key(model, ty));
    for property in &ty.properties {
        let in_key = ty.key.contains(&property.name);
        object.put(&property.name, self::property(model, &ty.name, property, in_key));
    }
    let alternate = model.declarations.get(&ty.name).map_or(&[][..], |declaration| &declaration.alternate_keys);
    object = object
        .list(vocabulary::ALTERNATE_KEYS, alternate.iter().map(|key| vocabulary::alternate_key(key)))
        .maybe(vocabulary::DESCRIPTION, ty.description.as_ref().map(|said| said.to_markdown()))
        .maybe(vocabulary::REVISIONS, ty.deprecation.as_ref().map(|said| vocabulary::revisions(&said.value)));
    if is_entity { vocabulary::restrictions(object, &ty.properties) } else { object }
}

/// The properties of the key: names, or aliases with their paths (6.5).
fn key(model: &Model, ty: &StructuredType) -> Vec<Value> {
    if ty.kind != TypeKind::Entity {
        return Vec::new();
    }
    let aliases = model.declarations.get(&ty.name).map_or(&[][..], |declaration| &declaration.key_aliases);
    if aliases.is_empty() {
        return ty.key.iter().map(|name| Value::from(name.as_str())).collect();
    }
    let part = |name: &String| match aliases.iter().find(|(alias, _)| alias == name) {
        Some((alias, path)) => Object::new().with(alias, path.as_str()).into(),
        None => Value::from(name.as_str()),
    };
    model.declared_keys(ty).iter().map(part).collect()
}

fn property(model: &Model, owner: &QualifiedName, property: &Property, in_key: bool) -> Object {
    let PropertyType { item, collection } = &property.ty;
    let type_name = match item {
        ValueType::Primitive(primitive) => primitive.edm_name().to_owned(),
        ValueType::Structured(id) => model.structured(*id).name.to_string(),
        ValueType::Enum(id) if model.enumeration(*id).is_text => Primitive::String.edm_name().to_owned(),
        ValueType::Enum(id) => model.enumeration(*id).name.to_string(),
        ValueType::Undocumented(name) => name.to_string(),
    };
    let facts = &property.facts;
    let nullable = !collection && facts.nullable.as_ref().map_or(!in_key, |nullable| nullable.value);
    let mut object = Object::new()
        .maybe("$Kind", property.is_navigation.then_some("NavigationProperty"))
        .maybe("$Type", (type_name != "Edm.String" || property.is_navigation).then_some(type_name))
        .flag("$Collection", *collection)
        .flag("$Nullable", nullable);
    if !property.is_navigation {
        object = object.maybe("$MaxLength", max_length(item, facts));
        if !collection {
            object = object.maybe("$DefaultValue", default_value(model, item, facts));
        }
    }
    let navigation = model.navigation.get(&(owner.clone(), property.name.clone()));
    if let Some(navigation) = navigation.filter(|_| property.is_navigation) {
        object =
            object.flag("$ContainsTarget", navigation.contains_target).maybe("$Partner", navigation.partner.as_deref());
        object = service::annotate(object, &navigation.capabilities);
    }
    vocabulary::annotate(object, property)
}

/// The maximum length, which only strings and binary values have (7.2.2).
fn max_length(item: &ValueType, facts: &Facts) -> Option<u32> {
    let has_length = matches!(item, ValueType::Primitive(Primitive::String | Primitive::Binary | Primitive::Stream));
    facts.max_length.as_ref().filter(|_| has_length).map(|length| length.value)
}

/// The default as a JSON value of the property's type (7.2.7), if the text of the page is one.
fn default_value(model: &Model, item: &ValueType, facts: &Facts) -> Option<Value> {
    let text = facts.default.as_ref()?.value.trim_matches(['`', '"', '\'', '*', ' ']);
    match item {
        ValueType::Primitive(primitive) => match primitive {
            Primitive::String => Some(Value::from(text)),
            primitive => match primitive.json() {
                JsonForm::Boolean => text.to_ascii_lowercase().parse::<bool>().ok().map(Value::from),
                JsonForm::Integer { .. } => text.parse::<i64>().ok().map(Value::from),
                JsonForm::Fraction => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
                JsonForm::Text | JsonForm::Any => None,
            },
        },
        ValueType::Enum(id) => {
            let members = &model.enumeration(*id).members;
            members.iter().find(|member| member.is_called(text)).map(|member| Value::from(&*member.name))
        }
        ValueType::Structured(_) | ValueType::Undocumented(_) => None,
    }
}

fn enumeration(ty: &EnumType) -> Object {
    let values = numbers(ty);
    let fits = values.iter().all(|value| i32::try_from(*value).is_ok());
    let mut object = Object::new()
        .with("$Kind", "EnumType")
        .flag("$IsFlags", ty.is_flags)
        .maybe("$UnderlyingType", (!fits).then_some("Edm.Int64"));
    for (member, value) in ty.members.iter().zip(values) {
        object.put(&member.name, value);
        if let Some(description) = &member.description {
            object.put(&format!("{}{}", member.name, vocabulary::DESCRIPTION), description.to_markdown());
        }
    }
    object.maybe(vocabulary::DESCRIPTION, ty.description.as_ref().map(|said| said.to_markdown()))
}

/// The number of each member: that of the page, or else the next free one.
fn numbers(ty: &EnumType) -> Vec<i64> {
    let mut used: BTreeSet<i64> = ty.members.iter().filter_map(|member| member.value).collect();
    let bits = used.iter().fold(0, |bits, value| bits | value);
    let mut free_bits = (0..63).map(|bit| 1_i64 << bit).filter(|bit| bits & bit == 0);
    let mut next = 0_i64;
    ty.members
        .iter()
        .map(|member| match member.value {
            Some(value) => {
                next = value.saturating_add(1);
                value
            }
            None if ty.is_flags && member.name == "none" => 0,
            // An enum with more than 63 members cannot be a flags enum. The document is still
            // valid, because two members may have the same number (10.2).
            None if ty.is_flags => free_bits.next().unwrap_or(0),
            None => {
                while !used.insert(next) && next < i64::MAX {
                    next += 1;
                }
                next
            }
        })
        .collect()
}

//! Finds the type of a value in a key: that of the property that identifies the entity.

use crate::model::{Model, Primitive, Property, TypeId, ValueType};
use crate::resolve::names::same_letters;
use crate::vocabulary::JsonForm;

/// The type of a placeholder in a key of an entity type: that of the property with the same name
/// (an alternate key, or a part of a key of several properties), otherwise that of the only key
/// property. `None` if the entity type does not tell.
pub(super) fn of(model: &Model, entity: TypeId, placeholder: &str) -> Option<ValueType> {
    let called = |name: &str| model.declared_properties(entity).find(|property| same_letters(&property.name, name));
    let mut key = model.ancestry(entity).map(|id| &model.structured(id).key).find(|key| !key.is_empty())?.iter();
    let key = match (key.next(), key.next()) {
        (Some(only), None) => called(only),
        _ => None,
    };
    // `{id | userPrincipalName}` accepts a value of either property.
    let mut alternatives = placeholder.split('|').map(|name| called(name).or(key));
    let first = alternatives.next()??;
    let is_same = |other: Option<&Property>| other.is_some_and(|other| other.ty == first.ty);
    (can_be_key(first) && alternatives.all(is_same)).then(|| first.ty.item.clone())
}

/// Returns true if the property can be a key (CSDL 4.01, section 6.5) and a URL has literals of its
/// type.
fn can_be_key(property: &Property) -> bool {
    let is_value = match property.ty.item {
        ValueType::Primitive(primitive) => primitive != Primitive::Stream && primitive.json() != JsonForm::Any,
        ValueType::Enum(_) => true,
        ValueType::Structured(_) | ValueType::Undocumented(_) => false,
    };
    is_value && !property.ty.collection
}

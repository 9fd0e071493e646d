//! Finds the type of a value in a key: that of the property that identifies the entity.

use crate::model::{Model, Primitive, Property, TypeId, ValueType};
use crate::resolve::names::same_letters;
use crate::vocabulary::JsonForm;

/// The type of a placeholder in a key of an entity type: that of the property that it names (a part
/// of the key or of an alternate key), otherwise that of the only key property. `None` if the
/// entity type does not tell.
pub(super) fn of(model: &Model, entity: TypeId, placeholder: &str) -> Option<ValueType> {
    let mut key = model.ancestry(entity).map(|id| &model.structured(id).key).find(|key| !key.is_empty())?.iter();
    let key = match (key.next(), key.next()) {
        (Some(only), None) => property(model, entity, only),
        _ => None,
    };
    // `{id | userPrincipalName}` accepts a value of either property.
    let mut alternatives = placeholder.split('|').map(|name| property(model, entity, name).or(key));
    let first = alternatives.next()??;
    let is_same = |other: Option<&Property>| other.is_some_and(|other| other.ty == first.ty);
    (can_be_key(first) && alternatives.all(is_same)).then(|| first.ty.item.clone())
}

/// The property of an entity type that a part of a key names: by its alias in the metadata (CSDL
/// 4.01, 6.5), which may stand for a property of a complex property, or by its own name.
pub(in crate::resolve) fn property<'m>(model: &'m Model, entity: TypeId, name: &str) -> Option<&'m Property> {
    let declarations = model.ancestry(entity).filter_map(|up| model.declarations.get(&model.structured(up).name));
    let mut aliases = declarations.flat_map(|said| said.key_aliases.iter().chain(said.alternate_keys.iter().flatten()));
    if let Some((_, path)) = aliases.find(|(alias, _)| alias == name) {
        return at(model, entity, path);
    }
    let called = || model.declared_properties(entity).find(|property| same_letters(&property.name, name));
    model.declared_properties(entity).find(|property| property.name == name).or_else(called)
}

/// The property at the end of a path of properties.
fn at<'m>(model: &'m Model, entity: TypeId, path: &str) -> Option<&'m Property> {
    let mut names = path.split('/');
    let first = names.next()?;
    let declared = |owner: TypeId, name: &str| model.declared_properties(owner).find(|property| property.name == name);
    names.try_fold(declared(entity, first)?, |property, name| match property.ty.item {
        ValueType::Structured(owner) => declared(owner, name),
        _ => None,
    })
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

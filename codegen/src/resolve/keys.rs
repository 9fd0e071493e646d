//! Gives a key to entity types whose pages state none.
//!
//! Only a part of the pages says `keyProperty`, but each entity type has a key, its own or one of
//! its base (CSDL 4.01, section 6.5).

use super::index::{Entry, Index};
use crate::evidence;
use crate::model::{Model, Property, StructuredType, TypeId, ValueType};
use crate::schema::TypeKind;

/// Makes a property the key that is called like one, where neither the pages of the type nor those
/// of its bases state a key.
pub(super) fn assume(model: &mut Model, index: &Index<'_>) {
    let is_corrected =
        |id: &TypeId| index.corrections.ty(&index.entry(*id).name).is_some_and(|said| said.key.is_some());
    let stated = index.ids().filter(|id| !is_corrected(id));
    let assumed: Vec<_> =
        stated.filter_map(|id| Some((id, key_of(model, index.entry(id), model.structured(id))?))).collect();
    for (id, key) in assumed {
        model.types[id.0 as usize].key.push(key);
    }
}

/// The property of a type that is its key, if the pages state none.
pub(super) fn key_of(model: &Model, entry: &Entry<'_>, ty: &StructuredType) -> Option<String> {
    if entry.merged.is_declared() || !entry.merged.key.is_empty() {
        return None;
    }
    let own = candidate(ty)?;
    let has_key = |base: &StructuredType| !base.key.is_empty() || candidate(base).is_some();
    let is_inherited =
        ty.base.into_iter().flat_map(|base| model.ancestry(base)).any(|base| has_key(model.structured(base)));
    (ty.kind == TypeKind::Entity && !is_inherited).then(|| own.name.clone())
}

fn candidate(ty: &StructuredType) -> Option<&Property> {
    ty.properties.iter().find(|property| {
        let is_one_value = matches!(property.ty.item, ValueType::Primitive(_)) && !property.ty.collection;
        is_one_value && evidence::names_a_key(&property.name)
    })
}

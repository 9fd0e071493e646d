//! Gives a key to entity types whose pages state none.
//!
//! Only a part of the pages says `keyProperty`, but each entity type has a key, its own or one of
//! its base (CSDL 4.01, section 6.5).

use super::index::Index;
use crate::evidence;
use crate::model::{Model, Property, StructuredType, TypeId, ValueType};
use crate::schema::TypeKind;

/// Makes a property the key that is called like one, where neither the pages of the type nor those
/// of its bases state a key.
pub(super) fn assume(model: &mut Model, index: &Index<'_>) {
    let assumed: Vec<_> = index.ids().filter_map(|id| Some((id, key_of(model, index, id)?))).collect();
    for (id, key) in assumed {
        model.types[id.0 as usize].key.push(key);
    }
}

fn key_of(model: &Model, index: &Index<'_>, id: TypeId) -> Option<String> {
    let entry = index.entry(id);
    let is_corrected = index.corrections.ty(&entry.name).is_some_and(|said| said.key.is_some());
    if entry.merged.is_declared() || is_corrected || !entry.merged.key.is_empty() {
        return None;
    }
    let ty = model.structured(id);
    let own = candidate(ty)?;
    let has_key = |base: &StructuredType| !base.key.is_empty() || candidate(base).is_some();
    let is_inherited = model.ancestry(id).skip(1).any(|base| has_key(model.structured(base)));
    (ty.kind == TypeKind::Entity && !is_inherited).then(|| own.name.clone())
}

fn candidate(ty: &StructuredType) -> Option<&Property> {
    ty.properties.iter().find(|property| {
        let is_one_value = matches!(property.ty.item, ValueType::Primitive(_)) && !property.ty.collection;
        is_one_value && evidence::names_a_key(&property.name)
    })
}

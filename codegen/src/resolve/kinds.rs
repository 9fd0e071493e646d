//! Decides for each type if it is an entity type or a complex type.
//!
//! Pages rarely state this. All types of an inheritance tree have the same kind (CSDL 4.01, 6.1 and
//! 9.1), so their votes are added up. A stated key or kind counts most, then the use by other types
//! (relationships lead to entities, properties hold complex values), then methods and an
//! identifier. Metadata states the kind, and a correction takes precedence over all votes for a
//! type and all types derived from it.

use super::index::Index;
use super::properties::Settled;
use crate::evidence::names_a_key;
use crate::model::TypeId;
use crate::schema::{HasName, JsonItem, PropertySource, TypeKind};

/// The kind of each type by metadata and votes, without corrections.
pub(super) fn without_corrections(index: &Index<'_>, bases: &[Option<TypeId>], settled: &Settled) -> Vec<TypeKind> {
    let root = |id: TypeId| std::iter::successors(Some(id), |id| bases[id.0 as usize]).last().unwrap_or(id);
    let mut votes = vec![0_i32; index.types().len()];
    for id in index.ids() {
        votes[root(id).0 as usize] += vote(index, settled, id);
    }
    let declared = |id: TypeId| {
        let ty = &index.entry(id).merged;
        ty.stated_kind.as_ref().filter(|_| ty.is_declared()).map(|stated| stated.value)
    };
    let voted = |id: TypeId| if votes[root(id).0 as usize] > 0 { TypeKind::Entity } else { TypeKind::Complex };
    index.ids().map(|id| declared(id).unwrap_or_else(|| voted(id))).collect()
}

/// The kinds after corrections, which also apply to derived types.
pub(super) fn corrected(index: &Index<'_>, bases: &[Option<TypeId>], kinds: &[TypeKind]) -> Vec<TypeKind> {
    let said = |id: TypeId| {
        let mut chain = std::iter::successors(Some(id), |id| bases[id.0 as usize]);
        chain.find_map(|up| index.corrections.ty(&index.entry(up).name)?.kind.as_ref().map(|said| said.value))
    };
    index.ids().zip(kinds).map(|(id, kind)| said(id).unwrap_or(*kind)).collect()
}

/// Positive for an entity type, negative for a complex one.
fn vote(index: &Index<'_>, settled: &Settled, id: TypeId) -> i32 {
    let ty = &index.entry(id).merged;
    let mut vote = match ty.stated_kind.as_ref().map(|stated| stated.value) {
        Some(TypeKind::Entity) => 8,
        Some(TypeKind::Complex) => -12,
        None => 0,
    };
    // A key that is not a property was probably copied from another page, but a base type may
    // declare it.
    let described = |key: &str| ty.properties.iter().any(|property| property.is_called(key));
    vote += match ty.key.first() {
        Some(key) if described(&key.value) => 6,
        Some(_) => 1,
        None => 0,
    };
    let uses = settled.uses[id.0 as usize];
    vote += (uses.as_relationship as i32) * 4;
    vote -= (uses.as_property as i32) * 4;
    if !ty.methods.is_empty() {
        vote += 3;
    }
    if ty.properties.iter().any(|property| property.source == PropertySource::Relationships) {
        vote += 2;
    }
    let identified = settled.properties[id.0 as usize].iter().any(|property| names_a_key(&property.name))
        || ty.properties.iter().any(|property| {
            names_a_key(&property.name.value)
                && matches!(property.json.as_ref().map(|shape| &shape.value.item), Some(JsonItem::Text))
        });
    if identified {
        vote += 3;
    }
    vote
}

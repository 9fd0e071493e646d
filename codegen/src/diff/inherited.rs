//! Combines changes: a change of a base type's property is one change, although every derived type
//! inherits the property and the change.

use std::collections::BTreeMap;

use super::{Change, Comparison};
use crate::surface::{ItemKind, Surface};

/// Removes changes from derived types that their base types have, too.
pub(super) fn fold(comparison: &mut Comparison, old: &Surface, new: &Surface) {
    let position: BTreeMap<String, usize> =
        comparison.types.iter().enumerate().map(|(index, ty)| (ty.path.clone(), index)).collect();
    let mut shared: Vec<(usize, Change, String)> = Vec::new();
    for index in 0..comparison.types.len() {
        let path = comparison.types[index].path.clone();
        let mut changes = std::mem::take(&mut comparison.types[index].changes);
        changes.retain(|change| {
            let base = declarer(change, &path, old, new).and_then(|base| position.get(base));
            let Some(base) = base.copied().filter(|base| *base != index) else { return true };
            // A base type from which the change was removed inherits the property itself, so it is
            // not the declaring type.
            let known = comparison.types[base].changes.iter().any(|other| same(other, change));
            if known {
                shared.push((base, change.clone(), path.clone()));
            }
            !known
        });
        comparison.types[index].changes = changes;
    }
    for (base, change, path) in shared {
        if let Some(known) = comparison.types[base].changes.iter_mut().find(|other| same(other, &change)) {
            known.also_in.push(path);
        }
    }
    comparison.types.retain(|ty| !ty.changes.is_empty());
}

/// The base type that declares the property of a change.
fn declarer<'s>(change: &Change, path: &str, old: &'s Surface, new: &'s Surface) -> Option<&'s str> {
    let item = change.item.as_ref().filter(|item| item.kind == ItemKind::Property)?;
    let of = |surface: &'s Surface| {
        let known = surface.get(path)?.items.iter().find(|known| known.kind == item.kind && known.name == item.name)?;
        known.inherited_from.as_deref()
    };
    of(new).or_else(|| of(old))
}

fn same(one: &Change, other: &Change) -> bool {
    (&one.item, &one.what) == (&other.item, &other.what)
}

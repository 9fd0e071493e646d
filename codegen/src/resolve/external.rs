//! Types that another crate has: which they are, and what is known of them here.
//!
//! What they need is that crate's affair. Only where a type derives from one of them, the base's properties are needed here as well, since a struct
//! carries those of its bases.

use crate::model::{Model, TypeId};

/// The paths of the crates that have them, by id.
#[derive(Clone, Debug)]
pub(super) struct External {
    pub(super) types: Vec<Option<String>>,
    pub(super) enums: Vec<Option<String>>,
}

impl External {
    pub(super) fn none(model: &Model) -> Self {
        External { types: vec![None; model.types.len()], enums: vec![None; model.enums.len()] }
    }

    /// Whether another crate has a structured type.
    pub(super) fn has(&self, id: TypeId) -> bool {
        self.types[id.0 as usize].is_some()
    }

    /// The descendants of a type that another crate has, as far as that crate has them.
    pub(super) fn descendants(&self, model: &Model, id: TypeId) -> Vec<TypeId> {
        model.descendants(id).into_iter().filter(|descendant| self.has(*descendant)).collect()
    }

    /// Says in the model where they are.
    pub(super) fn mark(self, model: &mut Model) {
        for (ty, path) in model.types.iter_mut().zip(self.types) {
            ty.rust.external = path;
        }
        for (ty, path) in model.enums.iter_mut().zip(self.enums) {
            ty.rust.external = path;
        }
    }
}

/// The enum of a base that another crate has knows the types of that crate, and none that derive from it here.
pub(super) fn settle_families(model: &mut Model) {
    let is_external: Vec<bool> = model.types.iter().map(|ty| ty.rust.external.is_some()).collect();
    for position in 0..model.types.len() {
        if !is_external[position] {
            continue;
        }
        let descendants = model.descendants(TypeId(position as u32));
        let ty = &mut model.types[position];
        if !descendants.iter().any(|id| is_external[id.0 as usize]) {
            ty.rust.any = None;
            ty.derived.clear();
        }
    }
}

//! Types that another crate has: which they are, and what is known of them here.
//!
//! What they need is that crate's affair. Only where a type derives from one of them, the base's
//! properties are needed here as well, since a struct carries those of its bases.

use crate::model::{Model, TypeId};

/// The paths of the crates that have them, by id.
#[derive(Clone, Debug)]
pub(super) struct External {
    types: Vec<Option<String>>,
    enums: Vec<Option<String>>,
}

impl External {
    /// No type is in another crate.
    pub(super) fn none(model: &Model) -> Self {
        External { types: vec![None; model.types.len()], enums: vec![None; model.enums.len()] }
    }

    /// Says by position which types the crate at `path` has.
    pub(super) fn add(&mut self, types: impl Iterator<Item = usize>, enums: impl Iterator<Item = usize>, path: &str) {
        for position in types {
            self.types[position] = Some(path.to_owned());
        }
        for position in enums {
            self.enums[position] = Some(path.to_owned());
        }
    }

    /// Whether another crate has a structured type.
    pub(super) fn has(&self, id: TypeId) -> bool {
        self.types[id.0 as usize].is_some()
    }

    /// Says in the model, which is whole still, where they are. The enum of a base that another
    /// crate has knows the types of that crate; where it has none that derive from it, there is no
    /// such enum.
    pub(super) fn mark(&self, model: &mut Model) {
        for position in 0..model.types.len() {
            let Some(path) = &self.types[position] else { continue };
            let has_family = model.descendants(TypeId(position as u32)).into_iter().any(|id| self.has(id));
            let names = &mut model.types[position].rust;
            names.external = Some(path.clone());
            names.any = names.any.take().filter(|_| has_family);
        }
        for (ty, path) in model.enums.iter_mut().zip(&self.enums) {
            ty.rust.external.clone_from(path);
        }
    }
}

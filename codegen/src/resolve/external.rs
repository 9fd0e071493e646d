//! Marks types that another crate provides.
//!
//! The types that they need are provided by that crate, too. Only if a type derives from one of
//! them, the properties of the base are needed here as well, because a struct includes inherited
//! properties.

use crate::model::{Model, TypeId};

/// The paths of the crates that provide the types, by id.
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

    /// Marks types, by their positions, as provided by the crate at `path`.
    pub(super) fn add(&mut self, types: impl Iterator<Item = usize>, enums: impl Iterator<Item = usize>, path: &str) {
        for position in types {
            self.types[position] = Some(path.to_owned());
        }
        for position in enums {
            self.enums[position] = Some(path.to_owned());
        }
    }

    /// Returns true if another crate provides a structured type.
    pub(super) fn has(&self, id: TypeId) -> bool {
        self.types[id.0 as usize].is_some()
    }

    /// Enters the paths in the model, which still has all of its types. If a base type is in
    /// another crate, its enum is in that crate as well, unless no derived type is there; then
    /// there is no such enum.
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

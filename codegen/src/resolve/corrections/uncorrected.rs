//! What the pages alone give where a correction takes precedence.

use crate::model::{EnumType, StructuredType};
use crate::schema::{HasName, QualifiedName};

/// The types with a correction, each as if only its own correction were missing. Ids are those of
/// the corrected model, and names in Rust are there if a correction changes them.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Uncorrected {
    pub(in crate::resolve) types: Vec<StructuredType>,
    /// Without those that only a correction describes.
    pub(in crate::resolve) enums: Vec<EnumType>,
}

impl Uncorrected {
    pub(in crate::resolve) fn ty(&self, name: &QualifiedName) -> Option<&StructuredType> {
        self.types.iter().find(|ty| ty.name.is_like(name))
    }

    pub(in crate::resolve) fn enumeration(&self, name: &QualifiedName) -> Option<&EnumType> {
        self.enums.iter().find(|ty| ty.name.is_like(name))
    }

    /// Sets the name that a type or an enum has in Rust if none is renamed.
    pub(in crate::resolve) fn name(&mut self, name: &QualifiedName, rust: String) {
        let types = self.types.iter_mut().map(|ty| (&ty.name, &mut ty.rust));
        let enums = self.enums.iter_mut().map(|ty| (&ty.name, &mut ty.rust));
        if let Some((_, names)) = types.chain(enums).find(|(known, _)| known.is_like(name)) {
            names.name = rust;
        }
    }

    /// Sets the name of the field that a property has if none of its type is renamed.
    pub(in crate::resolve) fn name_field(&mut self, ty: &QualifiedName, property: &str, rust: String) {
        let ty = self.types.iter_mut().find(|known| known.name.is_like(ty));
        let mut properties = ty.into_iter().flat_map(|ty| &mut ty.properties);
        if let Some(property) = properties.find(|known| known.is_called(property)) {
            property.rust_field = rust;
        }
    }
}

//! Applies the corrections in `edmark.toml`.
//!
//! Facts that a page could have stated itself are changed before anything is resolved (`apply`), so
//! the later steps cannot distinguish a correction from a page. Base types, kinds, Rust names and
//! enum members are settled from several sources; the steps that settle them consult [`Lookup`],
//! and a correction takes precedence. Where a correction takes the place of something, the step
//! that applies it also finds what the pages alone give ([`Uncorrected`]). At the end, the step
//! `idle` compares the two.

mod apply;
mod uncorrected;

use crate::hashing::HashMap;

pub(super) use apply::{apply, correct_enum};
pub(super) use uncorrected::Uncorrected;

use crate::config::{Corrections, EnumCorrection, PropertyCorrection, TypeCorrection};
use crate::schema::{QualifiedName, Schema};

/// Corrections by name. Names are compared without case, as on pages.
#[derive(Debug, Default)]
pub(super) struct Lookup<'c> {
    types: HashMap<String, &'c TypeCorrection>,
    enums: HashMap<String, (&'c QualifiedName, &'c EnumCorrection)>,
    /// What is corrected.
    schema: Option<&'c Schema>,
}

impl<'c> Lookup<'c> {
    pub(super) fn new(corrections: &'c Corrections, schema: &'c Schema) -> Self {
        Lookup {
            types: corrections.types.iter().map(|(name, said)| (name.folded(), said)).collect(),
            enums: corrections.enums.iter().map(|(name, said)| (name.folded(), (name, said))).collect(),
            schema: Some(schema),
        }
    }

    /// The schema before the corrections, if a structured type in it is corrected.
    pub(super) fn uncorrected(&self) -> Option<&'c Schema> {
        self.schema.filter(|_| !self.types.is_empty())
    }

    /// The correction of a structured type.
    pub(super) fn ty(&self, name: &QualifiedName) -> Option<&'c TypeCorrection> {
        // Most runs have no corrections, and this is called for each property.
        if self.types.is_empty() { None } else { self.types.get(&name.folded()).copied() }
    }

    /// The correction of a property that the type itself declares.
    pub(super) fn property(&self, ty: &QualifiedName, property: &str) -> Option<&'c PropertyCorrection> {
        named(self.ty(ty)?, property)
    }

    /// The correction of an enum type.
    pub(super) fn enumeration(&self, name: &QualifiedName) -> Option<&'c EnumCorrection> {
        self.enums.get(&name.folded()).map(|(_, said)| *said)
    }

    /// Returns true if a structured type is to be treated as if no page described it.
    pub(super) fn excludes(&self, name: &QualifiedName) -> bool {
        self.ty(name).is_some_and(|said| holds(said.exclude.as_ref()))
    }

    /// Returns true if a property is excluded from one of these types: a type and its ancestors.
    pub(super) fn excludes_property<'n>(
        &self,
        mut chain: impl Iterator<Item = &'n QualifiedName>,
        property: &str,
    ) -> bool {
        chain.any(|ty| self.property(ty, property).is_some_and(|said| holds(said.exclude.as_ref())))
    }
}

/// The correction of a property. An exact match of the name takes precedence.
fn named<'c>(ty: &'c TypeCorrection, property: &str) -> Option<&'c PropertyCorrection> {
    ty.properties.iter().find(|(key, _)| is_meant(ty, key, property)).map(|(_, said)| said)
}

/// Returns true if a key of a correction refers to a property of a page. Two keys that differ only
/// in case can correct a spelling: one excludes the page's property, the other adds the right one.
pub(super) fn is_meant(ty: &TypeCorrection, key: &str, property: &str) -> bool {
    key == property || key.eq_ignore_ascii_case(property) && !ty.properties.contains_key(property)
}

pub(super) fn holds(said: Option<&crate::source::At<bool>>) -> bool {
    said.is_some_and(|said| said.value)
}

//! Corrections of `edmark.toml`, applied.
//!
//! What a page could have said itself is changed before anything is resolved (`apply`): the later
//! steps then cannot tell a correction from a page. A base type, a kind, a name in Rust and an
//! enum's members are settled from several places; the steps that settle them ask the [`Lookup`],
//! and what it says ends the matter. Afterwards the step `idle` compares the model with the one
//! that the pages alone give.

mod apply;

use std::collections::BTreeMap;

pub(super) use apply::{apply, correct_enum};

use super::type_name::folded;
use crate::config::{Corrections, EnumCorrection, PropertyCorrection, TypeCorrection};
use crate::schema::QualifiedName;

/// Corrections by name, without case, as pages are read.
#[derive(Debug, Default)]
pub(super) struct Lookup<'c> {
    types: BTreeMap<String, &'c TypeCorrection>,
    enums: BTreeMap<String, (&'c QualifiedName, &'c EnumCorrection)>,
}

impl<'c> Lookup<'c> {
    pub(super) fn new(corrections: &'c Corrections) -> Self {
        Lookup {
            types: corrections.types.iter().map(|(name, said)| (folded(name), said)).collect(),
            enums: corrections.enums.iter().map(|(name, said)| (folded(name), (name, said))).collect(),
        }
    }

    /// What is corrected about a structured type.
    pub(super) fn ty(&self, name: &QualifiedName) -> Option<&'c TypeCorrection> {
        // Most runs correct nothing, and ask for each property.
        if self.types.is_empty() { None } else { self.types.get(&folded(name)).copied() }
    }

    /// What is corrected about a property that the type itself has.
    pub(super) fn property(&self, ty: &QualifiedName, property: &str) -> Option<&'c PropertyCorrection> {
        named(self.ty(ty)?, property)
    }

    /// What is corrected about an enum type.
    pub(super) fn enumeration(&self, name: &QualifiedName) -> Option<&'c EnumCorrection> {
        self.enums.get(&folded(name)).map(|(_, said)| *said)
    }

    /// Whether a structured type is to be read as if no page described it.
    pub(super) fn excludes(&self, name: &QualifiedName) -> bool {
        self.ty(name).is_some_and(|said| holds(said.exclude.as_ref()))
    }

    /// Whether a type or one of its ancestors (all given) is to be read without a property.
    pub(super) fn excludes_property<'n>(
        &self,
        mut chain: impl Iterator<Item = &'n QualifiedName>,
        property: &str,
    ) -> bool {
        chain.any(|ty| self.property(ty, property).is_some_and(|said| holds(said.exclude.as_ref())))
    }
}

/// What is said about a property of a page, by its exact name if there is one.
fn named<'c>(ty: &'c TypeCorrection, property: &str) -> Option<&'c PropertyCorrection> {
    ty.properties.iter().find(|(key, _)| is_meant(ty, key, property)).map(|(_, said)| said)
}

/// Whether a key of a correction means a property of a page. With two keys that differ in case
/// only, a spelling can be corrected: one excludes the page's property, the other adds the right
/// one.
pub(super) fn is_meant(ty: &TypeCorrection, key: &str, property: &str) -> bool {
    key == property || key.eq_ignore_ascii_case(property) && !ty.properties.contains_key(property)
}

pub(super) fn holds(said: Option<&crate::source::At<bool>>) -> bool {
    said.is_some_and(|said| said.value)
}

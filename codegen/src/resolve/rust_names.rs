//! Assigns all names in Rust.
//!
//! Case is converted by `heck`. A name that Rust forbids or that is already taken gets a suffix.
//! The order of the service's names decides which one keeps the plain name, so that the result is
//! always the same. Names in `edmark.toml` take precedence.

mod features;
mod functions;
mod identifiers;
mod modules;
mod properties;
mod types;
mod variants;

pub(super) use self::identifiers::{field_name, identifier, module_name, unique};
pub(super) use self::properties::name_properties;
use super::corrections::{Lookup, Uncorrected};
use crate::model::Model;

/// Items of the standard prelude that generated code mentions.
const PRELUDE: [&str; 7] = ["Box", "Default", "From", "Option", "Result", "String", "Vec"];

/// Assigns the Rust names of a model, in place.
pub(super) fn assign(model: &mut Model, corrections: &Lookup<'_>, uncorrected: &mut Uncorrected) {
    modules::assign(model);
    types::assign(model, corrections, uncorrected);
    properties::assign(model, corrections, uncorrected);
    variants::of_enums(model);
}

/// Assigns the names that depend on all others: of private modules, of the variants of families, of
/// Cargo features, and of variables in functions.
pub(crate) fn assign_private(model: &mut Model) {
    modules::assign_files(model);
    variants::of_families(model);
    let types = model.types.iter_mut().map(|ty| &mut ty.rust).chain(model.enums.iter_mut().map(|ty| &mut ty.rust));
    for names in types {
        names.hides_prelude = PRELUDE.contains(&names.name.as_str());
    }
    features::assign(&mut model.requests);
    assign_in_functions(model);
}

/// Assigns the names within functions, which depend on what the requests send and receive.
pub(super) fn assign_in_functions(model: &mut Model) {
    let Model { enums, requests, .. } = model;
    functions::assign(requests, enums);
}

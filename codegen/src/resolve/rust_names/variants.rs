//! Names the variants of enum types, and of the enums of a base type and its derived types.

use crate::hashing::HashSet;

use super::identifiers::{Taken, variant_name};
use crate::case;
use crate::model::{Model, TypeId, Variant};
use crate::parallel;

/// Names the members of enum types.
pub(super) fn of_enums(model: &mut Model) {
    parallel::each(&mut model.enums, |ty| {
        let mut taken = Taken::from_iter(["Other"]);
        for member in &mut ty.members {
            member.rust_variant = taken.take(variant_name(&member.name));
        }
    });
}

/// Names the variants of families: the base type, then all types derived from it. Types with the
/// same name in several namespaces are distinguished by the namespace's module.
pub(super) fn of_families(model: &mut Model) {
    for position in 0..model.types.len() {
        if model.types[position].rust.any.is_none() {
            continue;
        }
        let base = TypeId(position as u32);
        let mut used = HashSet::default();
        let mut variants = Vec::new();
        for id in std::iter::once(base).chain(model.descendants(base)) {
            let names = &model.structured(id).rust;
            let mut name = names.name.clone();
            if used.contains(&name) {
                let module = model.modules.get(names.module).map_or_else(String::new, |module| module.path.join("_"));
                name = format!("{}{name}", case::pascal(&module));
            }
            while !used.insert(name.clone()) {
                name.push('_');
            }
            variants.push(Variant { ty: id, rust_name: name });
        }
        if let Some(family) = &mut model.types[position].rust.any {
            family.variants = variants;
        }
    }
}

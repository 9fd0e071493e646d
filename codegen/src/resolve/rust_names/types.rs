//! Names the types, uniquely in each module.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::identifiers::{module_name, type_name, unique};
use crate::model::{Family, Model, TypeId};
use crate::resolve::corrections::Lookup;
use crate::source::At;

pub(super) fn assign(model: &mut Model, corrections: &Lookup<'_>) {
    let module_of: BTreeMap<String, usize> =
        model.modules.iter().enumerate().map(|(index, module)| (module.namespace.clone(), index)).collect();
    let mut types: Vec<BTreeSet<String>> = vec![BTreeSet::new(); model.modules.len()];
    let mut files: Vec<BTreeSet<String>> = vec![BTreeSet::new(); model.modules.len()];
    // The private module of a type must not have the name of a namespace's module.
    for module in &model.modules {
        if let Some(first) = module.path.first() {
            files[0].insert(first.clone());
        }
    }
    let mut name_one = |namespace: &str, name: &str, rename: Option<&At<String>>| {
        let module = module_of.get(namespace).copied().unwrap_or(0);
        let rust = unique(
            rename.map_or_else(|| type_name(name), |rename| rename.value.clone()),
            |rust| types[module].contains(rust),
            |rust, suffix| format!("{rust}{suffix}"),
        );
        types[module].insert(rust.clone());
        let file = module_name(rename.map_or(name, |rename| rename.value.as_str()));
        let file = unique(file, |file| files[module].contains(file), |file, suffix| format!("{file}{suffix}"));
        files[module].insert(file.clone());
        (module, rust, file)
    };
    for renamed in [true, false] {
        for ty in &mut model.types {
            let rename = corrections.ty(&ty.name).and_then(|said| said.rename.as_ref());
            if rename.is_some() == renamed {
                (ty.rust.module, ty.rust.name, ty.rust.file) = name_one(&ty.name.namespace, &ty.name.name, rename);
            }
        }
        for ty in &mut model.enums {
            let rename = corrections.enumeration(&ty.name).and_then(|said| said.rename.as_ref());
            if rename.is_some() == renamed {
                (ty.rust.module, ty.rust.name, ty.rust.file) = name_one(&ty.name.namespace, &ty.name.name, rename);
            }
        }
    }
    let roots = roots_of_everything(model);
    for index in 0..model.types.len() {
        let id = TypeId(index as u32);
        let ty = &model.types[index];
        if ty.derived.is_empty() || roots.contains(&id) {
            continue;
        }
        let module = ty.rust.module;
        let any = unique(
            format!("Any{}", ty.rust.name),
            |rust| types[module].contains(rust),
            |rust, suffix| format!("{rust}{suffix}"),
        );
        types[module].insert(any.clone());
        model.types[index].rust.any = Some(Family { name: any, variants: Vec::new() });
    }
}

/// The root of all types, such as `entity`: most types derive from it directly and share only a
/// key. An enum of all types would be of no use.
fn roots_of_everything(model: &Model) -> HashSet<TypeId> {
    let mut roots = HashSet::new();
    for (id, ty) in model.structured_types() {
        let bare = ty.properties.iter().all(|property| ty.key.contains(&property.name) || property.name == "id");
        if ty.base.is_none() && bare && !ty.derived.is_empty() && ty.name.name.eq_ignore_ascii_case("entity") {
            roots.insert(id);
        }
    }
    roots
}

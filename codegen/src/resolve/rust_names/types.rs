//! Names the types, uniquely in each module.

use std::collections::{BTreeMap, HashSet};

use super::identifiers::{Taken, module_name, type_name};
use crate::model::{Family, Model, TypeId};
use crate::ordered;
use crate::resolve::corrections::Lookup;
use crate::source::At;

pub(super) fn assign(model: &mut Model, corrections: &Lookup<'_>) {
    let module_of: BTreeMap<String, usize> =
        ordered::map(model.modules.iter().enumerate().map(|(index, module)| (module.namespace.clone(), index)));
    let each = || model.modules.iter().map(|_| Taken::default());
    let (mut types, mut files): (Vec<Taken>, Vec<Taken>) = (each().collect(), each().collect());
    // A type's private module must not be called like a namespace's.
    files[0] = model.modules.iter().filter_map(|module| module.path.first().cloned()).collect();
    let mut name_one = |namespace: &str, name: &str, rename: Option<&At<String>>| {
        let module = module_of.get(namespace).copied().unwrap_or(0);
        let rust = rename.map_or_else(|| type_name(name), |rename| rename.value.clone());
        let file = module_name(rename.map_or(name, |rename| rename.value.as_str()));
        (module, types[module].take(rust), files[module].take(file))
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
        let any = types[ty.rust.module].take(format!("Any{}", ty.rust.name));
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

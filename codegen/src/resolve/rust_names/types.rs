//! Names the types, uniquely in each module.

use crate::hashing::{HashMap, HashSet};

use super::identifiers::{Taken, module_name, type_name};
use crate::evidence::names_a_key;
use crate::model::{Family, Model, QualifiedName, TypeId, TypeNames};
use crate::ordered;
use crate::parallel;
use crate::resolve::corrections::{Lookup, Uncorrected};
use crate::source::At;

pub(super) fn assign(model: &mut Model, corrections: &Lookup<'_>, uncorrected: &mut Uncorrected) {
    let module_of: HashMap<String, usize> =
        model.modules.iter().enumerate().map(|(index, module)| (module.namespace.clone(), index)).collect();
    let module_of = |name: &QualifiedName| module_of.get(&name.namespace).copied().unwrap_or(0);
    let each = || model.modules.iter().map(|_| Taken::default());
    let (mut types, mut files): (Vec<Taken>, Vec<Taken>) = (each().collect(), each().collect());
    // The root of the code has the entry point, too, which no type that a service adds displaces.
    types[0] = Taken::from_iter([model.service.name()]);
    // A type's private module must not be called like a namespace's.
    files[0] = model.modules.iter().filter_map(|module| module.path.first().cloned()).collect();
    let of_types = model.types.iter_mut().map(|ty| {
        let rename = corrections.ty(&ty.name).and_then(|said| said.rename.as_ref());
        (rename, &ty.name, &mut ty.rust)
    });
    let of_enums = model.enums.iter_mut().map(|ty| {
        let rename = corrections.enumeration(&ty.name).and_then(|said| said.rename.as_ref());
        (rename, &ty.name, &mut ty.rust)
    });
    let mut all: Vec<_> = of_types.chain(of_enums).collect();
    // Converting the case of thousands of names takes time and depends on no other name, so it is
    // done in parallel before names are taken one after the other.
    parallel::each(&mut all, |(rename, name, rust)| name_alone(rust, &name.name, *rename));
    if all.iter().any(|(rename, ..)| rename.is_some()) {
        let mut free = types.clone();
        for (rename, name, _) in &all {
            let without = free[module_of(name)].take(type_name(&name.name));
            if rename.is_some() {
                uncorrected.name(name, without);
            }
        }
    }
    ordered::sort_by_key(&mut all, |(rename, ..)| rename.is_none());
    for (_, name, rust) in all {
        rust.module = module_of(name);
        rust.name = types[rust.module].take(std::mem::take(&mut rust.name));
        rust.file = files[rust.module].take(std::mem::take(&mut rust.file));
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

/// Names a type and its private module as if there were no others.
fn name_alone(rust: &mut TypeNames, name: &str, rename: Option<&At<String>>) {
    rust.name = rename.map_or_else(|| type_name(name), |rename| rename.value.clone());
    rust.file = module_name(rename.map_or(name, |rename| rename.value.as_str()));
}

/// The root of all types, such as `entity`: most types derive from it directly and share only a
/// key. An enum of all types would be of no use.
fn roots_of_everything(model: &Model) -> HashSet<TypeId> {
    let mut roots = HashSet::default();
    for (id, ty) in model.structured_types() {
        let bare = ty.properties.iter().all(|property| ty.key.contains(&property.name) || names_a_key(&property.name));
        if ty.base.is_none() && bare && !ty.derived.is_empty() && ty.name.name.eq_ignore_ascii_case("entity") {
            roots.insert(id);
        }
    }
    roots
}

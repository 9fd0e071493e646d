//! What everything is called in Rust.
//!
//! Case comes from `heck`. A name that Rust forbids or that is taken gets a suffix; who keeps the plain name is decided by the order of the
//! service's names, so that the outcome is the same every time. Names that `edmark.toml` gives come first.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

use super::corrections::Lookup;
use crate::model::{Model, Module, NON_EXHAUSTIVE, Property, TypeId};
use crate::rust_ident;
use crate::source::At;

/// Assigns the Rust names of a model, in place.
pub(super) fn assign(model: &mut Model, corrections: &Lookup<'_>) {
    modules(model);
    type_names(model, corrections);
    property_names(model, corrections);
    variant_names(model);
}

/// A module for each namespace; the root module is that of the service's own.
fn modules(model: &mut Model) {
    let names = || model.types.iter().map(|ty| &ty.name).chain(model.enums.iter().map(|ty| &ty.name));
    let all = || names().map(|name| name.namespace.as_str());
    let root = model.service.namespace().to_owned();
    let others: BTreeSet<String> = all().filter(|namespace| *namespace != root).map(str::to_owned).collect();
    let mut taken: BTreeSet<Vec<String>> = BTreeSet::new();
    model.modules.push(Module { namespace: root.clone(), path: Vec::new() });
    for namespace in others {
        let below = namespace.strip_prefix(&root).and_then(|rest| rest.strip_prefix('.')).unwrap_or(&namespace);
        // One module a namespace, all directly below the root: `termStore.sets` → `term_store_sets`.
        let name = module_name(&below.replace('.', "_"));
        let path = unique(vec![name], |path| taken.contains(path), |path, suffix| vec![format!("{}{suffix}", path[0])]);
        taken.insert(path.clone());
        model.modules.push(Module { namespace, path });
    }
}

fn type_names(model: &mut Model, corrections: &Lookup<'_>) {
    let module_of: BTreeMap<String, usize> =
        model.modules.iter().enumerate().map(|(index, module)| (module.namespace.clone(), index)).collect();
    let mut types: Vec<BTreeSet<String>> = vec![BTreeSet::new(); model.modules.len()];
    let mut files: Vec<BTreeSet<String>> = vec![BTreeSet::new(); model.modules.len()];
    // A type's private module must not be called like a namespace's.
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
        model.types[index].rust.any = Some(any);
    }
}

/// Types that most of the service derives from, directly, without sharing more than a key: `entity`. An enum of all types would help nobody.
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

/// Fields and constants: unique in a type with all its bases, so bases come first.
fn property_names(model: &mut Model, corrections: &Lookup<'_>) {
    let mut order: Vec<TypeId> = (0..model.types.len() as u32).map(TypeId).collect();
    order.sort_by_key(|id| (model.ancestry(*id).count(), *id));
    for id in order {
        let mut fields: BTreeSet<String> = BTreeSet::from(["additional".to_owned(), NON_EXHAUSTIVE.to_owned()]);
        let mut constants: BTreeSet<String> = BTreeSet::from(["ODATA_TYPE".to_owned()]);
        for up in model.ancestry(id).skip(1).collect::<Vec<_>>() {
            for property in &model.structured(up).properties {
                fields.insert(property.rust_field.clone());
                constants.insert(property.rust_const.clone());
            }
        }
        let ty = &mut model.types[id.0 as usize];
        let mut properties: Vec<_> = ty
            .properties
            .iter_mut()
            .map(|property| {
                (corrections.property(&ty.name, &property.name).and_then(|said| said.rename.as_ref()), property)
            })
            .collect();
        properties.sort_by_key(|(rename, _)| rename.is_none());
        for (rename, property) in properties {
            name_property(property, rename, &mut fields, &mut constants);
        }
    }
}

/// Fields and constants of a type that has no base and that nothing renames.
pub(super) fn name_properties(properties: &mut [Property]) {
    let mut fields: BTreeSet<String> = BTreeSet::from(["additional".to_owned()]);
    let mut constants: BTreeSet<String> = BTreeSet::from(["ODATA_TYPE".to_owned()]);
    for property in properties {
        name_property(property, None, &mut fields, &mut constants);
    }
}

fn name_property(
    property: &mut Property,
    rename: Option<&At<String>>,
    fields: &mut BTreeSet<String>,
    constants: &mut BTreeSet<String>,
) {
    let name = rename.map_or(&property.name, |rename| &rename.value);
    let field = unique(
        rename.map_or_else(|| field_name(name), |rename| rename.value.clone()),
        |name| fields.contains(name),
        |name, suffix| format!("{}{suffix}", name.trim_start_matches("r#")),
    );
    fields.insert(field.clone());
    let constant =
        unique(constant_name(name), |name| constants.contains(name), |name, suffix| format!("{name}{suffix}"));
    constants.insert(constant.clone());
    property.rust_field = field;
    property.rust_const = constant;
}

fn variant_names(model: &mut Model) {
    for ty in &mut model.enums {
        let mut taken: BTreeSet<String> = BTreeSet::from(["Other".to_owned()]);
        for member in &mut ty.members {
            let variant = unique(
                variant_name(&member.name),
                |name| taken.contains(name),
                |name, suffix| format!("{name}{suffix}"),
            );
            taken.insert(variant.clone());
            member.rust_variant = variant;
        }
    }
}

/// The first of `name`, `name2`, `name3` … that is free.
pub(super) fn unique<N: Clone>(name: N, taken: impl Fn(&N) -> bool, with: impl Fn(&N, &str) -> N) -> N {
    if !taken(&name) {
        return name;
    }
    (2_u32..).map(|number| with(&name, &number.to_string())).find(|candidate| !taken(candidate)).unwrap_or(name)
}

/// Letters and digits only, so that heck sees words; a name without any is spelled by its code points.
fn words(name: &str) -> Cow<'_, str> {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Cow::Borrowed(name);
    }
    let words: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    if words.trim().is_empty() {
        let points: Vec<String> = name.chars().map(|c| format!("u{:x}", c as u32)).collect();
        return Cow::Owned(points.join(" "));
    }
    // Signs that tell members apart: "+1" and "-1".
    match name.chars().next() {
        Some('-') => Cow::Owned(format!("minus {words}")),
        Some('+') => Cow::Owned(format!("plus {words}")),
        _ => Cow::Owned(words),
    }
}

/// An identifier may not begin with a digit, and has to be XID: what is not is left out.
fn identifier(mut name: String, digit_prefix: &str) -> String {
    name.retain(|c| c == '_' || c.is_alphanumeric());
    let name = if name.chars().next().is_none_or(|first| !first.is_alphabetic() && first != '_') {
        format!("{digit_prefix}{name}")
    } else {
        name
    };
    if rust_ident::is_identifier(&name) || rust_ident::is_keyword(&name) {
        name
    } else {
        let ascii: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c.to_string() } else { format!("u{:x}", c as u32) })
            .collect();
        if ascii.chars().next().is_some_and(|first| first.is_ascii_digit()) {
            format!("{digit_prefix}{ascii}")
        } else {
            ascii
        }
    }
}

fn type_name(name: &str) -> String {
    let name = identifier(words(name).to_pascal_case(), "T");
    if rust_ident::is_keyword(&name) { format!("{name}_") } else { name }
}

pub(super) fn module_name(name: &str) -> String {
    let name = identifier(words(name).to_snake_case(), "t");
    // `mod` and `lib` are files that mean something to rustc.
    if rust_ident::is_keyword(&name)
        || matches!(name.as_str(), "lib" | "main" | "mod" | "core" | "std" | "alloc" | "edmark_runtime" | "serde")
    {
        format!("{name}_")
    } else {
        name
    }
}

pub(super) fn field_name(name: &str) -> String {
    let name = identifier(words(name).to_snake_case(), "n");
    match name.as_str() {
        "self" | "crate" | "super" | "_" => format!("{name}_"),
        _ if rust_ident::is_keyword(&name) => format!("r#{name}"),
        _ => name,
    }
}

fn constant_name(name: &str) -> String {
    let name = identifier(words(name).to_shouty_snake_case(), "N");
    if name == "_" { "N_".to_owned() } else { name }
}

fn variant_name(name: &str) -> String {
    let name = identifier(words(name).to_pascal_case(), "V");
    if rust_ident::is_keyword(&name) { format!("{name}_") } else { name }
}

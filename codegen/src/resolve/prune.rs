//! Removes types from a model that is complete, including Rust names, so that removing types does
//! not change the names of others.
//!
//! If a removed structured type is still referred to, it becomes an undocumented type, and its
//! values are untyped. A removed enum becomes a string, which it is on the wire. If the base of a
//! type is removed, the type declares the base's properties itself.

use crate::hashing::HashSet;

use super::{requests, rust_names};
use crate::model::{EnumId, ExampleContent, LinkedType, Model, Primitive, Property, TypeId, ValueType};
use crate::source::{At, FileId};

/// The types and operations that are kept, by id.
#[derive(Clone, Debug)]
pub(super) struct Keep {
    pub(super) types: Vec<bool>,
    pub(super) enums: Vec<bool>,
    /// Pages whose operations are kept even if the types that they belong to are removed.
    pub(super) operations: HashSet<FileId>,
}

impl Keep {
    /// Keeps everything.
    pub(super) fn all(model: &Model) -> Self {
        Keep {
            types: vec![true; model.types.len()],
            enums: vec![true; model.enums.len()],
            operations: HashSet::default(),
        }
    }

    fn is_all(&self) -> bool {
        self.types.iter().chain(&self.enums).all(|keep| *keep)
    }
}

/// Removes everything that is not kept; returns false if that is nothing.
pub(super) fn prune(model: &mut Model, keep: &Keep) -> bool {
    if keep.is_all() {
        return false;
    }
    inherit(model, keep);
    let types = new_ids(&keep.types);
    let enums = new_ids(&keep.enums);
    let removed: Vec<_> = model.types.iter().map(|ty| At::new(ty.name.clone(), ty.span)).collect();
    let mut named = HashSet::default();
    let mut renumber = |item: &mut ValueType| {
        match item {
            ValueType::Structured(id) => {
                *item = match types[id.0 as usize] {
                    Some(new) => ValueType::Structured(TypeId(new)),
                    None => ValueType::Undocumented(removed[id.0 as usize].value.clone()),
                };
            }
            ValueType::Enum(id) => {
                *item = match enums[id.0 as usize] {
                    Some(new) => ValueType::Enum(EnumId(new)),
                    None => ValueType::Primitive(Primitive::String),
                };
            }
            ValueType::Primitive(_) | ValueType::Undocumented(_) => {}
        }
        if let ValueType::Undocumented(name) = item {
            named.insert(name.clone());
        }
    };
    prune_examples(model, &types, &enums);
    retain(&mut model.types, &keep.types);
    retain(&mut model.enums, &keep.enums);
    for property in model.types.iter_mut().flat_map(|ty| &mut ty.properties) {
        renumber(&mut property.ty.item);
    }
    requests::prune(&mut model.requests, &types, &keep.operations, &mut renumber);
    model.add_undocumented(removed);
    model.undocumented.retain(|ty| named.contains(&ty.value));
    renumber_links(model, &types, &enums);
    renumber_families(model, &types);
    rust_names::assign_in_functions(model);
    drop_empty_modules(model);
    true
}

/// Removes the links of descriptions to removed types.
fn renumber_links(model: &mut Model, types: &[Option<u32>], enums: &[Option<u32>]) {
    for link in model.descriptions_mut().into_iter().flat_map(|description| description.links_mut()) {
        link.ty = link.ty.and_then(|ty| match ty {
            LinkedType::Structured(id) => types[id.0 as usize].map(|new| LinkedType::Structured(TypeId(new))),
            LinkedType::Enum(id) => enums[id.0 as usize].map(|new| LinkedType::Enum(EnumId(new))),
        });
    }
}

/// Removes types from the bases, the derived types and the variants of others.
fn renumber_families(model: &mut Model, types: &[Option<u32>]) {
    for ty in &mut model.types {
        ty.base = ty.base.and_then(|base| types[base.0 as usize].map(TypeId));
    }
    model.connect_derived();
    for ty in &mut model.types {
        if ty.derived.is_empty() && ty.rust.external.is_none() {
            ty.rust.any = None;
        }
        if let Some(family) = &mut ty.rust.any {
            family.variants.retain_mut(|variant| types[variant.ty.0 as usize].map(|new| variant.ty.0 = new).is_some());
        }
    }
}

/// Removes examples of removed types, and pages that have only such examples.
fn prune_examples(model: &mut Model, types: &[Option<u32>], enums: &[Option<u32>]) {
    let mut pages = HashSet::default();
    model.examples.retain_mut(|example| {
        let ExampleContent::Typed { ty, .. } = &mut example.content else { return true };
        let stays = match ty {
            ValueType::Structured(id) => types[id.0 as usize].map(|new| id.0 = new).is_some(),
            ValueType::Enum(id) => enums[id.0 as usize].map(|new| id.0 = new).is_some(),
            ValueType::Primitive(_) | ValueType::Undocumented(_) => true,
        };
        if stays {
            pages.insert(example.body.file);
        }
        stays
    });
    model.examples.retain(|example| pages.contains(&example.body.file));
}

/// Gives each kept type the properties that its removed bases declare, and the nearest ancestor
/// that is kept as its base.
fn inherit(model: &mut Model, keep: &Keep) {
    let mut changes = Vec::new();
    for (id, ty) in model.structured_types() {
        let is_kept = |id: TypeId| keep.types[id.0 as usize];
        if !is_kept(id) || ty.base.is_none_or(is_kept) {
            continue;
        }
        let gone: Vec<TypeId> = model.ancestry(id).skip(1).take_while(|up| !is_kept(*up)).collect();
        let base = model.ancestry(id).skip(1).find(|up| is_kept(*up));
        // The properties of the root come first, as if they were inherited. A property that is
        // declared again is added once.
        let mut properties: Vec<Property> = Vec::new();
        for up in gone.iter().rev().chain([&id]) {
            for property in &model.structured(*up).properties {
                match properties.iter_mut().find(|known| known.name == property.name) {
                    Some(known) => *known = property.clone(),
                    None => properties.push(property.clone()),
                }
            }
        }
        let declaring = std::iter::once(&id).chain(&gone).find(|up| !model.structured(**up).key.is_empty());
        let key = declaring.map_or_else(Vec::new, |up| model.structured(*up).key.clone());
        changes.push((id, base, properties, key));
    }
    for (id, base, properties, key) in changes {
        let ty = &mut model.types[id.0 as usize];
        (ty.base, ty.base_span, ty.properties, ty.key) = (base, None, properties, key);
    }
}

/// Removes modules without types, except for the root.
fn drop_empty_modules(model: &mut Model) {
    let mut used: Vec<bool> = (0..model.modules.len()).map(|index| index == 0).collect();
    let names = || model.types.iter().map(|ty| &ty.rust).chain(model.enums.iter().map(|ty| &ty.rust));
    for name in names() {
        used[name.module] = true;
    }
    let new = new_ids(&used);
    let names = model.types.iter_mut().map(|ty| &mut ty.rust).chain(model.enums.iter_mut().map(|ty| &mut ty.rust));
    for name in names {
        name.module = new[name.module].map_or(0, |index| index as usize);
    }
    retain(&mut model.modules, &used);
}

/// The position of each kept item among all kept items.
fn new_ids(keep: &[bool]) -> Vec<Option<u32>> {
    let mut next = 0;
    keep.iter()
        .map(|keep| {
            keep.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

fn retain<T>(items: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    items.retain(|_| keep.next().is_some_and(|keep| *keep));
}

//! The designs that edmark's generated code is measured against, generated from the same model:
//! structs with the same fields, made by serde_derive or by a visitor for each type. They get by
//! with less: plain strings for dates, no documentation, no property constants, no requests, and a
//! base type where edmark tells the derived types apart.

mod derive;
mod types;
mod visitors;
mod workspace;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use edmark::model::{EnumType, Model, Property, StructuredType, TypeNames};

pub use self::workspace::{Design, write};

/// A way to generate a model's code, other than edmark's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// serde_derive. What the pages do not describe is dropped.
    Derive,
    /// serde_derive with `flatten`. What the pages do not describe is kept in a map.
    Flatten,
    /// A visitor for each type, with a `match` on the key. What the pages do not describe is kept
    /// in a map.
    Visitors,
}

impl Reference {
    /// The code of a model, to be included in a module or to be a crate.
    pub fn code(self, model: &Model) -> String {
        let mut modules: BTreeMap<usize, String> = BTreeMap::new();
        for (id, ty) in model.structured_types().filter(|(_, ty)| !ty.stands_for_any_json()) {
            let properties = model.all_properties(id);
            let module = modules.entry(ty.rust.module).or_default();
            match self {
                Reference::Derive | Reference::Flatten => derive::structured(module, self, model, ty, &properties),
                Reference::Visitors => visitors::structured(module, model, ty, &properties),
            }
        }
        for ty in &model.enums {
            let module = modules.entry(ty.rust.module).or_default();
            match self {
                Reference::Derive | Reference::Flatten => derive::enumeration(module, self, ty),
                Reference::Visitors => visitors::enumeration(module, model, ty),
            }
        }
        let mut root = Tree::default();
        for (index, text) in modules {
            root.insert(&model.modules[index].path, text);
        }
        let mut out = String::new();
        if self == Reference::Visitors {
            out.push_str(visitors::SHARED);
        }
        root.write(&mut out);
        out
    }
}

/// Modules within modules.
#[derive(Default)]
struct Tree {
    text: String,
    below: BTreeMap<String, Tree>,
}

impl Tree {
    fn insert(&mut self, path: &[String], text: String) {
        match path {
            [] => self.text = text,
            [first, rest @ ..] => self.below.entry(first.clone()).or_default().insert(rest, text),
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str(&self.text);
        for (name, tree) in &self.below {
            let _ = writeln!(out, "pub mod {name} {{");
            tree.write(out);
            out.push_str("}\n");
        }
    }
}

/// The fields of a struct. `attributes` says what stands before each.
fn fields(
    out: &mut String,
    model: &Model,
    ty: &StructuredType,
    properties: &[&Property],
    attributes: impl Fn(&Property) -> String,
) {
    let _ = writeln!(out, "pub struct {} {{", ty.rust.name);
    for property in properties {
        let field = types::field(model, &ty.rust, &property.ty);
        let _ = writeln!(out, "{}pub {}: {field},", attributes(property), property.rust_field);
    }
}

/// The path of a type from anywhere below the module that holds the code.
fn path(model: &Model, from: &TypeNames, to: &TypeNames) -> String {
    let (from, to_path) = (&model.modules[from.module].path, &model.modules[to.module].path);
    let mut path = "super::".repeat(from.len());
    if path.is_empty() {
        path.push_str("self::");
    }
    for module in to_path {
        path.push_str(module);
        path.push_str("::");
    }
    path + &to.name
}

/// The variants of an enum, with what stands before each and what catches the rest.
fn variants(out: &mut String, ty: &EnumType, attribute: impl Fn(&str) -> String, rest: &str) {
    let _ = writeln!(out, "pub enum {} {{", ty.rust.name);
    for member in &ty.members {
        let _ = writeln!(out, "{}{},", attribute(&member.name), member.rust_variant);
    }
    let _ = writeln!(out, "{rest},\n}}");
}

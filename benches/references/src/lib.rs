//! The designs that edmark's generated code is compared to, generated from the same model: structs
//! with the same fields, by serde_derive or by a visitor for each type. They do less: plain strings
//! for dates, no documentation, no property constants, no requests, and only the base type where
//! edmark distinguishes derived types.

mod derive;
mod types;
mod visitors;
#[cfg(feature = "crates")]
mod workspace;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use edmark::model::{EnumType, Model, Property, StructuredType, TypeNames};

#[cfg(feature = "crates")]
pub use self::workspace::{Design, write};

/// A design other than edmark's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// serde_derive. Undocumented members are dropped.
    Derive,
    /// serde_derive with the smallest places: `Box<str>` for texts, `Box<[_]>` for collections.
    /// Undocumented members are dropped.
    Compact,
    /// serde_derive with `flatten`. Undocumented members are kept in a map.
    Flatten,
    /// A visitor for each type, with a `match` on the key. Undocumented members are kept in a map.
    Visitors,
}

impl Reference {
    /// The code of a model, which can be included in a module or be a crate.
    pub fn code(self, model: &Model) -> String {
        let mut modules: BTreeMap<usize, String> = BTreeMap::new();
        for (id, ty) in model.structured_types().filter(|(_, ty)| !ty.stands_for_any_json()) {
            let properties = model.all_properties(id);
            let module = modules.entry(ty.rust.module).or_default();
            match self {
                Reference::Derive | Reference::Compact | Reference::Flatten => {
                    derive::structured(module, self, model, ty, &properties)
                }
                Reference::Visitors => visitors::structured(module, model, ty, &properties),
            }
        }
        for ty in &model.enums {
            let module = modules.entry(ty.rust.module).or_default();
            match self {
                Reference::Derive | Reference::Compact | Reference::Flatten => derive::enumeration(module, self, ty),
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

/// A tree of nested modules.
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

/// Writes the fields of a struct. `attributes` returns the attributes of a field.
fn fields(
    out: &mut String,
    reference: Reference,
    model: &Model,
    ty: &StructuredType,
    properties: &[&Property],
    attributes: impl Fn(&Property) -> String,
) {
    let _ = writeln!(out, "pub struct {} {{", ty.rust.name);
    for property in properties {
        let field = types::field(reference, model, &ty.rust, &property.ty);
        let _ = writeln!(out, "{}pub {}: {field},", attributes(property), property.rust_field);
    }
}

/// The path of a type from any position below the module that contains the code.
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

/// Writes the variants of an enum with their attributes, and the variant for unknown names.
fn variants(out: &mut String, ty: &EnumType, attribute: impl Fn(&str) -> String, rest: &str) {
    let _ = writeln!(out, "pub enum {} {{", ty.rust.name);
    for member in &ty.members {
        let _ = writeln!(out, "{}{},", attribute(&member.name), member.rust_variant);
    }
    let _ = writeln!(out, "{rest},\n}}");
}

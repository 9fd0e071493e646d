//! Prepares the input of the emitters: one value for each private module, which holds everything
//! that its code is made of.
//!
//! A unit contains names, paths and documentation, but no reference to the model. Units with the
//! same hash have the same text, so a unit that an earlier run has written need not be emitted and
//! printed again.

use foldhash::HashSet;
use std::hash::{Hash, Hasher};

use proc_macro2::TokenStream;
use quote::quote;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::enums::OpenEnum;
use super::features::Features;
use super::polymorphic::Family;
use super::requests::example::Examples;
use super::structs::{Alias, Structure};
use super::types::Scope;
use super::{constants, enums, polymorphic, print, requests, structs, wire};
use crate::file_set::MARKER;
use crate::model::{EnumType, Model, StructuredType, TypeId, TypeNames};
use crate::parallel;

/// A private module, which holds one type or the request builders of one owner.
#[derive(Hash)]
pub(crate) struct Unit {
    /// The path of its module below the root.
    pub(crate) module: Vec<String>,
    /// The name of the private module.
    pub(crate) file: String,
    /// The types in it that its module exports.
    pub(crate) exports: Vec<String>,
    /// The feature of the crate that it is compiled with; none where it always is.
    pub(crate) feature: Option<String>,
    pub(super) content: Content,
}

/// The content of a unit.
#[derive(Hash)]
pub(super) enum Content {
    Alias(Alias),
    Enum(OpenEnum),
    /// A struct, and the enum of its derived types if there are any.
    Structure(Box<Structure>, Option<Family>),
    /// Request builders.
    Requests(requests::File),
}

/// Returns every private module, in an order that depends on the model only.
pub(crate) fn units(model: &Model, features: &Features) -> Vec<Unit> {
    let types = model.structured_types().filter(|(_, ty)| ty.rust.external.is_none());
    let enums = model.enums.iter().filter(|ty| ty.rust.external.is_none());
    let requests = requests::files(model).into_iter().map(UnitSource::Requests);
    let items: Vec<UnitSource<'_>> = types
        .map(|(id, ty)| UnitSource::Structured(id, ty))
        .chain(enums.map(UnitSource::Enum))
        .chain(requests)
        .collect();
    let examples = features.crate_name.as_deref().and_then(|name| Examples::of(model, name));
    let units = parallel::map(&items, |item| unit(model, features, examples.as_ref(), item));
    assert_distinct(&units);
    units
}

enum UnitSource<'a> {
    Structured(TypeId, &'a StructuredType),
    Enum(&'a EnumType),
    Requests(requests::Owned<'a>),
}

fn unit(model: &Model, features: &Features, examples: Option<&Examples<'_>>, item: &UnitSource<'_>) -> Unit {
    let unit = match item {
        UnitSource::Structured(_, ty) if ty.stands_for_any_json() => {
            Unit::of(model, &ty.rust, Content::Alias(Alias::of(&Scope::within(model, &ty.rust), ty)))
        }
        UnitSource::Structured(id, ty) => {
            let scope = Scope::within(model, &ty.rust);
            let structure = Structure::of(&scope, *id, ty);
            let family = ty.rust.any.as_ref().map(|family| Family::of(&scope, ty, family));
            Unit::of(model, &ty.rust, Content::Structure(Box::new(structure), family))
        }
        UnitSource::Enum(ty) => {
            let scope = Scope::within(model, &ty.rust);
            Unit::of(model, &ty.rust, Content::Enum(OpenEnum::of(&scope, ty)))
        }
        UnitSource::Requests(owned) => Unit {
            module: vec![model.requests.module.clone()],
            file: owned.name.to_owned(),
            exports: owned.names().cloned().collect(),
            feature: None,
            content: Content::Requests(requests::file(model, features, examples, owned)),
        },
    };
    let feature = features.of_unit(&unit.module, &unit.file).map(str::to_owned);
    Unit { feature, ..unit }
}

/// A hash that is the same in every process and on every machine.
pub(super) fn stable_hash(value: &impl Hash) -> u128 {
    // Most units need less: the bytes are not moved again and again as they grow.
    let mut hasher = StableHasher(Vec::with_capacity(16 << 10));
    value.hash(&mut hasher);
    xxh3_128(&hasher.0)
}

impl Unit {
    fn of(model: &Model, rust: &TypeNames, content: Content) -> Self {
        Unit {
            module: model.module_path(rust.module).to_vec(),
            file: rust.file.clone(),
            exports: std::iter::once(&rust.name).chain(rust.any.iter().map(|any| &any.name)).cloned().collect(),
            feature: None,
            content,
        }
    }

    /// A hash of everything that the text depends on. It is the same in every process and on every
    /// machine.
    pub(crate) fn hash(&self) -> u128 {
        stable_hash(self)
    }

    /// The text of its file.
    pub(crate) fn file_text(&self) -> String {
        format!("// {MARKER}\n\n{}", self.text_within(0))
    }

    /// The items, as they are printed inside `modules` nested modules.
    pub(crate) fn text_within(&self, modules: usize) -> String {
        print::items_within(modules, self.tokens())
    }

    fn tokens(&self) -> TokenStream {
        match &self.content {
            Content::Alias(alias) => structs::emit_alias(alias),
            Content::Enum(ty) => {
                let items = enums::emit(ty);
                quote! {
                    use edmark_runtime as rt;
                    #items
                }
            }
            Content::Structure(ty, family) => {
                let runtime = match ty.fields.is_empty() {
                    true => quote!(edmark_runtime as rt),
                    false => quote!(edmark_runtime::{self as rt, Value as _}),
                };
                let structure = structs::emit(ty);
                let constants = constants::emit(ty);
                let wire = wire::emit(ty);
                let downcasts = polymorphic::emit_downcasts(ty, family.as_ref());
                let upcasts = polymorphic::emit_upcasts(ty);
                let family = family.as_ref().map(polymorphic::emit).unwrap_or_default();
                // These are thousands of tokens. A template that interpolates them copies each.
                let items = [structure, constants, downcasts, wire, upcasts, family];
                std::iter::once(quote!(use #runtime;)).chain(items).collect()
            }
            Content::Requests(file) => requests::emit(file),
        }
    }
}

/// A hasher that reads sizes as eight little-endian bytes on every machine. It collects all bytes:
/// a unit consists of thousands of words, and to hash each of them alone takes twice as long.
struct StableHasher(Vec<u8>);

impl Hasher for StableHasher {
    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn write_usize(&mut self, number: usize) {
        self.write(&(number as u64).to_le_bytes());
    }

    fn write_isize(&mut self, number: isize) {
        self.write(&(number as i64).to_le_bytes());
    }
}

/// Asserts that no two types are exported under the same name; only in debug builds.
fn assert_distinct(units: &[Unit]) {
    if cfg!(debug_assertions) {
        let mut seen = HashSet::default();
        for unit in units {
            for export in &unit.exports {
                debug_assert!(seen.insert((&unit.module, export)), "two types are called {export:?}");
            }
        }
    }
}

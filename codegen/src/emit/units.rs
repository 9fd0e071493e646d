//! Prepares the input of the emitters: one value for each private module, which holds everything
//! that its code is made of.
//!
//! A unit contains names, paths and documentation, but no reference to the model. Units with the
//! same hash have the same text, so a unit that an earlier run has written need not be emitted and
//! printed again. The content of such a unit is not kept, so that its memory serves the next one:
//! after a change of one page, nearly all units are such.

use std::hash::{Hash, Hasher};

use quote::quote;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::enums::OpenEnum;
use super::features::Features;
use super::polymorphic::Family;
use super::print::Tokens;
use super::requests::example::Examples;
use super::structs::{Alias, Structure};
use super::types::Scope;
use super::{constants, enums, polymorphic, print, requests, structs, wire};
use crate::file_set::MARKER;
use crate::hashing::HashSet;
use crate::model::{EnumType, Model, StructuredType, TypeId, TypeNames};
use crate::parallel;

/// A private module, which holds one type or the request builders of one owner.
pub(crate) struct Unit {
    /// The path of its module below the root.
    pub(crate) module: Vec<String>,
    /// The name of the private module.
    pub(crate) file: String,
    /// The types in it that its module exports.
    pub(crate) exports: Vec<String>,
    /// The feature of the crate that it is compiled with; none where it always is.
    pub(crate) feature: Option<String>,
    /// A hash of everything that the text depends on. It is the same in every process and on every
    /// machine.
    pub(crate) hash: u128,
    /// The position of its source.
    source: usize,
    /// `None` if an earlier run has written the text.
    content: Option<Content>,
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

/// All private modules of a model.
pub(crate) struct Units<'m> {
    model: &'m Model,
    features: &'m Features,
    examples: Option<&'m Examples<'m>>,
    sources: Vec<UnitSource<'m>>,
    /// They are in an order that depends on the model only.
    all: Vec<Unit>,
}

/// What a unit is made from.
enum UnitSource<'m> {
    Structured(TypeId, &'m StructuredType),
    Enum(&'m EnumType),
    Requests(requests::Owned<'m>),
}

impl<'m> Units<'m> {
    /// The private modules of a model. `is_written` says if an earlier run has written a text with
    /// this hash.
    pub(crate) fn of(
        model: &'m Model,
        features: &'m Features,
        examples: Option<&'m Examples<'m>>,
        is_written: impl Fn(u128) -> bool + Sync,
    ) -> Self {
        let types = model.structured_types().filter(|(_, ty)| ty.rust.external.is_none());
        let enums = model.enums.iter().filter(|ty| ty.rust.external.is_none());
        let requests = requests::files(model).into_iter().map(UnitSource::Requests);
        let sources: Vec<UnitSource<'_>> = types
            .map(|(id, ty)| UnitSource::Structured(id, ty))
            .chain(enums.map(UnitSource::Enum))
            .chain(requests)
            .collect();
        let mut units = Units { model, features, examples, sources, all: Vec::new() };
        let positions: Vec<usize> = (0..units.sources.len()).collect();
        units.all = parallel::map(&positions, |source| {
            let mut unit = units.unit(*source);
            unit.content = unit.content.filter(|_| !is_written(unit.hash));
            unit
        });
        assert_distinct(&units.all);
        units
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Unit> {
        self.all.iter()
    }

    /// Frees the memory, without waiting for that.
    pub(crate) fn discard(self) {
        parallel::discard(self.all);
    }

    fn unit(&self, source: usize) -> Unit {
        let content = self.content(&self.sources[source]);
        let (module, file, exports) = match &self.sources[source] {
            UnitSource::Structured(_, ty) => self.place(&ty.rust),
            UnitSource::Enum(ty) => self.place(&ty.rust),
            UnitSource::Requests(owned) => {
                let module = vec![self.model.requests.module.clone()];
                (module, owned.name.to_owned(), owned.names().cloned().collect())
            }
        };
        let feature = self.features.of_unit(&module, &file).map(str::to_owned);
        let hash = stable_hash(&(&module, &file, &exports, &feature, &content));
        Unit { module, file, exports, feature, hash, source, content: Some(content) }
    }

    /// The module, file and exports of a type.
    fn place(&self, rust: &TypeNames) -> (Vec<String>, String, Vec<String>) {
        let exports = std::iter::once(&rust.name).chain(rust.any.iter().map(|any| &any.name)).cloned().collect();
        (self.model.module_path(rust.module).to_vec(), rust.file.clone(), exports)
    }

    fn content(&self, source: &UnitSource<'_>) -> Content {
        let model = self.model;
        match source {
            UnitSource::Structured(_, ty) if ty.stands_for_any_json() => {
                Content::Alias(Alias::of(&Scope::within(model, &ty.rust), ty))
            }
            UnitSource::Structured(id, ty) => {
                let scope = Scope::within(model, &ty.rust);
                let structure = Structure::of(&scope, *id, ty);
                let family = ty.rust.any.as_ref().map(|family| Family::of(&scope, ty, family));
                Content::Structure(Box::new(structure), family)
            }
            UnitSource::Enum(ty) => Content::Enum(OpenEnum::of(&Scope::within(model, &ty.rust), ty)),
            UnitSource::Requests(owned) => {
                Content::Requests(requests::file(model, self.features, self.examples, owned))
            }
        }
    }

    /// The text of a unit's file.
    pub(crate) fn file_text(&self, unit: &Unit) -> String {
        ["// ", MARKER, "\n\n", &self.text_within(unit, 0)].concat()
    }

    /// The items of a unit, as they are printed inside `modules` nested modules.
    pub(crate) fn text_within(&self, unit: &Unit, modules: usize) -> String {
        let tokens = match &unit.content {
            Some(content) => content.tokens(),
            // The file was written, and is not on disk any more.
            None => self.content(&self.sources[unit.source]).tokens(),
        };
        print::items_within(modules, &tokens)
    }
}

/// A hash that is the same in every process and on every machine.
pub(super) fn stable_hash(value: &impl Hash) -> u128 {
    // Most units need less: the bytes are not moved again and again as they grow.
    let mut hasher = StableHasher(Vec::with_capacity(16 << 10));
    value.hash(&mut hasher);
    xxh3_128(&hasher.0)
}

impl Content {
    fn tokens(&self) -> Tokens {
        let mut out = Tokens::default();
        match self {
            Content::Alias(alias) => out.append(structs::emit_alias(alias)),
            Content::Enum(ty) => {
                out.append(quote!(
                    use edmark_runtime as rt;
                ));
                enums::emit(ty, &mut out);
            }
            Content::Structure(ty, family) => {
                let runtime = match ty.fields.is_empty() {
                    true => quote!(edmark_runtime as rt),
                    false => quote!(edmark_runtime::{self as rt, Value as _}),
                };
                out.append(quote!(use #runtime;));
                structs::emit(ty, &mut out);
                constants::emit(ty, &mut out);
                out.append(polymorphic::emit_downcasts(ty, family.as_ref()));
                wire::emit(ty, &mut out);
                out.append(polymorphic::emit_upcasts(ty));
                out.append(family.as_ref().map(polymorphic::emit).unwrap_or_default());
            }
            Content::Requests(file) => requests::emit(file, &mut out),
        }
        out
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

impl Hash for Unit {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
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

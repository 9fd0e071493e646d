//! Emitting: [`Model`] → [`FileSet`].
//!
//! One module an artefact. No decision about names or meaning is taken here, and nothing can fail: what the model says is written out. The
//! text is the same for any number of threads.
//!
//! Code is written as text in rustfmt's layout (`text`), not as tokens: parsing them for prettyplease took two thirds of the time of emitting,
//! and prettyplease breaks lines where rustfmt does not.

mod code;
pub(crate) mod constants;
mod doc;
mod enums;
pub(crate) mod layout;
mod package;
pub(crate) mod polymorphic;
#[allow(dead_code, unused_imports)] // Until the emitters use it.
pub(crate) mod print;
pub(crate) mod requests;
pub(crate) mod structs;
#[cfg(test)]
mod tests;
mod text;
pub(crate) mod types;
mod wire;

use self::layout::Unit;
use self::text::Text;
use self::types::Scope;
use crate::file_set::FileSet;
use crate::model::{EnumType, Model, StructuredType, TypeId};
use crate::parallel;
use crate::source::{FileId, SourceMap};

/// How the code is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What the files make together.
    pub layout: Layout,
}

/// What the emitted files make together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A crate: `Cargo.toml` and `src/`.
    Crate {
        /// The package's name.
        name: String,
        /// Where it finds `edmark-runtime`.
        runtime: RuntimeDependency,
        /// Whether it gets tests that take the examples of the API pages through its types and requests: `tests/`.
        tests: bool,
    },
    /// A folder of modules with `mod.rs` as its entry, to be named by a `mod` item of a crate that is written by hand.
    Modules,
    /// One file to be included in a module: `mod graph { include!(concat!(env!("OUT_DIR"), "/graph.rs")); }`
    SingleFile {
        /// Its name: `graph.rs`.
        name: String,
    },
}

/// Where a generated crate finds `edmark-runtime`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeDependency {
    /// In a folder, absolute or relative to the crate.
    Path(String),
    /// In the registry: a version requirement.
    Version(String),
}

/// What one private module holds.
enum Item<'a> {
    Structured(TypeId, &'a StructuredType),
    Enum(&'a EnumType),
    Requests(requests::File<'a>),
}

/// Where a unit was put: what it takes to write its file again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Placed {
    /// The file.
    pub(crate) path: String,
    /// Its position among the units of the model.
    pub(crate) unit: usize,
    /// The pages whose descriptions stand in it, sorted.
    pub(crate) described_on: Vec<FileId>,
}

/// Writes a model out as Rust.
pub fn emit(model: &Model, sources: &SourceMap, options: &Options) -> FileSet {
    emit_placed(model, sources, options).0
}

/// [`emit`], with where each unit was put; of a layout of one file there are none.
pub(crate) fn emit_placed(model: &Model, sources: &SourceMap, options: &Options) -> (FileSet, Vec<Placed>) {
    let units = parallel::map(&items(model), |item| unit(model, item));
    layout::assert_distinct(&units);
    let (mut files, placed) = layout::assemble(model, &units, options);
    if let Layout::Crate { name, tests: true, .. } = &options.layout {
        package::emit_tests(model, sources, name, &mut files);
    }
    (files, placed)
}

/// Writes some units of a model out again, into a set of files that holds no others.
#[cfg(feature = "cache")]
pub(crate) fn emit_again(model: &Model, wanted: &[&Placed], files: &mut FileSet) {
    let items = items(model);
    let wanted: Vec<(&Placed, &Item<'_>)> =
        wanted.iter().filter_map(|placed| Some((*placed, items.get(placed.unit)?))).collect();
    let units = parallel::map(&wanted, |(_, item)| unit(model, item));
    for ((placed, _), unit) in wanted.iter().zip(&units) {
        files.insert(placed.path.as_str(), unit.file_text());
    }
}

/// Everything that gets a private module, in an order that the model alone decides.
fn items(model: &Model) -> Vec<Item<'_>> {
    let types = model.structured_types().filter(|(_, ty)| ty.rust.external.is_none());
    let enums = model.enums.iter().filter(|ty| ty.rust.external.is_none());
    let requests = requests::files(model).into_iter().map(Item::Requests);
    types.map(|(id, ty)| Item::Structured(id, ty)).chain(enums.map(Item::Enum)).chain(requests).collect()
}

fn unit(model: &Model, item: &Item<'_>) -> Unit {
    match item {
        Item::Structured(_, ty) if ty.stands_for_any_json() => any_json(model, ty),
        Item::Structured(id, ty) => structured(model, *id, ty),
        Item::Enum(ty) => enumeration(model, ty),
        Item::Requests(file) => requests::unit(model, file),
    }
}

fn structured(model: &Model, id: TypeId, ty: &StructuredType) -> Unit {
    let scope = Scope::within(model, &ty.rust);
    let members = structs::members(&scope, id);
    let mut out = Text::default();
    out.line(
        0,
        if members.is_empty() { "use edmark_runtime as rt;" } else { "use edmark_runtime::{self as rt, Value as _};" },
    );
    out.push("\n");
    structs::emit(&mut out, &scope, ty, &members);
    out.push("\n");
    constants::emit(&mut out, &scope, ty, &members);
    wire::emit(&mut out, &scope, ty, &members);
    if let Some(any) = &ty.rust.any {
        out.push("\n");
        polymorphic::emit(&mut out, &scope, ty, any);
    }
    let exports = std::iter::once(&ty.rust.name).chain(ty.rust.any.iter().map(|any| &any.name)).cloned().collect();
    Unit::of(model, &ty.rust, exports, out)
}

fn any_json(model: &Model, ty: &StructuredType) -> Unit {
    let mut out = Text::default();
    structs::emit_alias(&mut out, &Scope::within(model, &ty.rust), ty);
    Unit::of(model, &ty.rust, vec![ty.rust.name.clone()], out)
}

fn enumeration(model: &Model, ty: &EnumType) -> Unit {
    let scope = Scope::within(model, &ty.rust);
    let mut out = Text::default();
    out.push("use edmark_runtime as rt;\n\n");
    enums::emit(&mut out, &scope, ty);
    Unit::of(model, &ty.rust, vec![ty.rust.name.clone()], out)
}

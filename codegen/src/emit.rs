//! Emitting: [`Model`] → [`FileSet`].
//!
//! One module an artefact. No decision about names or meaning is taken here, and nothing can fail:
//! what the model says is written out. The text is the same for any number of threads.
//!
//! The model is made into units: each holds all that the code of one private module is made of, and
//! nothing else. An emitter is a `quote!` template that is given such a value; [`print`] alone
//! knows how the tokens stand on lines.

mod attributes;
mod code;
pub(crate) mod constants;
mod deprecation;
mod doc;
mod enums;
pub(crate) mod layout;
#[cfg(feature = "package")]
mod package;
pub(crate) mod polymorphic;
pub(crate) mod print;
pub(crate) mod requests;
pub(crate) mod structs;
#[cfg(test)]
mod tests;
pub(crate) mod types;
pub(crate) mod units;
mod wire;

use self::units::Unit;
use crate::file_set::{Drafts, FileSet};
use crate::model::Model;
use crate::source::SourceMap;

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
    #[cfg(feature = "package")]
    Crate {
        /// The package's name.
        name: String,
        /// Under which license it is, as cargo writes them: `MIT OR Apache-2.0`.
        license: Option<String>,
        /// Where it finds `edmark-runtime`.
        runtime: RuntimeDependency,
        /// Whether it gets tests that take the examples of the API pages through its types and
        /// requests: `tests/`.
        tests: bool,
    },
    /// A folder of modules with `mod.rs` as its entry, to be named by a `mod` item of a crate that
    /// is written by hand.
    Modules,
    /// One file to be included in a module:
    /// `mod graph { include!(concat!(env!("OUT_DIR"), "/graph.rs")); }`
    SingleFile {
        /// Its name: `graph.rs`.
        name: String,
    },
}

/// Where a generated crate finds `edmark-runtime`.
#[cfg(feature = "package")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeDependency {
    /// In a folder, absolute or relative to the crate.
    Path(String),
    /// In the registry: a version requirement.
    Version(String),
}

/// Writes a model out as Rust.
pub fn emit(model: &Model, sources: &SourceMap, options: &Options) -> FileSet {
    let units = units::units(model);
    drafts(model, &units, sources, options).make()
}

/// The files of a model, not written out yet; `units` are those of the model.
#[cfg_attr(
    not(feature = "package"),
    expect(unused_mut, unused_variables, reason = "only a whole crate has files beside the modules")
)]
pub(crate) fn drafts<'u>(model: &'u Model, units: &'u [Unit], sources: &SourceMap, options: &Options) -> Drafts<'u> {
    let mut drafts = layout::drafts(model, units, options);
    #[cfg(feature = "package")]
    if let Layout::Crate { name, license, runtime, tests } = &options.layout {
        let package = package::Package { name, license: license.as_deref(), runtime, has_tests: *tests };
        drafts.extend(package::drafts(model, sources, &package));
    }
    Drafts::new(drafts, layout::owned(options))
}

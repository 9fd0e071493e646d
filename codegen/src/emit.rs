//! Emits a [`Model`] as the files of Rust code, a [`FileSet`].
//!
//! There is one module for each kind of generated code. Emitters decide no names and no meanings,
//! and cannot fail: they write out what the model contains. The text does not depend on the number
//! of threads.
//!
//! First, the model is divided into units. A unit holds everything that the code of one private
//! module depends on, and nothing else. An emitter is a `quote!` template with such a value as its
//! input. Only [`print`] knows how tokens are arranged on lines.

mod attributes;
mod code;
pub(crate) mod constants;
mod deprecation;
mod doc;
mod enums;
mod features;
pub(crate) mod layout;
#[cfg(feature = "package")]
mod package;
pub(crate) mod polymorphic;
pub(crate) mod print;
pub(crate) mod requests;
pub(crate) mod structs;
mod template;
#[cfg(test)]
mod tests;
pub(crate) mod types;
pub(crate) mod units;
mod wire;

pub(crate) use self::features::Features;
use self::requests::example::Examples;
use self::units::Units;
use crate::file_set::{Drafts, FileSet, Written};
use crate::model::Model;
use crate::parallel;
use crate::source::SourceMap;

/// The layout of the generated code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The kind of output.
    pub layout: Layout,
}

/// The kind of output: a whole crate, modules of a crate, or a single file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A crate: `Cargo.toml` and `src/`.
    #[cfg(feature = "package")]
    Crate {
        /// The package's name.
        name: String,
        /// The license expression, as in `Cargo.toml`: `MIT OR Apache-2.0`.
        license: Option<String>,
        /// The dependency on `edmark-runtime`.
        runtime: RuntimeDependency,
        /// True if it gets tests in `tests/`, which read and write the examples of the API pages
        /// with its types and requests.
        tests: bool,
    },
    /// A folder of modules with `mod.rs` as its entry, for a `mod` item in a crate that is written
    /// by hand.
    Modules,
    /// One file to be included in a module:
    /// `mod graph { include!(concat!(env!("OUT_DIR"), "/graph.rs")); }`
    SingleFile {
        /// Its name. Without one, it is called after the
        /// [`variable`](field@crate::service::Service::variable) of the service: `graph.rs` for
        /// Microsoft Graph, and `odata.rs` for a service that is not known.
        name: Option<String>,
    },
}

/// The dependency of a generated crate on `edmark-runtime`.
#[cfg(feature = "package")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeDependency {
    /// A path, absolute or relative to the crate.
    Path(String),
    /// A version requirement for the registry.
    Version(String),
}

/// Emits a model as Rust code.
pub fn emit(model: &Model, sources: &SourceMap, options: &Options) -> FileSet {
    parallel::inside(|| with_drafts(model, sources, options, &Written::default(), |drafts| drafts.make()))
}

/// Passes the files of a model to `work`, with texts that are made when they are asked for.
/// `earlier` is what an earlier run has written.
pub(crate) fn with_drafts<R>(
    model: &Model,
    sources: &SourceMap,
    options: &Options,
    earlier: &Written,
    work: impl FnOnce(&Drafts<'_>) -> R,
) -> R {
    let features = Features::of(model, &options.layout);
    let inputs = earlier.inputs();
    let examples = features.crate_name.as_deref().and_then(|name| Examples::of(model, name));
    let (units, head) = parallel::both(
        || Units::of(model, &features, examples.as_ref(), |hash| inputs.contains(&hash)),
        || layout::head(model, &features, examples.as_ref(), options),
    );
    let drafts = drafts(model, &units, &features, head, sources, options);
    let result = work(&drafts);
    drop(drafts);
    units.discard();
    result
}

/// The files of a model whose text is not made yet. `units` are the units of the model, `head` is
/// the beginning of its root file.
#[cfg_attr(
    not(feature = "package"),
    expect(unused_mut, unused_variables, reason = "only a whole crate has files beside the modules")
)]
fn drafts<'u>(
    model: &'u Model,
    units: &'u Units<'_>,
    features: &Features,
    head: Option<String>,
    sources: &SourceMap,
    options: &Options,
) -> Drafts<'u> {
    let mut drafts = layout::drafts(model, units, head, options);
    #[cfg(feature = "package")]
    if let Layout::Crate { name, license, runtime, tests } = &options.layout {
        let license = license.as_deref();
        let package = package::Package { name, license, runtime, has_tests: *tests, features };
        drafts.extend(package::drafts(model, sources, &package));
    }
    Drafts::new(drafts, layout::owned(options))
}

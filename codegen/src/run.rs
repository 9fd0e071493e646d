//! A run: a configuration sent through the pipeline. What both faces share; nothing is printed here.

#[cfg(feature = "cache")]
mod reworded;

use std::collections::BTreeSet;
use std::path::Path;

use crate::cache::{self, Cache, Kept, NewBase, Pages, Record};
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::emit::{self, Layout, Placed};
use crate::error::Error;
#[cfg(feature = "cli")]
use crate::file_set::Difference;
use crate::file_set::{Edits, FileSet, Recorded, WriteReport};
use crate::model::Model;
use crate::pipeline;
use crate::read::csdl;
use crate::resolve;
use crate::schema::Schema;
use crate::service;
use crate::source::{self, FileId, SourceMap};

/// What the pages say, before any code is made of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Analysis {
    /// The pages.
    pub sources: SourceMap,
    /// What they say, as they say it.
    pub schema: Schema,
    /// What that amounts to.
    pub model: Model,
    /// Their problems, sorted by place.
    pub diagnostics: Diagnostics,
}

/// Code, not written yet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The files to be.
    pub files: FileSet,
    /// Where they came from.
    pub analysis: Analysis,
}

/// What a run is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Load,
    Read { pages: usize },
    Resolve { types: usize },
    Emit { types: usize },
}

/// Loads, reads and resolves the pages, with the examples of requests and responses.
pub(crate) fn analyse(config: &Config, stage: &dyn Fn(Stage)) -> Result<Analysis, Error> {
    let (sources, diagnostics) = load(config, stage)?;
    stage(Stage::Read { pages: sources.pages() });
    let (schema, problems) = pipeline::read(&sources);
    settle(config, false, sources, schema, [diagnostics, problems], stage)
}

/// Makes code of the pages.
pub(crate) fn generate(config: &Config, layout: &Layout, stage: &dyn Fn(Stage)) -> Result<Generated, Error> {
    let (sources, diagnostics) = load(config, stage)?;
    stage(Stage::Read { pages: sources.pages() });
    let (schema, problems) = pipeline::read(&sources);
    emit(config, layout, sources, schema, [diagnostics, problems], stage).map(|(generated, _)| generated)
}

fn load(config: &Config, stage: &dyn Fn(Stage)) -> Result<(SourceMap, Diagnostics), Error> {
    if config.options.docs.is_empty() && config.options.metadata.is_empty() {
        return Err(Error::NoDocs);
    }
    stage(Stage::Load);
    let inputs =
        source::Inputs { docs: &config.options.docs, metadata: &config.options.metadata, references: csdl::references };
    let (mut sources, diagnostics) = source::load_all(inputs)?;
    if let Some(file) = &config.file {
        sources.set_configuration(file.clone());
    }
    Ok((sources, diagnostics))
}

fn settle(
    config: &Config,
    skip_examples: bool,
    sources: SourceMap,
    mut schema: Schema,
    [mut diagnostics, read]: [Diagnostics; 2],
    stage: &dyn Fn(Stage),
) -> Result<Analysis, Error> {
    let (declared, problems) = pipeline::read_metadata(&sources)?;
    schema.append(declared);
    diagnostics.append(problems);
    stage(Stage::Resolve { types: schema.types.len() });
    let options = resolve::Options {
        corrections: config.corrections.clone(),
        service: config.options.service.clone(),
        skip_examples,
        skip_requests: config.options.no_requests,
    };
    let (model, problems) = pipeline::resolve(&schema, &sources, &options);
    let model = pipeline::select(model, &sources, &config.options.selection)?;
    diagnostics.append(read);
    diagnostics.append(problems);
    diagnostics.sort();
    Ok(Analysis { sources, schema, model, diagnostics })
}

/// Without tests of them, examples matter to the code only where their problems are to stop it.
fn skips_examples(config: &Config) -> bool {
    !config.options.with_tests && !config.options.deny_warnings
}

fn emit(
    config: &Config,
    layout: &Layout,
    sources: SourceMap,
    schema: Schema,
    diagnostics: [Diagnostics; 2],
    stage: &dyn Fn(Stage),
) -> Result<(Generated, Vec<Placed>), Error> {
    let mut analysis = settle(config, skips_examples(config), sources, schema, diagnostics, stage)?;
    if config.options.with_tests {
        analysis.model.replays = pipeline::replays(&analysis.schema, &analysis.model, &analysis.sources);
    }
    stage(Stage::Emit { types: analysis.model.types.len() });
    let options = emit::Options { layout: layout.clone() };
    let (files, placed) = emit::emit_placed(&analysis.model, &analysis.sources, &options);
    Ok((Generated { files, analysis }, placed))
}

/// A run up to the point where its code is to be written.
pub(crate) struct Prepared<'c> {
    /// The pages.
    pub(crate) sources: SourceMap,
    /// Their problems, sorted by place.
    pub(crate) diagnostics: Diagnostics,
    /// The pages that the output comes from; `None` for all.
    pub(crate) concerned: Option<BTreeSet<FileId>>,
    output: Output<'c>,
}

enum Output<'c> {
    /// The last run was the same, and what it wrote is still there.
    AsItWas(Recorded),
    New {
        files: FileSet,
        keep: Option<Keep<'c>>,
    },
}

/// What there is to keep for the next run.
struct Keep<'c> {
    cache: &'c Cache,
    key: u128,
    /// `None` where an earlier run has kept it.
    learnt: Option<Box<Learnt>>,
}

/// What a whole run finds out.
struct Learnt {
    known: Pages,
    pages: Vec<Kept>,
    base_key: u128,
    hashes: Vec<u128>,
    placed: Vec<Placed>,
    /// `None` where the code also depends on text that the model does not hold.
    model: Option<Model>,
}

/// Makes the code that `out` is to hold, or finds that it holds it already.
pub(crate) fn prepare<'c>(
    config: &Config,
    layout: &Layout,
    out: &Path,
    cache: Option<&'c Cache>,
    stage: &dyn Fn(Stage),
) -> Result<Prepared<'c>, Error> {
    let (sources, diagnostics) = load(config, stage)?;
    let Some(cache) = cache else {
        stage(Stage::Read { pages: sources.pages() });
        let (schema, problems) = pipeline::read(&sources);
        let (generated, _) = emit(config, layout, sources, schema, [diagnostics, problems], stage)?;
        return Ok(Prepared::of(config, generated, |_| None));
    };
    let hashes = cache::hashes(&sources);
    // All that is not on the pages; what could not be loaded shows in the diagnostics of loading.
    let Config { options, corrections, file } = config;
    let options = format!("{layout:?} {options:?} {corrections:?} {file:?} {diagnostics:?}");
    let key = cache::run_key(&options, &hashes);
    if let Some(record) = cache.run(key).filter(|record| record.output.is_in(out)) {
        let concerned = record.concerned.map(|pages| pages.into_iter().collect());
        let output = Output::AsItWas(record.output);
        return Ok(Prepared { sources, diagnostics: record.diagnostics, concerned, output });
    }
    let base_key = cache::base_key(&options, &sources);
    #[cfg(feature = "cache")]
    if let Some(base) = cache.base(base_key)
        && let Some((run, files)) = reworded::files(&base, layout, out, cache, &sources, &hashes)
    {
        let concerned = run.concerned.map(|pages| pages.into_iter().collect());
        let output = Output::New { files, keep: Some(Keep { cache, key, learnt: None }) };
        return Ok(Prepared { sources, diagnostics: run.diagnostics, concerned, output });
    }
    stage(Stage::Read { pages: sources.pages() });
    let known = cache.pages();
    let (schema, problems, pages) = pipeline::read_again(&sources, &hashes, &known);
    let (generated, placed) = emit(config, layout, sources, schema, [diagnostics, problems], stage)?;
    let learnt = |model| Learnt { known, pages, base_key, hashes, placed, model };
    Ok(Prepared::of(config, generated, |model| Some(Keep { cache, key, learnt: Some(Box::new(learnt(model))) })))
}

impl<'c> Prepared<'c> {
    fn of(config: &Config, generated: Generated, keep: impl FnOnce(Option<Model>) -> Option<Keep<'c>>) -> Self {
        let Generated { files, analysis } = generated;
        let Analysis { sources, diagnostics, model, .. } = analysis;
        let concerned = (!config.options.selection.include.is_empty()).then(|| pages_of(&model));
        let keep = keep(skips_examples(config).then_some(model));
        Prepared { sources, diagnostics, concerned, output: Output::New { files, keep } }
    }

    /// Makes `out` hold the code, and keeps for the next run what it can use.
    pub(crate) fn write(&self, out: &Path, edits: Edits) -> Result<WriteReport, Error> {
        match &self.output {
            Output::AsItWas(recorded) => Ok(WriteReport { unchanged: recorded.len(), ..WriteReport::default() }),
            Output::New { files, keep } => {
                let (report, output) = files.write_recorded(out, edits)?;
                if let Some(keep) = keep {
                    self.keep(keep, output);
                }
                Ok(report)
            }
        }
    }

    fn keep(&self, keep: &Keep<'_>, output: Recorded) {
        let diagnostics = self.diagnostics.clone();
        let concerned = self.concerned.as_ref().map(|pages| pages.iter().copied().collect());
        let record = Record { key: keep.key, output, diagnostics, concerned };
        keep.cache.keep_run(&record);
        let Some(learnt) = &keep.learnt else { return };
        keep.cache.keep_pages(&learnt.known, &learnt.pages);
        if let Some(model) = &learnt.model {
            let (pages, placed) = (&learnt.hashes, &learnt.placed);
            keep.cache.keep_base(&NewBase { key: learnt.base_key, pages, placed, model, run: &record });
        }
    }

    /// Compares `out` with the code, and changes nothing.
    #[cfg(feature = "cli")]
    pub(crate) fn check(&self, out: &Path) -> Result<Vec<Difference>, Error> {
        match &self.output {
            Output::AsItWas(_) => Ok(Vec::new()),
            Output::New { files, .. } => Ok(files.check(out)?),
        }
    }
}

/// The pages that a model comes from.
fn pages_of(model: &Model) -> BTreeSet<FileId> {
    let types = model.types.iter().map(|ty| ty.page).chain(model.enums.iter().map(|ty| ty.page));
    types.chain(model.requests.operations().flat_map(|(_, operation)| operation.pages())).collect()
}

/// One file to include.
pub(crate) fn single_file(config: &Config) -> Layout {
    Layout::SingleFile { name: config.options.file_name.clone().unwrap_or_else(|| service::FILE_NAME.to_owned()) }
}

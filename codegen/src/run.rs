//! A run: a configuration sent through the pipeline. What both faces share; nothing is written and nothing is printed here.

use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::emit::{self, Layout};
use crate::error::Error;
use crate::file_set::FileSet;
use crate::model::Model;
use crate::pipeline;
use crate::resolve;
use crate::schema::Schema;
use crate::source::{self, SourceMap};

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
    analyse_with(config, false, stage)
}

fn analyse_with(config: &Config, skip_examples: bool, stage: &dyn Fn(Stage)) -> Result<Analysis, Error> {
    if config.options.docs.is_empty() {
        return Err(Error::NoDocs);
    }
    stage(Stage::Load);
    let (mut sources, mut diagnostics) = source::load(&config.options.docs)?;
    if let Some(file) = &config.file {
        sources.set_configuration(file.clone());
    }
    stage(Stage::Read { pages: sources.files().len() });
    let (schema, problems) = pipeline::read(&sources);
    diagnostics.append(problems);
    stage(Stage::Resolve { types: schema.types.len() });
    let options = resolve::Options { corrections: config.corrections.clone(), skip_examples };
    let (model, problems) = pipeline::resolve(&schema, &sources, &options);
    let model = pipeline::select(model, &sources, &config.options.selection)?;
    diagnostics.append(problems);
    diagnostics.sort();
    Ok(Analysis { sources, schema, model, diagnostics })
}

/// Makes code of the pages.
pub(crate) fn generate(config: &Config, layout: Layout, stage: &dyn Fn(Stage)) -> Result<Generated, Error> {
    // Without tests of them, examples matter to the code only where their problems are to stop it.
    let skip_examples = !config.options.with_tests && !config.options.deny_warnings;
    let mut analysis = analyse_with(config, skip_examples, stage)?;
    if config.options.with_tests {
        analysis.model.replays = pipeline::replays(&analysis.schema, &analysis.model);
    }
    stage(Stage::Emit { types: analysis.model.types.len() });
    let files = emit::emit(&analysis.model, &analysis.sources, &emit::Options { layout });
    Ok(Generated { files, analysis })
}

/// One file to include.
pub(crate) fn single_file(config: &Config) -> Layout {
    Layout::SingleFile { name: config.options.file_name.clone().unwrap_or_else(|| "graph.rs".to_owned()) }
}

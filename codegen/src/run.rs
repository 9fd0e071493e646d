//! A run: a configuration sent through the pipeline. What both faces share; nothing is written and nothing is printed here.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::emit::{self, Layout, RuntimeDependency};
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

/// Loads, reads and resolves the pages.
pub(crate) fn analyse(config: &Config, stage: &dyn Fn(Stage)) -> Result<Analysis, Error> {
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
    let options = resolve::Options { corrections: config.corrections.clone() };
    let (model, problems) = pipeline::resolve(&schema, &sources, &options);
    diagnostics.append(problems);
    diagnostics.sort();
    Ok(Analysis { sources, schema, model, diagnostics })
}

/// Makes code of the pages.
pub(crate) fn generate(config: &Config, layout: Layout, stage: &dyn Fn(Stage)) -> Result<Generated, Error> {
    let analysis = analyse(config, stage)?;
    stage(Stage::Emit { types: analysis.model.types.len() });
    let files = emit::emit(&analysis.model, &analysis.sources, &emit::Options { layout });
    Ok(Generated { files, analysis })
}

/// The layout that a configuration asks for, to be written to `out`.
pub(crate) fn layout(config: &Config, out: &Path) -> Result<Layout, Error> {
    let options = &config.options;
    match &options.crate_name {
        Some(name) => Ok(Layout::Crate { name: name.clone(), runtime: runtime(options.runtime_path.as_deref(), out)? }),
        None if options.single_file => Ok(single_file(config)),
        None => Ok(Layout::Modules),
    }
}

/// One file to include.
pub(crate) fn single_file(config: &Config) -> Layout {
    Layout::SingleFile { name: config.options.file_name.clone().unwrap_or_else(|| "graph.rs".to_owned()) }
}

fn runtime(folder: Option<&Path>, out: &Path) -> Result<RuntimeDependency, Error> {
    let Some(folder) = folder else {
        return Ok(RuntimeDependency::Version(env!("CARGO_PKG_VERSION").to_owned()));
    };
    if !folder.join("Cargo.toml").is_file() {
        return Err(Error::NoRuntime { path: folder.to_owned() });
    }
    let path = relative(&canonical(out), &canonical(folder));
    Ok(RuntimeDependency::Path(path.display().to_string().replace('\\', "/")))
}

/// The real path of a folder that may not be there yet.
fn canonical(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            // Part by part: to join an empty rest would leave a separator behind.
            return real.components().chain(rest.components()).collect();
        }
    }
    path
}

/// The way from one folder to another, where they have more than the root in common; a generated crate and the runtime in one repository
/// can then be moved together. Otherwise the absolute path.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let common_names = from.components().take(common).filter(|part| matches!(part, std::path::Component::Normal(_)));
    if common_names.count() == 0 {
        return to.to_owned();
    }
    let up = from.components().skip(common).map(|_| std::path::Component::ParentDir);
    let path: PathBuf = up.chain(to.components().skip(common)).collect();
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(from: &str, to: &str) -> String {
        relative(Path::new(from), Path::new(to)).display().to_string()
    }

    #[test]
    fn the_runtime_is_found_from_the_crate() {
        assert_eq!(way("/work/main/generated", "/work/main/runtime"), "../runtime");
        assert_eq!(way("/work/a/b/c", "/work/runtime"), "../../../runtime");
        assert_eq!(way("/work/a", "/work/a/runtime"), "runtime");
        assert_eq!(way("/tmp/out", "/work/runtime"), "/work/runtime");
    }
}

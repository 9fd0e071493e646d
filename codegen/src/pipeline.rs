//! The pipeline from folders of pages to files on disk, in one file. `analyse` ends with the model,
//! `generate` with the code, and `prepare` with `Prepared::write` includes writing.
//!
//! | stage | module | from → to |
//! | --- | --- | --- |
//! | load | [`source`] | folders and files → [`SourceMap`] |
//! | parse | [`markdown`] | text → [`Page`](crate::page::Page) |
//! | read | [`read`](mod@crate::read) | `Page`, or CSDL → [`Schema`] |
//! | resolve | [`resolve`](mod@crate::resolve) | `Schema` → [`Model`] |
//! | select | [`resolve`](resolve::select) | `Model` → `Model` |
//! | emit | [`emit`](mod@crate::emit) | `Model` → [`FileSet`] |
//! | write | [`file_set`](crate::file_set) | `FileSet` → disk |
//!
//! A run takes the results of an earlier one as a value, and returns its own (`Memory`). The output
//! does not depend on them: pages whose text is unchanged are not parsed and read again, files
//! whose input is unchanged are not emitted and written again, and if nothing has changed at all,
//! no stage runs.

use std::path::Path;

use crate::cache::{Memory, Reading, Readings, Run, options_hash};
use crate::config::{Config, Selection};
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::emit::{self, Layout};
use crate::error::Error;
#[cfg(feature = "cli")]
use crate::file_set::Difference;
use crate::file_set::{Edits, FileSet, WriteReport, Written};
use crate::hashing::HashSet;
use crate::model::Model;
use crate::ordered;
use crate::read::csdl;
use crate::report::{self, Positions};
use crate::schema::Schema;
use crate::source::{self, FileId, Format, FoundFile, Inputs, SourceMap};
use crate::{markdown, parallel, read, resolve};

/// The result of a run before any code is generated.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Analysis {
    /// The pages.
    pub sources: SourceMap,
    /// The contents of the pages and of the metadata.
    pub schema: Schema,
    /// The resolved model.
    pub model: Model,
    /// The problems, sorted by place.
    pub diagnostics: Diagnostics,
}

/// Generated code that has not been written yet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The files.
    pub files: FileSet,
    /// The analysis that they were generated from.
    pub analysis: Analysis,
}

/// The current stage of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Load,
    Read { pages: usize },
    Resolve { types: usize },
    Emit { types: usize },
}

/// Parses and reads all pages.
pub fn read(sources: &SourceMap) -> (Schema, Diagnostics) {
    let (schema, diagnostics, _) = read_known(sources, Readings::default());
    (schema, diagnostics)
}

/// Reads the service's metadata.
///
/// # Errors
/// [`MetadataError`](csdl::MetadataError) for a document that is not valid.
pub fn read_metadata(sources: &SourceMap) -> Result<(Schema, Diagnostics), csdl::MetadataError> {
    let mut diagnostics = Diagnostics::default();
    let schema = read::documents(sources, &mut diagnostics)?;
    Ok((schema, diagnostics))
}

/// Resolves the contents of the pages and of the metadata to a model.
pub fn resolve(schema: &Schema, sources: &SourceMap, options: &resolve::Options) -> (Model, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let model = parallel::inside(|| resolve::resolve(schema, sources, options, &mut diagnostics));
    (model, diagnostics)
}

/// Leaves out types and operations that are not selected.
///
/// # Errors
/// [`SelectionError`](resolve::SelectionError) for a name that matches nothing.
pub fn select(mut model: Model, sources: &SourceMap, selection: &Selection) -> Result<Model, resolve::SelectionError> {
    resolve::select(&mut model, sources, selection)?;
    Ok(model)
}

/// Loads, reads, resolves and selects, including the examples of requests and responses.
pub(crate) fn analyse(config: &Config, stage: &(dyn Fn(Stage) + Sync)) -> Result<Analysis, Error> {
    let found = find(config, stage)?;
    let (analysis, _) = parallel::inside(|| understand(config, &found, Known::default(), false, stage))?;
    Ok(analysis)
}

/// Runs all stages except writing.
pub(crate) fn generate(config: &Config, layout: &Layout, stage: &(dyn Fn(Stage) + Sync)) -> Result<Generated, Error> {
    let found = find(config, stage)?;
    let (analysis, _) = understand_for_code(config, &found, Known::default(), stage)?;
    stage(Stage::Emit { types: analysis.model.types.len() });
    let files = emit::emit(&analysis.model, &analysis.sources, &emit::Options { layout: layout.clone() });
    Ok(Generated { files, analysis })
}

/// A run before its code is emitted and written.
pub(crate) struct Prepared {
    /// The pages.
    pub(crate) sources: SourceMap,
    /// The problems, sorted by place.
    pub(crate) diagnostics: Diagnostics,
    /// The pages that contribute to the output, sorted; `None` for all.
    pub(crate) concerned: Option<Vec<FileId>>,
    rest: Rest,
}

/// What earlier runs found out about the pages.
#[derive(Default)]
struct Known {
    /// The hashes of the pages that are unchanged by their state on disk, by position.
    pages: Vec<Option<u128>>,
    readings: Readings,
}

/// The remaining work of a run.
enum Rest {
    /// Nothing: the inputs are those of the last run, and its output is still there.
    Nothing(Memory),
    /// The code of a model has to be emitted and written. The schema is not needed any more: it is
    /// kept until the end because freeing it takes a while, and then the process ends.
    Emit { understood: Box<(Schema, Model)>, layout: Layout, run: Run, readings: Readings, earlier: Written },
}

/// Runs the stages before emitting and uses the results of earlier runs, which are read while the
/// pages are searched. `out` is the output folder.
pub(crate) fn prepare(
    config: &Config,
    layout: &Layout,
    out: &Path,
    memory: impl FnOnce() -> Memory + Send,
    shown: Severity,
    stage: &(dyn Fn(Stage) + Sync),
) -> Result<Prepared, Error> {
    let (found, memory) = find_beside(config, stage, memory)?;
    let Config { options, corrections, file } = config;
    let options = options_hash(&format!("{layout:?} {options:?} {corrections:?} {file:?}"));
    let Memory { last, readings } = memory;
    let (mut earlier, mut pages) = (Written::default(), Vec::new());
    if let Some(mut run) = last {
        if run.is_still_so(options, &found, out) {
            let sources = load(config, &found, &run.contents())?;
            if are_as_known(&sources, &run.diagnostics, shown) {
                return Ok(unchanged(run, sources));
            }
        }
        pages = run.known(&found);
        earlier = run.written;
    }
    let mut result = understand_for_code(config, &found, Known { pages, readings }, stage)?;
    if !are_as_known(&result.0.sources, &result.0.diagnostics, shown) {
        result = understand_for_code(config, &found, Known::default(), stage)?;
    }
    let (Analysis { sources, schema, model, diagnostics }, readings) = result;
    if !schema.describes_anything() {
        let positions = Positions::new(&sources);
        let first = diagnostics.iter().next().map(|problem| report::line(problem, &positions));
        return Err(Error::NothingDescribed { pages: found.len(), first });
    }
    let concerned = (!config.options.selection.include.is_empty()).then(|| pages_of(&model));
    let run = Run::new(options, &found, readings.contents());
    stage(Stage::Emit { types: model.types.len() });
    let understood = Box::new((schema, model));
    let rest = Rest::Emit { understood, layout: layout.clone(), run, readings, earlier };
    Ok(Prepared { sources, diagnostics, concerned, rest })
}

impl Prepared {
    /// Writes the code to `out`. Returns the results to keep.
    pub(crate) fn write(self, out: &Path, edits: Edits) -> Result<(WriteReport, Memory), Error> {
        let Prepared { sources, diagnostics, concerned, rest } = self;
        match rest {
            Rest::Nothing(memory) => {
                let unchanged = memory.last.as_ref().map_or(0, |run| run.written.len());
                Ok((WriteReport { unchanged, ..WriteReport::default() }, memory))
            }
            Rest::Emit { understood, layout, mut run, mut readings, earlier } => parallel::inside(|| {
                let model = &understood.1;
                let options = emit::Options { layout };
                let write = || {
                    emit::with_drafts(model, &sources, &options, &earlier, |drafts| drafts.write(out, edits, &earlier))
                };
                let (result, ()) = parallel::both(write, || readings.finish());
                let (report, written) = result?;
                parallel::discard((understood, sources));
                run.written = written;
                run.diagnostics = diagnostics;
                run.concerned = concerned;
                Ok((report, Memory { last: Some(run), readings }))
            }),
        }
    }

    /// Compares `out` with the code and changes nothing.
    #[cfg(feature = "cli")]
    pub(crate) fn check(&self, out: &Path) -> Result<Vec<Difference>, Error> {
        match &self.rest {
            Rest::Nothing(_) => Ok(Vec::new()),
            Rest::Emit { understood, layout, earlier, .. } => {
                let model = &understood.1;
                let options = emit::Options { layout: layout.clone() };
                let check =
                    emit::with_drafts(model, &self.sources, &options, earlier, |drafts| drafts.check(out, earlier));
                Ok(check?)
            }
        }
    }
}

/// Finds the pages and the metadata documents.
fn find(config: &Config, stage: &(dyn Fn(Stage) + Sync)) -> Result<Vec<FoundFile>, Error> {
    find_beside(config, stage, || ()).map(|(found, ())| found)
}

/// The same while another thing is done.
fn find_beside<O: Send>(
    config: &Config,
    stage: &(dyn Fn(Stage) + Sync),
    other: impl FnOnce() -> O + Send,
) -> Result<(Vec<FoundFile>, O), Error> {
    let (docs, metadata) = (&config.options.docs, &config.options.metadata);
    if docs.is_empty() && metadata.is_empty() {
        return Err(Error::NoDocs);
    }
    stage(Stage::Load);
    Ok(source::find_beside(Inputs { docs, metadata, references: csdl::references }, other)?)
}

/// The stages from pages to the model: load, parse, read, resolve, select.
fn understand(
    config: &Config,
    found: &[FoundFile],
    known: Known,
    skip_examples: bool,
    stage: &(dyn Fn(Stage) + Sync),
) -> Result<(Analysis, Readings), Error> {
    let Known { pages, readings } = known;
    let mut sources = load(config, found, &pages)?;
    stage(Stage::Read { pages: sources.pages() });
    let (mut schema, mut diagnostics, mut readings) = read_known(&sources, readings);
    sources.add_excerpts(readings.take_excerpts());
    let (declared, problems) = read_metadata(&sources)?;
    schema.append(declared);
    diagnostics.append(problems);
    stage(Stage::Resolve { types: schema.types.len() });
    let options = resolve::Options {
        corrections: config.corrections.clone(),
        service: config.options.service.clone(),
        additions: config.options.additions.clone(),
        skip_examples,
        skip_requests: config.options.no_requests,
    };
    let (model, problems) = resolve(&schema, &sources, &options);
    let model = select(model, &sources, &config.options.selection)?;
    diagnostics.append(problems);
    diagnostics.sort();
    markdown::gather_includes(&sources, &mut diagnostics);
    Ok((Analysis { sources, schema, model, diagnostics }, readings))
}

/// The same for code generation. Examples are skipped if no tests are generated from them and their
/// problems cannot stop the run.
fn understand_for_code(
    config: &Config,
    found: &[FoundFile],
    mut known: Known,
    stage: &(dyn Fn(Stage) + Sync),
) -> Result<(Analysis, Readings), Error> {
    let skip_examples = !config.options.with_tests && !config.options.deny_warnings;
    if !skip_examples {
        // The text of nearly all pages is needed.
        known.pages.clear();
    }
    #[cfg_attr(not(feature = "package"), expect(unused_mut, reason = "nothing is added"))]
    let (mut analysis, readings) = parallel::inside(|| understand(config, found, known, skip_examples, stage))?;
    #[cfg(feature = "package")]
    if config.options.with_tests {
        analysis.model.replays = resolve::replays(&analysis.schema, &analysis.model, &analysis.sources);
    }
    Ok((analysis, readings))
}

/// Loads the files. `known` are the hashes of the pages that need no reading.
fn load(config: &Config, found: &[FoundFile], known: &[Option<u128>]) -> Result<SourceMap, Error> {
    let mut sources = source::read(found, known)?;
    if let Some(file) = &config.file {
        sources.set_configuration(file.clone());
    }
    Ok(sources)
}

/// Parses and reads the pages, except those with a kept reading.
fn read_known(sources: &SourceMap, readings: Readings) -> (Schema, Diagnostics, Readings) {
    let pages = sources.files().filter(|(_, file)| file.format == Format::Page);
    let files: Vec<_> = pages.map(|(id, _)| id).collect();
    let (pages, readings) = readings.of_all(sources, &files, |file| read_page(sources, file));
    let (mut schema, mut diagnostics) = (Schema::default(), Diagnostics::default());
    // What thousands of pages describe is moved only once.
    schema.pages.reserve(pages.iter().map(|page| page.schema.pages.len()).sum());
    schema.types.reserve(pages.iter().map(|page| page.schema.types.len()).sum());
    schema.operations.reserve(pages.iter().map(|page| page.schema.operations.len()).sum());
    for page in pages {
        schema.append(page.schema);
        diagnostics.append(page.diagnostics);
    }
    (schema, diagnostics, readings)
}

/// Parses and reads one page.
fn read_page(sources: &SourceMap, file: FileId) -> Reading {
    let mut diagnostics = Diagnostics::default();
    if let Some(reason) = sources.file(file).left_out() {
        diagnostics.push(Diagnostic::left_out(file, reason));
        return Reading { schema: Schema::default(), diagnostics, includes: Vec::new() };
    }
    let page = markdown::parse(sources, file, &mut diagnostics);
    let schema = read::read(&page, &mut diagnostics);
    Reading { schema, diagnostics, includes: page.includes }
}

/// Loads the pages of the problems that are shown. Returns true if all loaded pages are as the
/// earlier run found them: otherwise its results do not belong to the pages.
fn are_as_known(sources: &SourceMap, problems: &Diagnostics, shown: Severity) -> bool {
    let problems = problems.iter().filter(|problem| problem.severity() >= shown);
    let files: HashSet<FileId> = problems.flat_map(Diagnostic::spans).map(|span| span.file).collect();
    sources.read(&files.into_iter().collect::<Vec<_>>());
    !sources.has_changed()
}

/// The result of a run that would only repeat the last one.
fn unchanged(run: Run, sources: SourceMap) -> Prepared {
    let (diagnostics, concerned) = (run.diagnostics.clone(), run.concerned.clone());
    let rest = Rest::Nothing(Memory { last: Some(run), readings: Readings::default() });
    Prepared { sources, diagnostics, concerned, rest }
}

/// The pages that contribute to a model, sorted.
fn pages_of(model: &Model) -> Vec<FileId> {
    let mut pages: Vec<FileId> = model.types.iter().map(|ty| ty.page).collect();
    pages.extend(model.enums.iter().map(|ty| ty.page));
    pages.extend(model.requests.operations().flat_map(|(_, operation)| operation.pages()));
    ordered::unique(pages.into_iter())
}

#[cfg(all(test, feature = "cache"))]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;

    /// A page of a type with one property of a type that no page describes.
    fn page(property: &str) -> String {
        format!(
            "# t{property} resource type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|Description|\n\
             |:---|:---|:---|\n|{property}|[nowhere](nowhere.md)|.|\n"
        )
    }

    #[test]
    fn a_page_that_changes_during_a_run_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let (docs, out) = (folder.path().join("docs"), folder.path().join("out"));
        let write = |name: &str, property: &str| fs::write(docs.join(name), page(property)).expect("written");
        let config = Config::new().docs(&docs);
        let run = |stage: &(dyn Fn(Stage) + Sync)| {
            let memory = || Memory::open(Some(out.clone()));
            let run = prepare(&config, &config.single_file(), &out, memory, Severity::Note, stage).expect("a run");
            let (_, memory) = run.write(&out, Edits::default()).expect("written");
            memory.keep(Some(out.clone()));
            fs::read_to_string(out.join("graph.rs")).expect("code")
        };
        fs::create_dir(&docs).expect("a folder");
        write("one.md", "first");
        write("two.md", "second");
        // Until the pages can be known by their times.
        std::thread::sleep(Duration::from_millis(2_100));
        run(&|_| ());
        write("two.md", "third");
        let code = run(&|stage| {
            if matches!(stage, Stage::Read { .. }) {
                write("one.md", "fourth");
            }
        });
        assert!(code.contains("pub fourth:") && code.contains("pub third:"), "{code}");
        assert_eq!(run(&|_| ()), code);
    }
}

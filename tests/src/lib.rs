//! Code that the tests in `tests/` share, and the code of all fixtures.

use std::fs;
use std::path::{Path, PathBuf};

use edmark::diagnostics::Diagnostics;
use edmark::emit::{self, Layout};
use edmark::file_set::FileSet;
use edmark::model::Model;
use edmark::pipeline;
use edmark::report::Positions;
use edmark::report::human::Human;
use edmark::resolve;
use edmark::schema::Schema;
use edmark::source::SourceMap;

/// The code of the pages in `fixtures`, with a module for each fixture; `build.rs` writes it.
pub mod fixtures {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}

/// A small service after each step of its growth, each with a caller that was written before it:
/// that this compiles is the test. `build.rs` writes it.
pub mod growth {
    include!(concat!(env!("OUT_DIR"), "/growth.rs"));
}

/// Pages with their schema, model and problems.
#[derive(Debug)]
pub struct Run {
    /// The pages.
    pub sources: SourceMap,
    /// The contents of the pages.
    pub schema: Schema,
    /// The resolved model.
    pub model: Model,
    /// The problems, sorted by place.
    pub diagnostics: Diagnostics,
}

impl Run {
    /// Runs the pipeline on pages, given by path and text.
    pub fn of(pages: impl IntoIterator<Item = (String, String)>) -> Self {
        let sources = SourceMap::from_texts(pages);
        let (schema, mut diagnostics) = pipeline::read(&sources);
        let (model, problems) = pipeline::resolve(&schema, &sources, &resolve::Options::default());
        diagnostics.append(problems);
        diagnostics.sort();
        Run { sources, schema, model, diagnostics }
    }

    /// Runs the pipeline on one page.
    pub fn of_page(text: impl Into<String>) -> Self {
        Run::of([("page.md".to_owned(), text.into())])
    }

    /// The generated code as modules.
    pub fn files(&self) -> FileSet {
        emit::emit(&self.model, &self.sources, &emit::Options { layout: Layout::Modules })
    }

    /// The generated code as one file.
    pub fn code(&self) -> String {
        let layout = Layout::SingleFile { name: Some("graph.rs".to_owned()) };
        let files = emit::emit(&self.model, &self.sources, &emit::Options { layout });
        files.get("graph.rs").unwrap_or_default().to_owned()
    }

    /// The problems as a terminal shows them.
    pub fn problems(&self) -> String {
        let positions = Positions::new(&self.sources);
        let human = Human::new(false, 100);
        self.diagnostics.iter().map(|problem| human.render(problem, &positions) + "\n\n").collect()
    }
}

/// A folder of the workspace.
pub fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The fixtures in a folder by name: the pages of each, with their relative paths.
pub fn fixtures_in(folder: &str) -> Vec<(String, Vec<(String, String)>)> {
    let folder = workspace("tests/fixtures").join(folder);
    let mut fixtures: Vec<_> = entries(&folder)
        .into_iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let base = if path.is_dir() { path.clone() } else { folder.clone() };
            let files = if path.is_dir() { entries(&path) } else { vec![path] };
            (name, files.iter().map(|file| page(&base, file)).collect())
        })
        .collect();
    fixtures.sort();
    fixtures
}

/// All pages below a folder, with their relative paths.
pub fn pages_below(folder: &Path) -> Vec<(String, String)> {
    let mut open = vec![folder.to_owned()];
    let mut pages = Vec::new();
    while let Some(next) = open.pop() {
        for path in entries(&next) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(page(folder, &path));
            }
        }
    }
    pages.sort();
    pages
}

/// The published reference of the service, if `EDMARK_CORPUS` is set. Otherwise writes a line that
/// `test` is skipped.
#[expect(clippy::print_stderr, reason = "a test that is left out has to say so")]
pub fn corpus(test: &str) -> Option<PathBuf> {
    let place = std::env::var_os("EDMARK_CORPUS").filter(|place| !place.is_empty());
    if place.is_none() {
        eprintln!("{test}: left out, as EDMARK_CORPUS is not set");
    }
    place.map(|place| PathBuf::from(place).join("v1.0"))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path()).collect()
}

fn page(base: &Path, file: &Path) -> (String, String) {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let path = file.strip_prefix(base).unwrap_or(file);
    (path.display().to_string().replace('\\', "/"), text)
}

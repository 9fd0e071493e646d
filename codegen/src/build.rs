//! The interface for a `build.rs`: the file in `OUT_DIR`, and the instructions for cargo on
//! standard output.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cache::Memory;
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Severity};
use crate::emit::Layout;
use crate::error::Error;
use crate::ordered;
use crate::pipeline::{self, Analysis, Generated, Prepared};
use crate::report::{self, Counts, Positions};
use crate::source::FileId;

/// The maximum number of problems that are shown one by one.
const SHOWN: usize = 20;

impl Config {
    /// Generates code into one file in `$OUT_DIR`, unless [`Config::out_dir`] says otherwise, and
    /// tells cargo what it depends on. The file is `graph.rs` for Microsoft Graph and `odata.rs`
    /// for another service, unless [`Config::file_name`] says otherwise. For a `build.rs`; include
    /// the result in a module:
    ///
    /// ```ignore
    /// mod graph {
    ///     include!(concat!(env!("OUT_DIR"), "/graph.rs"));
    /// }
    /// ```
    ///
    /// On standard output it prints `cargo::rerun-if-changed` for every folder, every page and the
    /// `edmark.toml`, and a `cargo::warning` for each problem of at least warning severity, at most
    /// 20 of them, followed by their total number. Notes are shown by `edmark lint` only. With
    /// [`Config::include`], only problems of the pages that contribute to the output are shown.
    ///
    /// # Errors
    /// [`Error`] if no page can be loaded, if the file cannot be written, or if warnings are denied
    /// and there are some.
    ///
    /// ```no_run
    /// // build.rs
    /// fn main() -> Result<(), edmark::Error> {
    ///     edmark::Config::new().docs("docs").compile()
    /// }
    /// ```
    pub fn compile(&self) -> Result<(), Error> {
        self.compile_to(&mut io::stdout().lock())
    }

    fn compile_to(&self, cargo: &mut dyn Write) -> Result<(), Error> {
        // These lines are printed first, so that cargo runs the script again after an error was
        // fixed.
        let file = self.file.as_ref().map(|file| Path::new(&file.path));
        for path in self.options.docs.iter().map(PathBuf::as_path).chain(file) {
            rerun_if_changed(cargo, &path.display().to_string())?;
        }
        let out = self.options.out.clone().or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from));
        let out = out.ok_or(Error::NoOutDir)?;
        let cache = std::env::var_os("OUT_DIR").filter(|_| !self.options.no_cache).map(PathBuf::from);
        let kept = cache.clone();
        let memory = || Memory::open(kept);
        let run = pipeline::prepare(self, &self.single_file(), &out, memory, Severity::Warning, &|_| ())?;
        for (_, page) in run.sources.files() {
            rerun_if_changed(cargo, &page.path)?;
        }
        let positions = Positions::new(&run.sources);
        let problems = problems(&run);
        for problem in problems.iter().take(SHOWN) {
            writeln!(cargo, "cargo::warning={}", report::line(problem, &positions)).map_err(Error::Output)?;
        }
        if problems.len() > SHOWN {
            let counts = Counts::of(problems.iter().copied());
            writeln!(cargo, "cargo::warning={counts} on the pages; `edmark lint` shows all").map_err(Error::Output)?;
        }
        if let (true, Some(first)) = (self.options.deny_warnings, problems.first()) {
            return Err(Error::Denied { count: problems.len(), first: report::line(first, &positions) });
        }
        let (_, memory) = run.write(&out, self.options.edits)?;
        memory.keep(cache);
        Ok(())
    }

    /// The layout with one file to include.
    pub(crate) fn single_file(&self) -> Layout {
        Layout::SingleFile { name: self.options.file_name.clone() }
    }

    /// Does the same as [`Config::compile`], without writing and printing.
    ///
    /// # Errors
    /// [`Error`] if no page can be loaded.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// let generated = edmark::Config::new().docs("docs").generate()?;
    /// for (path, text) in generated.files.iter() {
    ///     println!("{path}: {} lines", text.lines().count());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn generate(&self) -> Result<Generated, Error> {
        pipeline::generate(self, &self.single_file(), &|_| ())
    }

    /// Reads the pages and resolves them to a model, without generating code.
    ///
    /// # Errors
    /// [`Error`] if no page can be loaded.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), edmark::Error> {
    /// let analysis = edmark::Config::new().docs("docs").analyse()?;
    /// println!("{} types, {} problems", analysis.model.types.len(), analysis.diagnostics.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn analyse(&self) -> Result<Analysis, Error> {
        pipeline::analyse(self, &|_| ())
    }
}

/// [`Config::compile`] with all defaults.
///
/// # Errors
/// As [`Config::compile`].
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), edmark::Error> {
///     edmark::compile("docs")
/// }
/// ```
pub fn compile(docs: impl Into<PathBuf>) -> Result<(), Error> {
    Config::new().docs(docs).compile()
}

fn rerun_if_changed(cargo: &mut dyn Write, path: &str) -> Result<(), Error> {
    // A line break would begin another instruction. The folder of such a page is watched anyway.
    if path.contains(['\n', '\r']) {
        return Ok(());
    }
    writeln!(cargo, "cargo::rerun-if-changed={path}").map_err(Error::Output)
}

/// The problems of at least warning severity on pages that contribute to the output, errors first.
fn problems(run: &Prepared) -> Vec<&Diagnostic> {
    let concerns = |problem: &Diagnostic| {
        let file = problem.primary.span.file;
        file == FileId::CONFIGURATION || run.concerned.as_ref().is_none_or(|pages| pages.binary_search(&file).is_ok())
    };
    let mut problems: Vec<_> =
        run.diagnostics.iter().filter(|problem| problem.severity() > Severity::Note && concerns(problem)).collect();
    ordered::sort_by_key(&mut problems, |problem| std::cmp::Reverse(problem.severity()));
    problems
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn page(index: usize) -> String {
        format!(
            "# t{index} resource type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n\
             |x|[nowhere{index}](nowhere.md)|.|\n\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \
             \"microsoft.graph.t{index}\" }} -->\n```json\n{{ \"x\": {{\"@odata.type\": \"microsoft.graph.nowhere{index}\"}} }}\n```\n"
        )
    }

    fn docs(pages: usize) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("docs")).expect("a folder");
        for index in 0..pages {
            fs::write(folder.path().join(format!("docs/t{index}.md")), page(index)).expect("a page");
        }
        folder
    }

    fn compile(config: &Config) -> (Result<(), Error>, Vec<String>) {
        let mut cargo = Vec::new();
        let result = config.compile_to(&mut cargo);
        let text = String::from_utf8(cargo).expect("UTF-8");
        (result, text.lines().map(str::to_owned).collect())
    }

    #[test]
    fn cargo_is_told_what_to_watch_and_what_is_wrong() {
        let folder = docs(2);
        let (docs, out) = (folder.path().join("docs"), folder.path().join("out"));
        let (result, lines) = compile(&Config::new().docs(&docs).out_dir(&out));
        result.expect("code");
        let watch = format!("cargo::rerun-if-changed={}", docs.display());
        assert_eq!(lines[..3], [watch.clone(), format!("{watch}/t0.md"), format!("{watch}/t1.md")]);
        assert!(lines[3].starts_with(&format!("cargo::warning={}/t0.md:8:4: ", docs.display())), "{}", lines[3]);
        assert_eq!(lines.len(), 5);
        let text = fs::read_to_string(out.join("graph.rs")).expect("a file");
        assert!(text.starts_with("// @generated by edmark"));
    }

    #[test]
    fn many_problems_are_counted() {
        let folder = docs(30);
        let config = Config::new().docs(folder.path().join("docs")).out_dir(folder.path());
        let (result, lines) = compile(&config);
        result.expect("code");
        let warnings: Vec<_> = lines.iter().filter(|line| line.starts_with("cargo::warning=")).collect();
        assert_eq!(warnings.len(), SHOWN + 1);
        assert_eq!(warnings[SHOWN], "cargo::warning=30 warnings on the pages; `edmark lint` shows all");

        let (result, _) = compile(&config.deny_warnings(true));
        assert!(matches!(result, Err(Error::Denied { count: 30, .. })), "{result:?}");
    }

    #[test]
    fn cargo_watches_what_could_not_be_loaded() {
        let (result, lines) = compile(&Config::new().docs("no/where").out_dir("out"));
        assert!(matches!(result, Err(Error::Load(_))), "{result:?}");
        assert_eq!(lines, ["cargo::rerun-if-changed=no/where"]);
        let (result, _) = compile(&Config::new().out_dir("out"));
        assert!(matches!(result, Err(Error::NoDocs)), "{result:?}");
    }
}

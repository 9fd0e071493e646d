//! `edmark generate`: pages to code.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::input::Input;
use super::progress::Progress;
use super::{Outcome, Stop, layout, output};
use crate::config::{Config, Navigation, is_crate_name};
use crate::diagnostics::Severity;
use crate::error::Error;
use crate::file_set::{Difference, Edits, WriteReport};
use crate::report::{self, Positions};
use crate::run::{self, Analysis, Generated};

/// Write the code of the pages' types and requests
///
/// Without --crate and --single-file it writes modules, with mod.rs as their entry. Only files that differ are written; files that edmark
/// wrote earlier and no longer does are removed; files it did not write are never touched, and those edited by hand only with --force.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write a whole crate of this name, with its manifest
    #[arg(long = "crate", value_name = "NAME", value_parser = crate_name)]
    crate_name: Option<String>,
    /// Let that crate use the edmark-runtime in this folder, not the registry's
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
    /// Give that crate tests that take the pages' examples through its types
    #[arg(long)]
    with_tests: bool,
    /// Write everything to one file, graph.rs, to be included in a module
    #[arg(long, conflicts_with_all = ["crate_name", "with_tests"])]
    single_file: bool,
    /// Only these types, and what they need: qualified or simple names, namespaces, with `*` for anything
    #[arg(long, value_name = "NAME", num_args = 1..)]
    include: Vec<String>,
    /// Without these types and namespaces
    #[arg(long, value_name = "NAME", num_args = 1..)]
    exclude: Vec<String>,
    /// What becomes of navigation properties to types that are not included
    #[arg(long, value_enum, value_name = "HOW")]
    navigation: Option<Navigation>,
    /// Write nothing; show how the folder differs, and end with 1 if it does
    #[arg(long)]
    check: bool,
    /// Overwrite generated files that were edited by hand, too; without it they stop the run before anything is written
    #[arg(long)]
    force: bool,
    /// Write nothing and end with 1 where the pages have problems
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Deny {
    /// Anything that costs a fact, a property, a type or a page
    Warnings,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Stop> {
    let config = arguments.config()?;
    let Some(out) = &config.options.out else {
        return Err(Stop::Usage("no output folder: pass `--out DIR`, or set `out` in edmark.toml".to_owned()));
    };
    if config.options.runtime_path.is_some() && config.options.crate_name.is_none() {
        return Err(Stop::Usage("`--runtime-path` is for the manifest of a crate: pass `--crate NAME`".to_owned()));
    }
    if config.options.with_tests && config.options.crate_name.is_none() {
        return Err(Stop::Usage("`--with-tests` is for a crate: pass `--crate NAME`".to_owned()));
    }
    if out.exists() && !out.is_dir() {
        return Err(Stop::Usage(format!("cannot write to {}: it is a file, and a folder is needed", out.display())));
    }
    let layout = layout::layout(&config, out)?;
    let progress = Progress::new();
    let Generated { files, analysis, .. } = run::generate(&config, layout, &|stage| progress.stage(stage))?;
    drop(progress);
    if config.options.deny_warnings {
        deny(&analysis)?;
    } else {
        output::problems(&analysis.diagnostics, &analysis.sources, Severity::Error);
    }
    if arguments.check {
        return check(&files.check(out).map_err(Error::from)?, out);
    }
    let report = files.write_over(out, config.options.edits).map_err(Error::from)?;
    output::results(|stdout| writeln!(stdout, "{}", summary(&report, out)))?;
    Ok(Outcome::Good)
}

impl Arguments {
    fn config(&self) -> Result<Config, Error> {
        let mut config = self.input.config()?.include(&self.include).exclude(&self.exclude);
        let options = &mut config.options;
        if self.out.is_some() {
            options.out.clone_from(&self.out);
        }
        if let Some(navigation) = self.navigation {
            options.selection.navigation = navigation;
        }
        if self.crate_name.is_some() {
            options.crate_name.clone_from(&self.crate_name);
        }
        if self.runtime_path.is_some() {
            options.runtime_path.clone_from(&self.runtime_path);
        }
        options.with_tests |= self.with_tests;
        if self.single_file {
            options.single_file = true;
            (options.crate_name, options.runtime_path, options.with_tests) = (None, None, false);
        }
        options.deny_warnings |= self.deny.is_some();
        if self.force {
            options.edits = Edits::Overwrite;
        }
        Ok(config)
    }
}

/// Shows the problems and stops where there are any.
fn deny(analysis: &Analysis) -> Result<(), Error> {
    output::problems(&analysis.diagnostics, &analysis.sources, Severity::Warning);
    let positions = Positions::new(&analysis.sources);
    let mut costly = analysis.diagnostics.iter().filter(|problem| problem.severity() > Severity::Note);
    match costly.next() {
        None => Ok(()),
        Some(first) => Err(Error::Denied { count: costly.count() + 1, first: report::line(first, &positions) }),
    }
}

fn check(differences: &[Difference], out: &Path) -> Result<Outcome, Stop> {
    if differences.is_empty() {
        return Ok(Outcome::Good);
    }
    let colour = output::colour_on_stdout();
    output::results(|stdout| differences.iter().try_for_each(|difference| show(difference, colour, stdout)))?;
    let _ = writeln!(
        io::stderr(),
        "{}: {} not what the pages say; run the same command without --check",
        out.display(),
        if differences.len() == 1 { "1 file is".to_owned() } else { format!("{} files are", differences.len()) },
    );
    Ok(Outcome::Found)
}

fn show(difference: &Difference, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    use anstyle::AnsiColor::{Cyan, Green, Red};
    let (what, path, diff) = match difference {
        Difference::Missing { path } => ("missing", path, ""),
        Difference::Extra { path } => ("no longer generated", path, ""),
        Difference::Stale { path, diff } => ("stale", path, diff.as_str()),
        Difference::Edited { path, diff } => ("edited by hand", path, diff.as_str()),
    };
    writeln!(out, "{what}: {path}")?;
    for line in diff.lines() {
        let style = match line.as_bytes().first() {
            _ if !colour => None,
            Some(b'+') => Some(Green.on_default()),
            Some(b'-') => Some(Red.on_default()),
            Some(b'@') => Some(Cyan.on_default()),
            _ => None,
        };
        match style {
            Some(style) => writeln!(out, "{style}{line}{style:#}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

fn summary(report: &WriteReport, out: &Path) -> String {
    let total = report.written.len() + report.unchanged;
    let removed = match report.removed.len() {
        0 => String::new(),
        removed => format!(", {removed} removed"),
    };
    let plural = if total == 1 { "" } else { "s" };
    format!("{}: {total} file{plural}, {} written{removed}", out.display(), report.written.len())
}

fn crate_name(text: &str) -> Result<String, String> {
    match is_crate_name(text) {
        true => Ok(text.to_owned()),
        false => Err("a crate's name consists of letters, digits, `-` and `_`, and begins with a letter".to_owned()),
    }
}

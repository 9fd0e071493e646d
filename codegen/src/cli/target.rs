//! The arguments for the output, which `generate` and `watch` share.

use std::path::{Path, PathBuf};

use super::input::Input;
use super::progress::Progress;
use super::selecting::Selecting;
use super::{Stop, layout};
use crate::cache::Memory;
use crate::config::{Config, is_crate_name};
use crate::diagnostics::Severity;
use crate::emit::Layout;
use crate::error::Error;
use crate::file_set::{Edits, WriteReport};
use crate::pipeline::{self, Prepared};
use crate::user_code;

/// The output and its options.
#[derive(Debug, clap::Args)]
pub(super) struct Target {
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
    /// Give that crate tests that take the pages' examples through its types and requests
    #[arg(long)]
    with_tests: bool,
    /// Write everything to one file, to be included in a module
    #[arg(long, conflicts_with_all = ["crate_name", "with_tests"])]
    single_file: bool,
    #[command(flatten)]
    selecting: Selecting,
    /// Types and namespaces that another crate has, and the path of its generated code: they are
    /// referred to, not generated
    #[arg(long, value_name = "NAME=PATH", value_parser = extern_path)]
    extern_path: Vec<(String, String)>,
    /// Types only, no request builders
    #[arg(long)]
    no_requests: bool,
    /// Overwrite generated files that were edited by hand, too; without it they stop the run before
    /// anything is written
    #[arg(long)]
    force: bool,
    /// Neither use nor keep what runs found out; otherwise the folder .edmark in the output folder
    /// holds it
    #[arg(long)]
    no_cache: bool,
}

/// A configuration that was checked for the command.
pub(super) struct Job {
    pub(super) config: Config,
    pub(super) out: PathBuf,
    layout: Layout,
}

impl Target {
    /// Combines the arguments with the configuration file, and checks the result.
    pub(super) fn job(&self) -> Result<Job, Stop> {
        let config = self.config()?;
        let Some(out) = &config.options.out else {
            return Err(Stop::Usage("no output folder: pass `--out DIR`, or set `out` in edmark.toml".to_owned()));
        };
        if config.options.runtime_path.is_some() && config.options.crate_name.is_none() {
            return Err(Stop::Usage("`--runtime-path` is for the manifest of a crate: pass `--crate NAME`".to_owned()));
        }
        if config.options.with_tests && config.options.crate_name.is_none() {
            return Err(Stop::Usage("`--with-tests` is for a crate: pass `--crate NAME`".to_owned()));
        }
        if !config.options.selection.external.is_empty() && config.options.crate_name.is_some() {
            let message = "types of another crate cannot be used in a crate whose manifest is generated: leave out `--crate`, and write the manifest";
            return Err(Stop::Usage(message.to_owned()));
        }
        if out.exists() && !out.is_dir() {
            return Err(Stop::Usage(format!(
                "cannot write to {}: it is a file, and a folder is needed",
                out.display()
            )));
        }
        let (layout, out) = (layout::layout(&config, out)?, out.clone());
        Ok(Job { config, out, layout })
    }

    fn config(&self) -> Result<Config, Error> {
        let mut config = self.selecting.add_to(self.input.config()?);
        let options = &mut config.options;
        if self.out.is_some() {
            options.out.clone_from(&self.out);
        }
        options.selection.external.extend(self.extern_path.iter().cloned());
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
        options.no_requests |= self.no_requests;
        options.no_cache |= self.no_cache;
        if self.force {
            options.edits = Edits::Overwrite;
        }
        Ok(config)
    }
}

impl Job {
    /// Does all but emitting and writing, and shows meanwhile what it is busy with.
    pub(super) fn prepare(&self, shown: Severity) -> Result<Prepared, Error> {
        let progress = Progress::new();
        let cache = self.cache();
        let memory = || Memory::open(cache);
        pipeline::prepare(&self.config, &self.layout, &self.out, memory, shown, &|stage| progress.stage(stage))
    }

    /// Emits and writes the code, and keeps results for the next run.
    pub(super) fn write(&self, run: Prepared) -> Result<WriteReport, Error> {
        let (report, memory) = run.write(&self.out, self.config.options.edits)?;
        memory.keep(self.cache());
        Ok(report)
    }

    fn cache(&self) -> Option<PathBuf> {
        (!self.config.options.no_cache).then(|| self.out.clone())
    }
}

/// A summary of the written files in one line.
pub(super) fn summary(report: &WriteReport, out: &Path) -> String {
    let total = report.written.len() + report.unchanged;
    let plural = if total == 1 { "" } else { "s" };
    let written = match report.written.len() {
        0 if report.removed.is_empty() => "none changed".to_owned(),
        written => format!("{written} written"),
    };
    let removed = match report.removed.len() {
        0 => String::new(),
        removed => format!(", {removed} removed"),
    };
    format!("{}: {total} file{plural}, {written}{removed}", out.display())
}

fn crate_name(text: &str) -> Result<String, String> {
    match is_crate_name(text) {
        true => Ok(text.to_owned()),
        false => Err(
            "a crate's name consists of letters, digits, `-` and `_`, begins with a letter, and is no keyword, no crate \
             that is there already, as `std` or `serde`, and no device of Windows, as `nul`"
                .to_owned(),
        ),
    }
}

fn extern_path(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, path)) => user_code::check_path(path).map(|()| (name.to_owned(), path.to_owned())),
        None => {
            Err("expected a type or a namespace, `=`, and a path as `::models::graph` or `crate::graph`".to_owned())
        }
    }
}

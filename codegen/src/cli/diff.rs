//! `edmark diff`: the changes that a change of the pages makes to the API.

use std::io::{self, Write};
use std::path::PathBuf;

use serde_json::json;

use super::selecting::Selecting;
use super::side::Reading;
use super::{Outcome, Stop, output};
use crate::config::Config;
use crate::diff::{self, Comparison, Grade, markdown};

/// Show what a change of the pages does to the API of the generated code
///
/// OLD and NEW are each a folder of pages, a folder of generated code, an edmark.toml, one of them
/// in a git revision (`main:docs`, `HEAD~1:generated`), or a file of
/// `edmark export --format surface`. What is said is graded for callers in Rust, and ends in the
/// version step that semantic versioning asks for.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What was
    #[arg(value_name = "OLD")]
    old: String,
    /// What is to be
    #[arg(value_name = "NEW")]
    new: String,
    /// The configuration of folders of pages, on both sides; an edmark.toml that is compared has
    /// its own
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    selecting: Selecting,
    /// How to show the changes
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// What makes the command end with 1
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// By type, for a terminal
    Human,
    /// One JSON object
    Json,
    /// By grade: a comment on a pull request, a section of a changelog
    Markdown,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Deny {
    /// Changes that break callers
    Breaking,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Stop> {
    let config = arguments.config.as_ref().map_or_else(|| Ok(Config::new()), Config::from_file)?;
    let reading = Reading { config, selecting: &arguments.selecting };
    let comparison = diff::compare(
        &reading.surface(&arguments.old, &arguments.new)?,
        &reading.surface(&arguments.new, &arguments.old)?,
    );
    output::results(|out| match arguments.format {
        Format::Human => human(&comparison, output::colour_on_stdout(), out),
        Format::Json => writeln!(out, "{:#}", as_json(&comparison)),
        Format::Markdown => out.write_all(markdown::render(&comparison).as_bytes()),
    })?;
    let denied = arguments.deny.is_some() && comparison.grade() == Some(Grade::Breaking);
    Ok(if denied { Outcome::Found } else { Outcome::Good })
}

fn human(comparison: &Comparison, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    use anstyle::AnsiColor::{Green, Red};
    for ty in &comparison.types {
        writeln!(out, "{} {} ({})", ty.shape.description(), ty.path, ty.origin)?;
        for change in &ty.changes {
            let style = match change.grade {
                _ if !colour => anstyle::Style::new(),
                Grade::Breaking => Red.on_default().bold(),
                Grade::Minor => Green.on_default(),
                Grade::Documentation => anstyle::Style::new().dimmed(),
            };
            writeln!(out, "  {style}{:<13}{style:#} {change}", change.grade.name())?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", comparison.summary())
}

fn as_json(comparison: &Comparison) -> serde_json::Value {
    json!({
        "step": comparison.step(),
        "step-before-1": comparison.step_before_1(),
        "counts": {
            "breaking": comparison.count(Grade::Breaking),
            "minor": comparison.count(Grade::Minor),
            "documentation": comparison.count(Grade::Documentation),
        },
        "types": comparison.types,
    })
}

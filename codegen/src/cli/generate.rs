//! `edmark generate`: writes code for the pages.

use std::io::{self, Write};
use std::path::Path;

use super::target::{Target, summary};
use super::{Outcome, Stop, output, say};
use crate::diagnostics::Severity;
use crate::file_set::Difference;
use crate::pipeline::Prepared;
use crate::report::Counts;

/// Write the code of the pages' types and requests
///
/// Without --crate and --single-file it writes modules, with mod.rs as their entry. Only files that
/// differ are written; files that edmark wrote earlier and no longer does are removed; files it did
/// not write are never touched, and those edited by hand only with --force.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    target: Target,
    /// Write nothing; show how the folder differs, and end with 1 if it does
    #[arg(long)]
    check: bool,
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
    let mut job = arguments.target.job()?;
    job.config.options.deny_warnings |= arguments.deny.is_some();
    let is_strict = job.config.options.deny_warnings;
    let run = job.prepare(if is_strict { Severity::Warning } else { Severity::Error })?;
    if is_strict {
        if is_denied(&run) {
            return Ok(Outcome::Found);
        }
    } else {
        output::problems(run.diagnostics.iter(), &run.sources, Severity::Error);
    }
    if arguments.check {
        return check(&run.check(&job.out)?, &job.out);
    }
    let report = job.write(run)?;
    output::results(|stdout| writeln!(stdout, "{}", summary(&report, &job.out)))?;
    Ok(Outcome::Good)
}

/// Shows the problems. Returns true if any of them is at least a warning.
fn is_denied(run: &Prepared) -> bool {
    output::problems(run.diagnostics.iter(), &run.sources, Severity::Warning);
    let costly = run.diagnostics.iter().filter(|problem| problem.severity() > Severity::Note);
    let counts = Counts::of(costly);
    let is_denied = counts.errors + counts.warnings > 0;
    if is_denied {
        say(&format!("{counts}, and warnings are denied; nothing was written"));
    }
    is_denied
}

fn check(differences: &[Difference], out: &Path) -> Result<Outcome, Stop> {
    if differences.is_empty() {
        return Ok(Outcome::Good);
    }
    let colour = output::colour_on_stdout();
    output::results(|stdout| differences.iter().try_for_each(|difference| show(difference, colour, stdout)))?;
    output::remark(&format_args!("{}: {}", out.display(), advice(differences)));
    Ok(Outcome::Found)
}

/// The number of files that differ, and the command that updates them. Without `--force`, a run
/// does not overwrite edits.
fn advice(differences: &[Difference]) -> String {
    let files = |count: usize| if count == 1 { "1 file is".to_owned() } else { format!("{count} files are") };
    let edited = differences.iter().filter(|difference| matches!(difference, Difference::Edited { .. })).count();
    let all = format!("{} not what would be generated", files(differences.len()));
    match edited {
        0 => format!("{all}; run the same command without --check"),
        edited => format!(
            "{all}; {} edited by hand: bring the edits to the sources or to edmark.toml, then run the same command with --force in place of --check",
            files(edited)
        ),
    }
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
    let mut in_hunk = false;
    for line in diff.lines() {
        let style = match line.as_bytes().first() {
            _ if !colour => None,
            // The two header lines of the diff, which begin like removed and added lines.
            _ if !in_hunk && !line.starts_with('@') => Some(anstyle::Style::new().bold()),
            Some(b'+') => Some(Green.on_default()),
            Some(b'-') => Some(Red.on_default()),
            Some(b'@') => Some(Cyan.on_default()),
            _ => None,
        };
        in_hunk |= line.starts_with('@');
        match style {
            Some(style) => writeln!(out, "{style}{line}{style:#}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

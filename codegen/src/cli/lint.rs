//! `edmark lint`: what is wrong with the pages.

use std::io::{self, Write};

use super::changed::problems_of;
use super::input::Input;
use super::progress::Progress;
use super::side::SideError;
use super::{Outcome, Stop, git, output};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::TypeKind;
use crate::nearest::{hint, nearest};
use crate::pipeline::{self, Analysis};
use crate::report::{Positions, Summary, github, json};
use crate::schema::PageKind;

/// Show what is wrong with the pages, and what they describe
///
/// Ends with 1 where there is a warning or an error.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// How to show problems
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// What makes the command end with 1, beside errors
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Deny::Warnings)]
    deny: Deny,
    /// Only problems of pages that differ from this git revision, such as the branch that a pull
    /// request is for
    #[arg(long, value_name = "REVISION")]
    since: Option<String>,
    /// Say what a code means and how to mend it; `all` lists them
    #[arg(long, value_name = "CODE", conflicts_with_all = ["docs", "config", "metadata", "deny", "format", "since"])]
    explain: Option<String>,
}

/// So many problems of a page are shown to people. Whoever mends them finds the others gone as
/// well, or runs again.
const SHOWN_OF_A_PAGE: usize = 200;

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// The page's own text, with the place underlined
    Human,
    /// One JSON object a line; the summary goes to standard error
    Json,
    /// Annotations for a GitHub workflow
    Github,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
    /// Notes too
    Notes,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Stop> {
    if let Some(code) = &arguments.explain {
        return explain(code);
    }
    let config = arguments.input.config()?;
    let progress = Progress::new();
    let mut analysis = pipeline::analyse(&config, &|stage| progress.stage(stage))?;
    drop(progress);
    if let Some(revision) = &arguments.since {
        let changed = git::changed_since(revision).map_err(SideError::Git)?;
        analysis.diagnostics = problems_of(&analysis.diagnostics, &analysis.sources, &changed);
    }
    output::results(|out| show(arguments.format, &analysis, out))?;
    let limit = match arguments.deny {
        Deny::Warnings => Severity::Warning,
        Deny::Notes => Severity::Note,
    };
    let found = analysis.diagnostics.iter().any(|problem| problem.severity() >= limit);
    Ok(if found { Outcome::Found } else { Outcome::Good })
}

fn show(format: Format, analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let positions = Positions::new(&analysis.sources);
    let human = output::human_on_stdout();
    let problems: Vec<&Diagnostic> = analysis.diagnostics.iter().collect();
    // They are sorted by place.
    for of_page in problems.chunk_by(|one, next| one.primary.span.file == next.primary.span.file) {
        let shown = if matches!(format, Format::Json) { of_page.len() } else { of_page.len().min(SHOWN_OF_A_PAGE) };
        for problem in &of_page[..shown] {
            match format {
                Format::Human => writeln!(out, "{}\n", human.render(problem, &positions))?,
                Format::Json => writeln!(out, "{}", json::render(problem, &positions))?,
                Format::Github => writeln!(out, "{}", github::render(problem, &positions))?,
            }
        }
        if let Some(first) = of_page[shown..].first() {
            let path = positions.place(first.primary.span).path;
            let rest = Summary::of(of_page[shown..].iter().copied()).counts;
            writeln!(out, "{path}: {rest} more; `--format json` shows all\n")?;
        }
    }
    match format {
        Format::Human | Format::Github => writeln!(out, "{}", summary(analysis)),
        Format::Json => {
            output::remark(&summary(analysis));
            Ok(())
        }
    }
}

/// What the pages describe, and their problems by code.
fn summary(analysis: &Analysis) -> String {
    let pages = |kind| analysis.schema.pages.iter().filter(|page| page.kind == kind).count();
    let model = &analysis.model;
    let types = |kind| model.types.iter().filter(|ty| ty.kind == kind).count();
    format!(
        "pages: {}, of these {} of resources, {} of enums, {} of operations, {} others\n\
         types: {}, of these {} entity and {} complex types, with {} properties\n\
         enums: {}, with {} members\n\
         requests: {} functions of {} builders\n\
         problems: {}",
        analysis.sources.pages(),
        pages(PageKind::Resource),
        pages(PageKind::Enumeration),
        pages(PageKind::Operation),
        pages(PageKind::Conceptual),
        model.types.len(),
        types(TypeKind::Entity),
        types(TypeKind::Complex),
        model.types.iter().map(|ty| ty.properties.len()).sum::<usize>(),
        model.enums.len(),
        model.enums.iter().map(|ty| ty.members.len()).sum::<usize>(),
        model.requests.operations().count(),
        model.requests.builders.len(),
        Summary::of(analysis.diagnostics.iter()),
    )
}

fn explain(name: &str) -> Result<Outcome, Stop> {
    if name == "all" {
        output::results(|out| {
            Code::ALL.iter().try_for_each(|code| writeln!(out, "{:<8} {}", code.severity().name(), code.name()))
        })?;
        return Ok(Outcome::Good);
    }
    match Code::ALL.iter().find(|code| code.name() == name) {
        Some(code) => {
            let lines: Vec<_> = code.explanation().lines().map(str::trim).collect();
            output::results(|out| {
                writeln!(out, "{} ({})\n\n{}", code.name(), code.severity().name(), lines.join("\n"))
            })?;
            Ok(Outcome::Good)
        }
        None => {
            let hint = hint(nearest(name, Code::ALL.iter().map(|code| code.name().to_owned())).as_deref());
            Err(Stop::Usage(format!("there is no code `{name}`{hint} (`--explain all` lists them)")))
        }
    }
}

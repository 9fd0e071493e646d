//! `edmark lint`: shows the problems of the pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::baseline::Baseline;
use super::changed::problems_of;
use super::input::Input;
use super::progress::Progress;
use super::repository::Repository;
use super::side::SideError;
use super::{Outcome, Stop, git, mend, output};
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::TypeKind;
use crate::nearest::hint_among;
use crate::pipeline::{self, Analysis};
use crate::report::{Counts, Positions, Summary, github, json, sarif};
use crate::schema::PageKind;
use crate::source::SourceMap;

/// Show what is wrong with the pages, and what they describe
///
/// Ends with 1 where there is a warning or an error.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Show the problems of these pages alone, or of those in a folder; without --docs, no other
    /// page is read
    #[arg(value_name = "PAGE")]
    pages: Vec<PathBuf>,
    #[command(flatten)]
    input: Input,
    /// How to show problems
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// What makes the command end with 1, beside errors
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Deny::Warnings)]
    deny: Deny,
    /// Say nothing of pages that are not among the inputs, which links and includes lead to
    #[arg(long)]
    no_absent: bool,
    /// So many problems of a page are shown, and the others counted
    #[arg(long, value_name = "N", default_value_t = SHOWN_OF_A_PAGE)]
    per_page: usize,
    /// Show, as a diff, the fixes of problems that have exactly one
    #[arg(long)]
    fix: bool,
    /// Write what --fix shows
    #[arg(long, requires = "fix")]
    write: bool,
    /// Leave out the problems that this file holds: only new ones count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the problems to the file of --baseline, and show none
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
    /// Only problems of pages that differ from this git revision, such as the branch that a pull
    /// request is for
    #[arg(long, value_name = "REVISION")]
    since: Option<String>,
    /// Say what a code means and how to mend it; `all` lists them
    #[arg(long, value_name = "CODE", conflicts_with_all = ["pages", "docs", "config", "metadata", "deny", "format", "baseline", "since"])]
    explain: Option<String>,
}

/// The maximum number of problems of a page that are shown to people. Fixing these often fixes the
/// others, and another run shows those that remain.
const SHOWN_OF_A_PAGE: usize = 200;

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// The page's own text, with the place underlined
    Human,
    /// One JSON object a line; the summary goes to standard error
    Json,
    /// Annotations for a GitHub workflow, with paths as seen from the repository
    Github,
    /// One document for code scanning (SARIF 2.1.0), with paths as seen from the repository
    Sarif,
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
    let config = config(arguments)?;
    let progress = Progress::new();
    let analysis = pipeline::analyse(&config, &|stage| progress.stage(stage))?;
    drop(progress);
    let repository = Repository::find();
    let positions = Positions::new(&analysis.sources);
    let is_wanted = |problem: &&Diagnostic| !(arguments.no_absent && problem.absent.is_some());
    let mut problems: Vec<&Diagnostic> = analysis.diagnostics.iter().filter(is_wanted).collect();
    if let Some(revision) = &arguments.since {
        let changed = git::changed_since(revision).map_err(SideError::Git)?;
        problems = problems_of(problems, &analysis.sources, &changed);
    }
    if !arguments.pages.is_empty() {
        problems = problems_of(problems, &analysis.sources, &named(&arguments.pages, &analysis.sources)?);
    }
    // Problems that make whole pages unusable are shown first.
    problems.sort_by_key(|problem| !costs_page(problem.code));
    if let Some(path) = &arguments.baseline {
        let failed = |error: io::Error| Stop::Usage(format!("cannot use the baseline {}: {error}", path.display()));
        if arguments.write_baseline {
            Baseline::of(problems.iter().copied(), &positions, &repository).write(path).map_err(failed)?;
            output::remark(&format!("{} problems are known now", problems.len()));
            return Ok(Outcome::Good);
        }
        let mut known = Baseline::read(path).map_err(failed)?;
        let all = problems.len();
        problems.retain(|problem| !known.take(problem, &positions, &repository));
        output::remark(&format!("known by {}: {}", path.display(), all - problems.len()));
        if known.left() > 0 {
            output::remark(&format!("known, and gone: {}; write the baseline anew", known.left()));
        }
    }
    if arguments.fix {
        let mut mended = 0;
        output::results(|out| {
            mended = mend::mend(&problems, &analysis.sources, arguments.write, out)?;
            Ok(())
        })?;
        let done = if arguments.write { "written" } else { "not written; --write does" };
        output::remark(&format!("{mended} mends, {done}"));
        return Ok(if mended > 0 && !arguments.write { Outcome::Found } else { Outcome::Good });
    }
    let show = Show { arguments, analysis: &analysis, positions: &positions, repository: &repository };
    output::results(|out| show.all(&problems, out))?;
    let limit = match arguments.deny {
        Deny::Warnings => Severity::Warning,
        Deny::Notes => Severity::Note,
    };
    let found = problems.iter().any(|problem| problem.severity() >= limit);
    Ok(if found { Outcome::Found } else { Outcome::Good })
}

/// The configuration. Without a folder, the named pages are the only pages.
fn config(arguments: &Arguments) -> Result<Config, Stop> {
    let mut config = if arguments.pages.is_empty() || !arguments.input.docs.is_empty() {
        arguments.input.config()?
    } else {
        Config::new()
    };
    if arguments.input.docs.is_empty() && !arguments.pages.is_empty() {
        config.options.docs.clone_from(&arguments.pages);
    }
    Ok(config)
}

/// The canonical paths of the named pages, and of the pages in named folders.
fn named(arguments: &[PathBuf], sources: &SourceMap) -> Result<BTreeSet<PathBuf>, Stop> {
    let all: BTreeSet<PathBuf> =
        sources.files().filter_map(|(_, file)| Path::new(&file.path).canonicalize().ok()).collect();
    let mut named = BTreeSet::new();
    for argument in arguments {
        let failed = |why: &dyn Display| Stop::Usage(format!("cannot look at {}: {why}", argument.display()));
        let path = argument.canonicalize().map_err(|error| failed(&error))?;
        let before = named.len();
        named.extend(all.iter().filter(|page| page.starts_with(&path)).cloned());
        if named.len() == before && !named.contains(&path) {
            return Err(failed(&"it is none of the pages; name its folder with --docs, or leave out --docs"));
        }
    }
    Ok(named)
}

fn costs_page(code: Code) -> bool {
    matches!(code, Code::Unreadable | Code::NotUtf8 | Code::TooLarge)
}

/// Writes problems in the requested format.
struct Show<'s> {
    arguments: &'s Arguments,
    analysis: &'s Analysis,
    positions: &'s Positions<'s>,
    repository: &'s Repository,
}

impl Show<'_> {
    fn all(&self, problems: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
        let relative = |path: &str| self.repository.relative(path);
        let summary = summary(self.analysis, problems);
        match self.arguments.format {
            Format::Human | Format::Github => {
                self.by_page(problems, out)?;
                writeln!(out, "{summary}")
            }
            Format::Json => {
                for problem in problems {
                    writeln!(out, "{}", json::render(problem, self.positions))?;
                }
                output::remark(&summary);
                Ok(())
            }
            Format::Sarif => {
                output::remark(&summary);
                writeln!(out, "{}", sarif::render(problems.iter().copied(), self.positions, relative))
            }
        }
    }

    /// Writes the problems page by page, up to the maximum for each; then one line for each missing
    /// page.
    fn by_page(&self, problems: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
        let human = output::human_on_stdout();
        let (absent, present): (Vec<&Diagnostic>, Vec<_>) =
            problems.iter().copied().partition(|problem| problem.absent.is_some());
        // The problems are sorted by place.
        for of_page in present.chunk_by(|one, next| one.primary.span.file == next.primary.span.file) {
            let shown = of_page.len().min(self.arguments.per_page);
            for problem in &of_page[..shown] {
                match self.arguments.format {
                    Format::Github => {
                        let relative = |path: &str| self.repository.relative(path);
                        writeln!(out, "{}", github::render(problem, self.positions, relative))?;
                    }
                    _ => writeln!(out, "{}\n", human.render(problem, self.positions))?,
                }
            }
            if let Some(first) = of_page[shown..].first() {
                let path = self.positions.place(first.primary.span).path;
                let rest = Counts::of(of_page[shown..].iter().copied());
                writeln!(out, "{path}: {rest} more; `--format json` shows all\n")?;
            }
        }
        self.absent(&absent, out)
    }

    fn absent(&self, problems: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
        let mut pages: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for problem in problems {
            let link = problem.absent.as_deref().unwrap_or_default();
            pages.entry(link.trim_start_matches("../")).or_default().push(problem);
        }
        for (page, problems) in &pages {
            let place = self.positions.place(problems[0].primary.span);
            let places = match problems.len() - 1 {
                0 => String::new(),
                1 => " and 1 more place".to_owned(),
                more => format!(" and {more} more places"),
            };
            match self.arguments.format {
                Format::Github => {
                    let path = self.repository.relative(place.path);
                    writeln!(out, "::notice file={path},line={}::not among the pages: {page}{places}", place.line)?;
                }
                _ => writeln!(out, "not among the pages: {page} ({}:{}{places})", place.path, place.line)?,
            }
        }
        if pages.is_empty() { Ok(()) } else { writeln!(out) }
    }
}

/// The numbers of pages and types, and of their problems by code.
fn summary(analysis: &Analysis, problems: &[&Diagnostic]) -> String {
    let pages = |kind| analysis.schema.pages.iter().filter(|page| page.kind == kind).count();
    let model = &analysis.model;
    let types = |kind| model.types.iter().filter(|ty| ty.kind == kind).count();
    let documents = analysis.sources.files().filter(|(_, file)| file.format != crate::source::Format::Page).count();
    let metadata = if documents > 0 { format!("documents of metadata: {documents}\n") } else { String::new() };
    let pages = match analysis.sources.pages() {
        0 if documents > 0 => String::new(),
        all => format!(
            "pages: {all}, of these {} of resources, {} of enums, {} of operations, {} others\n",
            pages(PageKind::Resource),
            pages(PageKind::Enumeration),
            pages(PageKind::Operation),
            pages(PageKind::Conceptual),
        ),
    };
    format!(
        "{metadata}{pages}types: {}, of these {} entity and {} complex types, with {} properties\n\
         enums: {}, with {} members\n\
         requests: {} functions of {} builders\n\
         problems: {}",
        model.types.len(),
        types(TypeKind::Entity),
        types(TypeKind::Complex),
        model.types.iter().map(|ty| ty.properties.len()).sum::<usize>(),
        model.enums.len(),
        model.enums.iter().map(|ty| ty.members.len()).sum::<usize>(),
        model.requests.operations().count(),
        model.requests.builders.len(),
        Summary::of(problems.iter().copied()),
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
                writeln!(out, "{} ({})\n\n{}", code.name(), code.severity().name(), lines.join("\n"))?;
                let lesson = code.lesson();
                let indented = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
                writeln!(out, "\n{}\n\n{}", lesson.why, indented(lesson.bad))?;
                write!(out, "Mended:\n\n{}", indented(lesson.good))
            })?;
            Ok(Outcome::Good)
        }
        None => {
            let hint = hint_among(name, Code::ALL.iter().map(|code| code.name().to_owned()));
            Err(Stop::Usage(format!("there is no code `{name}`{hint} (`--explain all` lists them)")))
        }
    }
}

//! `edmark watch`: writes the code whenever a page is saved.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::changed::problems_of;
use super::target::{Job, Target, summary};
use super::{Outcome, Stop, output, say};
use crate::config::ConfigError;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::report::Counts;
use crate::source::is_page;

/// Editors save in several steps, and git changes many pages at once, so a run begins when no
/// change has followed for this time.
const QUIET: Duration = Duration::from_millis(100);

/// Write the code as `generate` does, and again whenever a page or edmark.toml is saved
///
/// After a change, all problems of the pages that changed are shown, problems of other pages that
/// follow from the change, and how many are left in all.
/// Ends with Ctrl-C.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Stop> {
    let job = arguments.target.job()?;
    let mut watch = Watch::new()?;
    // Before the first run, so that changes during the run are noticed.
    watch.follow(&job)?;
    output::remark(&watched(&job));
    let mut changed = None;
    let mut known = Known::new();
    loop {
        // The configuration may have changed, too.
        let ended = arguments.target.job().and_then(|job| {
            // Before the run, as above; but if a folder is missing, the run says it better.
            let followed = watch.follow(&job);
            once(&job, changed.as_ref(), &mut known).and(followed)
        });
        match ended {
            Ok(()) => {}
            Err(Stop::Output(error)) => return Err(Stop::Output(error)),
            Err(stop) => say(&stop),
        }
        changed = Some(watch.next()?);
    }
}

/// The problems of a run, by page and message. Their lines may change from one run to the next.
type Known = BTreeSet<(String, String)>;

/// Runs once. `changed` are the paths that caused the run, and `known` are the problems of the run
/// before, which are replaced by those of this one.
fn once(job: &Job, changed: Option<&BTreeSet<PathBuf>>, known: &mut Known) -> Result<(), Stop> {
    let run = job.prepare(if changed.is_some() { Severity::Note } else { Severity::Error })?;
    let of = |problem: &Diagnostic| (run.sources.file(problem.primary.span.file).path.clone(), problem.message.clone());
    match changed {
        None => output::problems(run.diagnostics.iter(), &run.sources, Severity::Error),
        Some(changed) => {
            let mut problems = problems_of(run.diagnostics.iter(), &run.sources, changed);
            let follows = |problem: &&Diagnostic| {
                problem.severity() > Severity::Note
                    && !known.contains(&of(problem))
                    && !problems.iter().any(|shown| std::ptr::eq(*shown, *problem))
            };
            let others: Vec<&Diagnostic> = run.diagnostics.iter().filter(follows).collect();
            problems.extend(others);
            output::problems(problems, &run.sources, Severity::Note);
        }
    }
    *known = run.diagnostics.iter().map(of).collect();
    let left = left(&run.diagnostics);
    let report = job.write(run)?;
    output::results(|stdout| writeln!(stdout, "{}; {left}", summary(&report, &job.out)))
}

/// A line with the watched folders and files.
fn watched(job: &Job) -> String {
    let options = &job.config.options;
    let inputs = options.docs.iter().chain(&options.metadata).map(|path| path.display().to_string());
    let file = job.config.file.iter().map(|file| file.path.clone());
    format!("watching {}; Ctrl-C ends it", inputs.chain(file).collect::<Vec<_>>().join(", "))
}

/// The number of problems that are left, without notes.
fn left(diagnostics: &Diagnostics) -> String {
    let counts = Counts::of(diagnostics.iter().filter(|problem| problem.severity() > Severity::Note));
    match counts.errors + counts.warnings {
        0 => "no problems left".to_owned(),
        _ => format!("{counts} left"),
    }
}

/// Watches the folders of pages and the configuration file.
struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// The folders of pages.
    followed: BTreeSet<PathBuf>,
    /// Those of them that were removed or renamed, and have to be watched anew.
    lost: BTreeSet<PathBuf>,
    /// The metadata documents.
    documents: BTreeSet<PathBuf>,
    out: PathBuf,
    configuration: Option<PathBuf>,
}

impl Watch {
    fn new() -> Result<Self, Stop> {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(sender)?;
        Ok(Watch {
            watcher,
            events,
            followed: BTreeSet::new(),
            lost: BTreeSet::new(),
            documents: BTreeSet::new(),
            out: PathBuf::new(),
            configuration: None,
        })
    }

    /// Watches the inputs of a job that are not watched yet.
    fn follow(&mut self, job: &Job) -> Result<(), Stop> {
        let absolute = |path: &Path| {
            std::path::absolute(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })
        };
        self.out = absolute(&job.out)?;
        for folder in &job.config.options.docs {
            let folder = absolute(folder)?;
            if !self.followed.contains(&folder) || self.lost.contains(&folder) {
                self.follow_entry(&folder)?;
                self.watcher.watch(&folder, RecursiveMode::Recursive)?;
                self.lost.remove(&folder);
                self.followed.insert(folder);
            }
        }
        for file in &job.config.options.metadata {
            let file = absolute(file)?;
            if !self.documents.contains(&file) {
                self.follow_entry(&file)?;
                self.documents.insert(file);
            }
        }
        if let (None, Some(file)) = (&self.configuration, &job.config.file) {
            let file = absolute(Path::new(&file.path))?;
            self.follow_entry(&file)?;
            self.configuration = Some(file);
        }
        Ok(())
    }

    /// Watches the folder that a file or folder is in: an editor may replace a file by a new one,
    /// and git a folder.
    fn follow_entry(&mut self, path: &Path) -> Result<(), Stop> {
        match path.parent() {
            // It is watched with all that is below.
            Some(folder) if self.followed.iter().any(|above| folder.starts_with(above)) => Ok(()),
            Some(folder) => Ok(self.watcher.watch(folder, RecursiveMode::NonRecursive)?),
            None => Ok(()),
        }
    }

    /// Waits for a relevant change and for those that follow at once. Returns the changed paths.
    fn next(&mut self) -> Result<BTreeSet<PathBuf>, Stop> {
        let mut changed = BTreeSet::new();
        loop {
            let event = if changed.is_empty() {
                self.events.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                self.events.recv_timeout(QUIET)
            };
            match event {
                Ok(event) => {
                    let event = event?;
                    if !matches!(event.kind, EventKind::Access(_)) {
                        self.lost.extend(event.paths.iter().filter(|path| self.followed.contains(*path)).cloned());
                    }
                    let paths = event.paths.iter().filter(|path| self.matters(&event.kind, path));
                    changed.extend(paths.map(|path| path.canonicalize().unwrap_or_else(|_| path.clone())));
                }
                Err(RecvTimeoutError::Timeout) => return Ok(changed),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Stop::Usage("the system no longer says which files change; start again".to_owned()));
                }
            }
        }
    }

    /// Returns true if a change can change the output. Read access cannot, nor can changes of the
    /// output itself if its folder is among the pages.
    fn matters(&self, kind: &EventKind, path: &Path) -> bool {
        if matches!(kind, EventKind::Access(_)) {
            return false;
        }
        if self.configuration.as_deref() == Some(path) || self.documents.contains(path) {
            return true;
        }
        let is_below_docs = self.followed.iter().any(|folder| path.starts_with(folder)) && !path.starts_with(&self.out);
        // A folder can be created, removed or renamed with all of its pages, and no events may be
        // reported for these pages.
        is_below_docs && (path.extension().is_none() || path.to_str().is_some_and(is_page))
    }
}

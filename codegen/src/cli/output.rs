//! Output to the two standard streams.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use super::Stop;
use crate::diagnostics::{Diagnostic, Severity};
use crate::report::human::Human;
use crate::report::{Counts, Positions};
use crate::source::SourceMap;

/// True if remarks are written to standard error in addition to errors. The setting is global, like
/// that for colours.
static REMARKS: AtomicBool = AtomicBool::new(true);

/// Turns off remarks on standard error.
pub(super) fn be_quiet() {
    REMARKS.store(false, Ordering::Relaxed);
}

/// Writes a remark to standard error: a count or advice. Errors are ignored.
pub(super) fn remark(text: &dyn Display) {
    if REMARKS.load(Ordering::Relaxed) {
        let _ = writeln!(io::stderr(), "{text}");
    }
}

/// The line width if the output is not a terminal.
const WIDTH: usize = 140;

/// The maximum number of problems that commands other than `lint` show.
const SHOWN: usize = 20;

/// Writes a result to standard output. A closed pipe is not an error: the reader has seen enough.
pub(super) fn results(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // Without this, the rest of the buffer would be written when it is dropped.
            let _ = out.into_parts();
            Ok(())
        }
        Err(error) => Err(Stop::Output(error)),
        Ok(()) => Ok(()),
    }
}

/// Returns true if standard output should have colours.
pub(super) fn colour_on_stdout() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// A renderer for standard output.
pub(super) fn human_on_stdout() -> Human {
    Human::new(colour_on_stdout(), width(io::stdout().is_terminal(), terminal_size::terminal_size_of(io::stdout())))
}

/// Shows problems on standard error, for commands other than `lint`: those of at least the severity
/// `at_least` one by one, and the number of the others.
pub(super) fn problems<'d>(
    problems: impl IntoIterator<Item = &'d Diagnostic>,
    sources: &SourceMap,
    at_least: Severity,
) {
    let colour = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
    let size = terminal_size::terminal_size_of(io::stderr());
    let human = Human::new(colour, width(io::stderr().is_terminal(), size));
    let positions = Positions::new(sources);
    let all: Vec<&Diagnostic> = problems.into_iter().collect();
    let mut shown: Vec<&Diagnostic> = all.iter().copied().filter(|problem| problem.severity() >= at_least).collect();
    shown.sort_by_key(|problem| std::cmp::Reverse(problem.severity()));
    shown.truncate(SHOWN);
    let mut text = String::new();
    for problem in &shown {
        text += &human.render(problem, &positions);
        text += "\n\n";
    }
    let costly = all.into_iter().filter(|problem| problem.severity() > Severity::Note);
    let counts = Counts::of(costly);
    if counts.errors + counts.warnings > shown.len() {
        text += &format!("{counts}; `edmark lint` shows all\n");
    }
    if !text.is_empty() {
        remark(&text.trim_end_matches('\n'));
    }
}

fn width(is_terminal: bool, size: Option<(terminal_size::Width, terminal_size::Height)>) -> usize {
    size.filter(|_| is_terminal).map_or(WIDTH, |(width, _)| width.0.into())
}

//! Writing to the two standard streams.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use super::Stop;
use crate::diagnostics::{Diagnostic, Severity};
use crate::report::human::Human;
use crate::report::{Positions, Summary};
use crate::source::SourceMap;

/// Whether standard error tells more than what stops the command. One choice for the process, as
/// that of colours is.
static REMARKS: AtomicBool = AtomicBool::new(true);

/// Says on standard error, from here on, only what stops the command.
pub(super) fn be_quiet() {
    REMARKS.store(false, Ordering::Relaxed);
}

/// Writes a line to standard error that nobody has to read: a count, a piece of advice. Where
/// nobody listens, the command goes on.
pub(super) fn remark(text: &dyn Display) {
    if REMARKS.load(Ordering::Relaxed) {
        let _ = writeln!(io::stderr(), "{text}");
    }
}

/// The width of lines where the output is no terminal.
const WIDTH: usize = 140;

/// So many problems are shown where they are not what the command is for.
const SHOWN: usize = 20;

/// Writes a result to standard output. A closed pipe ends the writing and is no failure: who closed
/// it has seen enough.
pub(super) fn results(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // What is left in the buffer would be written once more when it is dropped.
            let _ = out.into_parts();
            Ok(())
        }
        Err(error) => Err(Stop::Output(error)),
        Ok(()) => Ok(()),
    }
}

/// Whether colours are wanted on standard output.
pub(super) fn colour_on_stdout() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// A renderer for standard output.
pub(super) fn human_on_stdout() -> Human {
    Human::new(colour_on_stdout(), width(io::stdout().is_terminal(), terminal_size::terminal_size_of(io::stdout())))
}

/// Says on standard error what is wrong with the pages, for commands that are about something else:
/// the worst one by one, `at_least` a severity, the rest as a number.
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
    let counts = Summary::of(costly).counts;
    if counts.errors + counts.warnings > shown.len() {
        text += &format!("{counts} on the pages; `edmark lint` shows all\n");
    }
    if !text.is_empty() {
        remark(&text.trim_end_matches('\n'));
    }
}

fn width(is_terminal: bool, size: Option<(terminal_size::Width, terminal_size::Height)>) -> usize {
    size.filter(|_| is_terminal).map_or(WIDTH, |(width, _)| width.0.into())
}

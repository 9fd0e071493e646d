//! Shows the current stage of a run on a terminal, after the run has taken a second.

use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::pipeline::Stage;

/// The delay before anything is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows the stages of a run on standard error until it is dropped.
pub(super) struct Progress {
    shown: Option<(Sender<String>, JoinHandle<()>)>,
}

impl Progress {
    pub(super) fn new() -> Self {
        if !io::stderr().is_terminal() {
            return Progress { shown: None };
        }
        let (stages, incoming) = mpsc::channel::<String>();
        let thread = std::thread::spawn(move || {
            let start = Instant::now();
            let mut stage = String::new();
            loop {
                match incoming.recv_timeout(PATIENCE.saturating_sub(start.elapsed())) {
                    Ok(next) => stage = next,
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            let spinner = ProgressBar::new_spinner().with_message(stage);
            spinner.enable_steady_tick(Duration::from_millis(100));
            for next in incoming {
                spinner.set_message(next);
            }
            spinner.finish_and_clear();
        });
        Progress { shown: Some((stages, thread)) }
    }

    /// Shows the next stage of the pipeline.
    pub(super) fn stage(&self, stage: Stage) {
        self.say(match stage {
            Stage::Load => "loading the sources".to_owned(),
            Stage::Read { pages } => format!("reading {pages} pages"),
            Stage::Resolve { types } => format!("resolving {types} types"),
            Stage::Emit { types } => format!("writing the code of {types} types"),
        });
    }

    /// Shows any other task that takes time.
    pub(super) fn say(&self, what: String) {
        if let Some((stages, _)) = &self.shown {
            // If the thread has ended, it could not draw, so nothing more can be shown.
            let _ = stages.send(what);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stages, thread)) = self.shown.take() {
            drop(stages);
            // Waits until the line is erased, so that no other output is mixed with it.
            let _ = thread.join();
        }
    }
}

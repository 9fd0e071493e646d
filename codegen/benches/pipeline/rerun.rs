//! Runs of the command after the first, with nothing or one page changed, and the memory of the
//! first run.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A copy of the pages, and the crate that the command generates from it.
pub(crate) struct Reruns {
    docs: PathBuf,
    out: PathBuf,
    /// The page that is edited: its path, and its text before and after the cell with a property's
    /// type.
    page: (PathBuf, String, String),
    /// The type in this cell, and the number of changes to the description after it.
    ty: &'static str,
    edits: usize,
}

impl Reruns {
    /// Copies the pages at `paths`, which are below `docs`, to `scratch`, and runs the command
    /// until it can know the pages again by their times: a file that changed within two seconds may
    /// have changed again, and is read.
    pub(crate) fn new(docs: &Path, paths: &[PathBuf], scratch: &Path) -> Result<Self, Box<dyn Error>> {
        let copy = scratch.join("docs");
        let mut page = None;
        for path in paths {
            let to = copy.join(path.strip_prefix(docs)?);
            fs::create_dir_all(to.parent().ok_or("no parent")?)?;
            let text = fs::read_to_string(path)?;
            fs::write(&to, &text)?;
            // The most frequent edit is that of a property's description. The page is in the middle
            // of all pages.
            let row = text.find("|String|").filter(|_| path.iter().any(|part| part == "resources"));
            if let (Some(row), true) = (row, page.is_none() || path <= &paths[paths.len() * 3 / 4]) {
                page = Some((to, text[..row].to_owned(), text[row + "|String|".len()..].to_owned()));
            }
        }
        let page = page.ok_or("no page has a property of type String")?;
        let reruns = Reruns { docs: copy, out: scratch.join("reruns"), page, ty: "String", edits: 0 };
        reruns.run(&[])?;
        std::thread::sleep(Duration::from_millis(2_100));
        reruns.run(&[])?;
        Ok(reruns)
    }

    /// The time of the command if nothing has changed.
    pub(crate) fn nothing_changed(&self) -> Result<Duration, Box<dyn Error>> {
        self.timed(false)
    }

    /// The time of the command if the description of one property has changed.
    pub(crate) fn one_page_changed(&mut self) -> Result<Duration, Box<dyn Error>> {
        self.edits += 1;
        self.edit()?;
        self.timed(true)
    }

    /// The time of the command if the type of one property has changed.
    pub(crate) fn one_type_changed(&mut self) -> Result<Duration, Box<dyn Error>> {
        self.ty = if self.ty == "Int32" { "Int64" } else { "Int32" };
        self.edit()?;
        self.timed(true)
    }

    fn edit(&self) -> Result<(), Box<dyn Error>> {
        let (path, before, after) = &self.page;
        fs::write(path, format!("{before}|{}|Edit {}. {after}", self.ty, self.edits))?;
        Ok(())
    }

    fn timed(&self, is_changed: bool) -> Result<Duration, Box<dyn Error>> {
        let start = Instant::now();
        let summary = self.run(&[])?;
        let took = start.elapsed();
        // The file of one type changes, and those of the types that inherit the property.
        if summary.contains("none changed") == is_changed {
            return Err(format!("{summary}: as many files as that?").into());
        }
        Ok(took)
    }

    fn run(&self, more: &[&str]) -> Result<String, Box<dyn Error>> {
        let output = self.command(&self.out, more).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    fn command(&self, out: &Path, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_edmark"));
        command.args(["generate", "--crate", "sample", "--docs"]).arg(&self.docs).arg("--out").arg(out).args(more);
        command
    }

    /// The peak memory of a first run, in MB. `None` if the system does not report it (Linux does).
    pub(crate) fn peak_memory(&self, scratch: &Path) -> Result<Option<u64>, Box<dyn Error>> {
        let mut child =
            self.command(&scratch.join("first"), &[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let status = format!("/proc/{}/status", child.id());
        let mut peak = None;
        while child.try_wait()?.is_none() {
            // The peak only grows, so the last value that can be read is the highest.
            let text = fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
            peak = kilobytes.map(|kilobytes| kilobytes / 1024).max(peak);
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(peak)
    }
}

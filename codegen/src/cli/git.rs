//! Files of a git revision, read through the `git` command: `main:docs`, `HEAD~1:./edmark.toml`.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The reason why an object could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum GitError {
    #[error("cannot run git: {0}")]
    Run(std::io::Error),
    #[error("cannot read `{object}`: {said}")]
    Refused { object: String, said: String },
    #[error("cannot read `{object}`: git's response is not understood")]
    ReturnType { object: String },
}

/// The kind of a git object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File,
}

/// The kind of `REV:path`. `path` is relative to the root of the repository, or to the current
/// folder if it begins with `./` or `../`.
pub(super) fn kind(object: &str) -> Result<Kind, GitError> {
    let said = run(object, &["cat-file", "-t", object])?;
    match said.trim_ascii() {
        b"tree" | b"commit" => Ok(Kind::Folder),
        b"blob" => Ok(Kind::File),
        _ => Err(GitError::ReturnType { object: object.to_owned() }),
    }
}

/// Returns true for the name of a commit: `HEAD`, `main`, `v1.0`.
pub(super) fn is_revision(name: &str) -> bool {
    let commit = format!("{name}^{{commit}}");
    run(name, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).is_ok()
}

/// The path of the current folder in the repository, with a slash at its end; empty at its root.
pub(super) fn prefix() -> Option<String> {
    let prefix = run(".", &["rev-parse", "--show-prefix"]).ok()?;
    Some(String::from_utf8(prefix).ok()?.trim_end_matches('\n').to_owned())
}

/// The content of a file.
pub(super) fn file(object: &str) -> Result<Vec<u8>, GitError> {
    run(object, &["cat-file", "blob", object])
}

/// All files in a folder and below whose names end in `ending`: their relative paths and contents.
/// Links are left out.
pub(super) fn files(object: &str, ending: &str) -> Result<Vec<(String, Vec<u8>)>, GitError> {
    let listing = run(object, &["ls-tree", "-r", "-z", "--full-tree", object])?;
    let misunderstood = || GitError::ReturnType { object: object.to_owned() };
    let mut wanted: Vec<(String, String)> = Vec::new();
    for entry in listing.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        // `100644 blob 1f2e…      resources/user.md`; a path that is not UTF-8 cannot be that of a
        // page.
        let Ok(entry) = std::str::from_utf8(entry) else { continue };
        let (facts, path) = entry.split_once('\t').ok_or_else(misunderstood)?;
        let [mode, kind, id] = facts.split(' ').collect::<Vec<_>>()[..] else { return Err(misunderstood()) };
        if kind == "blob" && mode.starts_with("100") && path.to_ascii_lowercase().ends_with(ending) {
            wanted.push((path.to_owned(), id.to_owned()));
        }
    }
    let ids: String = wanted.iter().map(|(_, id)| format!("{id}\n")).collect();
    let response = contents(object, ids)?;
    let mut rest = response.as_slice();
    let mut pages = Vec::with_capacity(wanted.len());
    for (path, _) in wanted {
        // The format is `1f2e… blob 120`, the content, a line break.
        let end = rest.iter().position(|byte| *byte == b'\n').ok_or_else(misunderstood)?;
        let head = std::str::from_utf8(&rest[..end]).ok();
        let size = head.and_then(|head| head.rsplit(' ').next()?.parse::<usize>().ok()).ok_or_else(misunderstood)?;
        let text = rest.get(end + 1..end + 1 + size).ok_or_else(misunderstood)?;
        pages.push((path, text.to_vec()));
        rest = rest.get(end + size + 2..).unwrap_or_default();
    }
    Ok(pages)
}

/// The canonical paths of the files that differ from a revision, including new files that git does
/// not ignore.
pub(super) fn changed_since(revision: &str) -> Result<BTreeSet<PathBuf>, GitError> {
    let text =
        |output: Vec<u8>| String::from_utf8(output).map_err(|_| GitError::ReturnType { object: revision.to_owned() });
    let root = PathBuf::from(text(run(revision, &["rev-parse", "--show-toplevel"])?)?.trim_end_matches('\n'));
    // The revision is checked first, because git would read one that begins with `-` as an option.
    run(revision, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])?;
    let changed = run(revision, &["diff", "--name-only", "--no-renames", "-z", revision, "--"])?;
    let new = run(revision, &["ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"])?;
    let paths = [changed, new].concat();
    let names = paths.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    let paths = names.filter_map(|name| std::str::from_utf8(name).ok()).map(|name| root.join(name));
    // Deleted files have no canonical path and no problems.
    Ok(paths.filter_map(|path| path.canonicalize().ok()).collect())
}

/// The contents of several objects in sequence, read by one process.
fn contents(object: &str, ids: String) -> Result<Vec<u8>, GitError> {
    let mut child = Command::new("git")
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(GitError::Run)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let mut response = Vec::new();
    let read = std::thread::scope(|scope| {
        // A thread writes to the process, because git blocks when its output is not read and then
        // reads no more input.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(ids.as_bytes())));
        stdout.map_or(Ok(0), |mut stdout| stdout.read_to_end(&mut response))
    });
    read.map_err(GitError::Run)?;
    match child.wait().map_err(GitError::Run)?.success() {
        true => Ok(response),
        false => Err(GitError::ReturnType { object: object.to_owned() }),
    }
}

fn run(object: &str, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
    let Output { status, stdout, stderr } = Command::new("git").args(arguments).output().map_err(GitError::Run)?;
    match status.success() {
        true => Ok(stdout),
        false => {
            let said = String::from_utf8_lossy(&stderr);
            let said = said.trim().trim_start_matches("fatal: ").to_owned();
            Err(GitError::Refused { object: object.to_owned(), said })
        }
    }
}

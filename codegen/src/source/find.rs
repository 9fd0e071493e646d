//! Searches folders for pages.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::load::metadata_text;
use super::{Format, LoadError};
use crate::file_state::FileState;
use crate::hashing::HashSet;
use crate::ordered;
use crate::parallel;

/// The folders and linked pages that were found so far, by canonical path. Pages of a folder are
/// covered by the folder: keeping each of thousands would take longer than listing them.
#[derive(Default)]
struct Seen {
    folders: HashSet<PathBuf>,
    /// Pages that are targets of links.
    linked: HashSet<PathBuf>,
}

impl Seen {
    /// Returns true if the page that a link leads to was not found before.
    fn add_linked(&mut self, page: PathBuf) -> bool {
        let is_in_folder = page.parent().is_some_and(|folder| self.folders.contains(folder));
        !(is_in_folder && is_page(&page.display().to_string())) && self.linked.insert(page)
    }

    fn is_linked(&self, folder: &Path, name: &OsStr) -> bool {
        !self.linked.is_empty() && self.linked.contains(&folder.join(name))
    }
}

/// A folder to search: its shown path and its path.
type Folder = (String, PathBuf);

/// The inputs of a run.
#[derive(Clone, Copy)]
pub struct Inputs<'i> {
    /// Folders of pages.
    pub docs: &'i [PathBuf],
    /// Metadata documents. Documents in the same folder that they refer to are read, too.
    pub metadata: &'i [PathBuf],
    /// A function that returns the addresses that a document refers to, given its text.
    pub references: fn(&str) -> Vec<String>,
}

/// A page or a metadata document that was found but not read yet.
#[derive(Debug)]
pub(crate) struct FoundFile {
    pub(crate) format: Format,
    /// The path as it is shown.
    pub(crate) shown: String,
    pub(super) path: PathBuf,
    /// `None` if the system does not report it.
    pub(crate) state: Option<FileState>,
}

/// Finds every `*.md` below the folders of pages, and the metadata documents; all are sorted by the
/// path that is shown.
///
/// # Errors
/// Those of [`load_all`](super::load_all).
pub(crate) fn find(inputs: Inputs<'_>) -> Result<Vec<FoundFile>, LoadError> {
    find_beside(inputs, || ()).map(|(found, ())| found)
}

/// The same, and does another thing while the system is asked for the state of many files. A few
/// are asked for sooner than a thread starts.
///
/// # Errors
/// Those of [`find`].
pub(crate) fn find_beside<O: Send>(
    inputs: Inputs<'_>,
    other: impl FnOnce() -> O + Send,
) -> Result<(Vec<FoundFile>, O), LoadError> {
    let documents = documents(&inputs)?;
    let mut roots: Vec<PathBuf> = inputs.docs.to_vec();
    ordered::sort_by(&mut roots, Ord::cmp);
    roots.dedup();
    let pages = search_all(&roots)?;
    if pages.is_empty() && (documents.is_empty() || !roots.is_empty()) {
        return Err(LoadError::NoPages { roots });
    }
    let pages = pages.into_iter().map(|(shown, path)| (shown, Format::Page, path));
    let mut found: Vec<(String, Format, PathBuf)> = pages.chain(documents).collect();
    ordered::sort_by(&mut found, Ord::cmp);
    let state = |path: &PathBuf| fs::metadata(path).ok().and_then(|found| FileState::of(&found));
    let (states, other) = parallel::map_quickly_beside(&found, |(_, _, path)| state(path), other);
    let files = found.into_iter().zip(states);
    Ok((files.map(|((shown, format, path), state)| FoundFile { format, shown, path, state }).collect(), other))
}

/// The metadata documents, each once: those that were named, and those that they refer to, directly
/// or not, by a relative address (CSDL 4.01, 4.1). Nothing is downloaded: standard vocabularies are
/// built in, and documents at other addresses have to be passed as files.
fn documents(inputs: &Inputs<'_>) -> Result<Vec<(String, Format, PathBuf)>, LoadError> {
    let mut open: Vec<(PathBuf, bool)> = inputs.metadata.iter().rev().map(|path| (path.clone(), true)).collect();
    let mut seen: HashSet<PathBuf> = HashSet::default();
    let mut found = Vec::new();
    while let Some((path, is_named)) = open.pop() {
        if !is_named && !path.is_file() {
            continue;
        }
        if !seen.insert(canonical(&path)?) {
            continue;
        }
        let text = metadata_text(&path).map_err(|source| LoadError::Io { path: path.clone(), source })?;
        for address in (inputs.references)(&text) {
            let is_relative = !address.contains("://") && !address.starts_with('/');
            if is_relative && let Some(folder) = path.parent() {
                open.push((folder.join(address.trim_start_matches("./")), false));
            }
        }
        let format = if is_named { Format::Metadata } else { Format::Referenced };
        found.push((shown(&path), format, path));
    }
    Ok(found)
}

/// The shown path and the path of every page below the roots, each page once.
///
/// Files and folders are searched before links, so that a link never replaces the real path.
/// Canonical paths are determined only for folders and links, because that is slow.
fn search_all(roots: &[PathBuf]) -> Result<Vec<(String, PathBuf)>, LoadError> {
    let mut folders: Vec<Folder> = Vec::new();
    // Pages that are named directly.
    let mut files: Vec<Folder> = Vec::new();
    for root in roots {
        match fs::metadata(root) {
            Ok(metadata) if metadata.is_dir() => folders.push((shown(root), root.clone())),
            Ok(metadata) if metadata.is_file() && is_page(&shown(root)) => files.push((shown(root), root.clone())),
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(LoadError::Io { path: root.clone(), source });
            }
            _ => return Err(LoadError::NotAFolder { path: root.clone() }),
        }
    }
    let mut seen = Seen::default();
    let mut pages = Vec::new();
    let mut links: Vec<Folder> = Vec::new();
    for (shown, path) in files {
        if seen.add_linked(canonical(&path)?) {
            pages.push((shown, path));
        }
    }
    loop {
        while let Some((shown, path)) = folders.pop() {
            search(&shown, &path, &mut seen, &mut pages, &mut folders, &mut links)?;
        }
        if links.is_empty() {
            return Ok(pages);
        }
        ordered::sort_by(&mut links, |a, b| b.cmp(a));
        // One link at a time, because its target may make the next one superfluous.
        while let Some((shown, path)) = links.pop() {
            let Ok(metadata) = fs::metadata(&path) else {
                // A broken link with the name of a page is a page that cannot be read.
                if is_page(&shown) {
                    pages.push((shown, path));
                }
                continue;
            };
            if metadata.is_dir() {
                folders.push((shown, path));
                break;
            }
            if metadata.is_file() && is_page(&shown) && seen.add_linked(canonical(&path)?) {
                pages.push((shown, path));
            }
        }
    }
}

fn search(
    shown: &str,
    path: &Path,
    seen: &mut Seen,
    pages: &mut Vec<(String, PathBuf)>,
    folders: &mut Vec<Folder>,
    links: &mut Vec<Folder>,
) -> Result<(), LoadError> {
    let io_error = |source| LoadError::Io { path: path.to_path_buf(), source };
    let identity = canonical(path)?;
    if !seen.folders.insert(identity.clone()) {
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(io_error)? {
        let entry = entry.map_err(io_error)?;
        let name = entry.file_name();
        let slash = if shown.ends_with('/') { "" } else { "/" };
        let shown = [shown, slash, &*printable(&name.to_string_lossy())].concat();
        let kind = entry.file_type().map_err(|source| LoadError::Io { path: entry.path(), source })?;
        if kind.is_symlink() {
            // A broken link matters only if it has the name of a page.
            if is_page(&shown) || entry.path().is_dir() {
                links.push((shown, entry.path()));
            }
        } else if kind.is_dir() {
            folders.push((shown, entry.path()));
        } else if kind.is_file() && is_page(&shown) && !seen.is_linked(&identity, &name) {
            pages.push((shown, entry.path()));
        }
    }
    Ok(())
}

fn canonical(path: &Path) -> Result<PathBuf, LoadError> {
    fs::canonicalize(path).map_err(|source| LoadError::Io { path: path.to_path_buf(), source })
}

/// Escapes the characters of a name that could end a line, control a terminal or change the
/// direction of writing.
fn printable(name: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if name.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if steers(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

pub(crate) fn is_page(name: &str) -> bool {
    name.len() >= 3 && name.as_bytes()[name.len() - 3..].eq_ignore_ascii_case(b".md")
}

/// A root as it is shown: as it was given, with `/` as the separator and without one at its end.
fn shown(root: &Path) -> String {
    let text = printable(&root.to_string_lossy()).into_owned();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text };
    let trimmed = text.trim_end_matches('/');
    if trimmed.is_empty() { text } else { trimmed.to_owned() }
}

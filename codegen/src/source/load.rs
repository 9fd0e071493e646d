//! Walking the folders and reading what they hold.

use std::collections::{BTreeSet, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{FileId, Format, LoadError, SourceFile, SourceMap, Span};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::parallel;

/// No page is larger.
const LIMIT: u64 = 16 << 20;

/// No metadata is larger: Microsoft Graph's has 4 MiB.
const METADATA_LIMIT: u64 = 256 << 20;

/// What a run reads.
#[derive(Clone, Copy)]
pub struct Inputs<'i> {
    /// Folders of pages.
    pub docs: &'i [PathBuf],
    /// Documents of metadata. Those beside them that they refer to are read, too.
    pub metadata: &'i [PathBuf],
    /// The addresses that a document refers to, by its text.
    pub references: fn(&str) -> Vec<String>,
}

/// Reads every `*.md` below `roots`.
///
/// The shown path of a file is its root joined with the path below it. A file that can be reached in several ways (a root
/// inside another one, links) is read once. A file that is not UTF-8 or cannot hold a page (over 16 MiB) is left out with
/// a diagnostic at its path; see [`SourceFile::left_out`].
///
/// # Errors
/// [`LoadError`] where a root is not a folder, something cannot be read, or no page is found at all.
pub fn load(roots: &[impl AsRef<Path>]) -> Result<(SourceMap, Diagnostics), LoadError> {
    let docs: Vec<PathBuf> = roots.iter().map(|root| root.as_ref().to_path_buf()).collect();
    load_all(Inputs { docs: &docs, metadata: &[], references: |_| Vec::new() })
}

/// Reads every `*.md` below the folders of pages, as [`load`] does, and the documents of metadata.
///
/// # Errors
/// As [`load`]; also where a document of metadata cannot be read.
pub fn load_all(inputs: Inputs<'_>) -> Result<(SourceMap, Diagnostics), LoadError> {
    let documents = documents(&inputs)?;
    let roots: BTreeSet<PathBuf> = inputs.docs.iter().cloned().collect();
    let mut found = find(&roots)?;
    if found.is_empty() && (documents.is_empty() || !roots.is_empty()) {
        return Err(LoadError::NoPages { roots: roots.into_iter().collect() });
    }
    found.sort();
    let mut files = Vec::with_capacity(found.len() + documents.len());
    let mut diagnostics = Diagnostics::default();
    let mut documents = documents.into_iter().peekable();
    let contents = parallel::map(&found, |(_, path)| read(path));
    for ((shown, path), content) in found.into_iter().zip(contents) {
        while let Some(document) = documents.next_if(|document| document.path < shown) {
            files.push(document);
        }
        let content = content.map_err(|source| LoadError::Io { path, source })?;
        let at = Span::start_of(FileId(files.len() as u32));
        let text = match content {
            Content::Text(text) => Some(text),
            Content::NotUtf8 { line, column, byte } => {
                diagnostics.push(
                    Diagnostic::new(
                        Code::NotUtf8,
                        at,
                        format!("not UTF-8 at line {line}, column {column} (byte {byte}); the page was not read"),
                    )
                    .help("save it as UTF-8"),
                );
                None
            }
            Content::TooLarge => {
                diagnostics.push(Diagnostic::new(Code::TooLarge, at, "larger than 16 MiB; the page was not read"));
                None
            }
        };
        files.push(SourceFile {
            format: Format::Page,
            path: shown,
            left_out: text.is_none(),
            text: text.unwrap_or_default(),
        });
    }
    files.extend(documents);
    Ok((SourceMap::of(files), diagnostics))
}

/// The documents of metadata, sorted by path, each once: those that were named and, from there on, those that they refer to by a relative
/// address (CSDL 4.01, 4.1). Nothing is fetched: standard vocabularies are known, and other addresses are for those who have the document.
fn documents(inputs: &Inputs<'_>) -> Result<Vec<SourceFile>, LoadError> {
    let mut open: Vec<(PathBuf, bool)> = inputs.metadata.iter().rev().map(|path| (path.clone(), true)).collect();
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut found = Vec::new();
    while let Some((path, is_named)) = open.pop() {
        if !is_named && !path.is_file() {
            continue;
        }
        let io = |source| LoadError::Io { path: path.clone(), source };
        if !seen.insert(fs::canonicalize(&path).map_err(io)?) {
            continue;
        }
        let mut bytes = Vec::new();
        fs::File::open(&path).and_then(|file| file.take(METADATA_LIMIT + 1).read_to_end(&mut bytes)).map_err(io)?;
        if bytes.len() as u64 > METADATA_LIMIT {
            return Err(io(io::Error::other("larger than 256 MiB, which no metadata is")));
        }
        let text = String::from_utf8(bytes).map_err(|error| io(io::Error::other(error.utf8_error())))?;
        for address in (inputs.references)(&text) {
            let is_relative = !address.contains("://") && !address.starts_with('/');
            if is_relative && let Some(folder) = path.parent() {
                open.push((folder.join(address.trim_start_matches("./")), false));
            }
        }
        let format = if is_named { Format::Metadata } else { Format::Referenced };
        found.push(SourceFile { format, path: shown(&path), text, left_out: false });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// What a file holds.
enum Content {
    Text(String),
    NotUtf8 { line: usize, column: usize, byte: usize },
    TooLarge,
}

fn read(path: &Path) -> io::Result<Content> {
    let file = fs::File::open(path)?;
    let length = file.metadata()?.len();
    if length > LIMIT {
        return Ok(Content::TooLarge);
    }
    let mut bytes = Vec::with_capacity(length as usize + 1);
    // The length is what the system says; what comes is what counts.
    file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Ok(Content::TooLarge);
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Content::Text(text),
        Err(error) => {
            let byte = error.utf8_error().valid_up_to();
            let valid = String::from_utf8_lossy(&error.as_bytes()[..byte]);
            let last = valid.rsplit('\n').next().unwrap_or_default();
            let line = valid.matches('\n').count() + 1;
            Content::NotUtf8 { line, column: last.chars().count() + 1, byte }
        }
    })
}

/// What was come by so far, by canonical path. The pages of a folder go with the folder: to keep each of thousands would take longer than to list them.
#[derive(Default)]
struct Seen {
    folders: HashSet<PathBuf>,
    /// Pages that links lead to.
    linked: HashSet<PathBuf>,
}

impl Seen {
    /// Whether a page that a link leads to is new.
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

/// The shown path and the path of every page below the roots, each page once.
///
/// What stands in a folder itself goes before what links lead to, so that a link never takes the place of the real path;
/// only folders and links have their canonical path looked up, because that is slow.
fn find(roots: &BTreeSet<PathBuf>) -> Result<Vec<(String, PathBuf)>, LoadError> {
    let mut folders: Vec<Folder> = Vec::new();
    for root in roots {
        match fs::metadata(root) {
            Ok(metadata) if metadata.is_dir() => folders.push((shown(root), root.clone())),
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(LoadError::Io { path: root.clone(), source });
            }
            _ => return Err(LoadError::NotAFolder { path: root.clone() }),
        }
    }
    let mut seen = Seen::default();
    let mut pages = Vec::new();
    let mut links: Vec<Folder> = Vec::new();
    loop {
        while let Some((shown, path)) = folders.pop() {
            search(&shown, &path, &mut seen, &mut pages, &mut folders, &mut links)?;
        }
        if links.is_empty() {
            return Ok(pages);
        }
        links.sort_by(|a, b| b.cmp(a));
        // One link at a time: what lies behind it may make the next one superfluous.
        while let Some((shown, path)) = links.pop() {
            let metadata = fs::metadata(&path).map_err(|source| LoadError::Io { path: path.clone(), source })?;
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
        let shown = if shown.ends_with('/') {
            format!("{shown}{}", name.display())
        } else {
            format!("{shown}/{}", name.display())
        };
        let kind = entry.file_type().map_err(|source| LoadError::Io { path: entry.path(), source })?;
        if kind.is_symlink() {
            // A link that leads nowhere matters only where it is named as a page.
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

pub(crate) fn is_page(name: &str) -> bool {
    name.len() >= 3 && name.as_bytes()[name.len() - 3..].eq_ignore_ascii_case(b".md")
}

/// A root as it is shown: as it was given, with `/` between its parts and none at its end.
fn shown(root: &Path) -> String {
    let text = root.display().to_string();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text };
    let trimmed = text.trim_end_matches('/');
    if trimmed.is_empty() { text } else { trimmed.to_owned() }
}

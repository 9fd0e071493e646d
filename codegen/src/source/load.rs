//! Walking the folders and reading what they hold.

use std::collections::{BTreeSet, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{FileId, LoadError, SourceFile, SourceMap, Span};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::parallel;

/// No page is larger.
const LIMIT: u64 = 16 << 20;

/// Reads every `*.md` below `roots`.
///
/// The shown path of a file is its root joined with the path below it. A file that can be reached in several ways (a root
/// inside another one, links) is read once. A file that is not UTF-8 or cannot hold a page (over 16 MiB) is left out with
/// a diagnostic at its path; see [`SourceFile::left_out`].
///
/// # Errors
/// [`LoadError`] where a root is not a folder, something cannot be read, or no page is found at all.
pub fn load(roots: &[impl AsRef<Path>]) -> Result<(SourceMap, Diagnostics), LoadError> {
    let roots: BTreeSet<PathBuf> = roots.iter().map(|root| root.as_ref().to_path_buf()).collect();
    let mut found = find(&roots)?;
    if found.is_empty() {
        return Err(LoadError::NoPages { roots: roots.into_iter().collect() });
    }
    found.sort();
    let mut files = Vec::with_capacity(found.len());
    let mut diagnostics = Diagnostics::default();
    let contents = parallel::map(&found, |(_, path)| read(path));
    for ((shown, path), content) in found.into_iter().zip(contents) {
        let content = content.map_err(|source| LoadError::Io { path, source })?;
        let at = Span::start_of(FileId(files.len() as u32));
        let text = match content {
            Content::Text(text) => Some(text),
            Content::NotUtf8 { valid } => {
                diagnostics.push(
                    Diagnostic::new(
                        Code::NotUtf8,
                        at,
                        format!("not UTF-8 from byte {valid} on; the page was not read"),
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
        files.push(SourceFile { path: shown, left_out: text.is_none(), text: text.unwrap_or_default() });
    }
    Ok((SourceMap { files, configuration: None }, diagnostics))
}

/// What a file holds.
enum Content {
    Text(String),
    NotUtf8 { valid: usize },
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
        Err(error) => Content::NotUtf8 { valid: error.utf8_error().valid_up_to() },
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

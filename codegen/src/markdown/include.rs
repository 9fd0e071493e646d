//! `[!INCLUDE [name](path)]`: finds the included file.

use crate::hashing::{HashMap, HashSet};
use std::borrow::Cow;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::source::{FileId, SourceMap, disk};

/// The file of the source map that `target` refers to on the page `from`.
pub(super) fn resolve(sources: &SourceMap, from: FileId, target: &str) -> Option<FileId> {
    let path = location(&sources.file(from).path, target)?;
    sources.find(&path).filter(|file| sources.file(*file).left_out().is_none())
}

/// The path of the file that `target` refers to on a page, given as the page's own path is.
fn location(page: &str, target: &str) -> Option<String> {
    let target = &target[..memchr::memchr2(b'#', b'?', target.as_bytes()).unwrap_or(target.len())];
    let target = if target.contains('\\') { Cow::Owned(target.replace('\\', "/")) } else { Cow::Borrowed(target) };
    if target.is_empty() || target.starts_with('/') || target.contains("://") {
        return None;
    }
    let folder = page.rfind('/').map_or("", |end| &page[..end]);
    let mut path = String::with_capacity(folder.len() + target.len() + 1);
    path.push_str(folder);
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => match path.rsplit('/').next().unwrap_or_default() {
                // The page's path is itself relative to the current folder.
                "" if path.is_empty() && !page.starts_with('/') => path.push_str(".."),
                "." | ".." => path.push_str("/.."),
                "" => return None,
                last => path.truncate((path.len() - last.len()).saturating_sub(1)),
            },
            part => {
                if !path.is_empty() || page.starts_with('/') {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    Some(path)
}

/// Returns true if an include is a code sample; the reference keeps these apart from its pages.
pub(super) fn is_snippet(target: &str) -> bool {
    target.split(['/', '\\']).any(|part| part.eq_ignore_ascii_case("snippets"))
}

/// The folder of an include, as seen from the current folder if the page's own path is.
pub(super) fn folder(page: &str, target: &str) -> String {
    let path = location(page, target).unwrap_or_else(|| target.replace('\\', "/"));
    folder_and_name(&path).0.to_owned()
}

/// Gathers the notes of missing includes: files that lie where the pages say, in a folder that is
/// not among the inputs, are one note a folder. For one that is nowhere, names a similar file.
pub(crate) fn gather(sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let path = |problem: &Diagnostic| {
        let target = problem.absent.as_ref().filter(|_| problem.code == Code::IncludeMissing)?;
        location(&sources.file(problem.primary.span.file).path, target)
    };
    let mut pages: HashMap<String, HashSet<FileId>> = HashMap::default();
    for problem in diagnostics.iter() {
        if let Some(path) = path(problem) {
            pages.entry(path).or_default().insert(problem.primary.span.file);
        }
    }
    pages.retain(|path, _| disk::has_file(path));
    let mut including: HashMap<&str, HashSet<FileId>> = HashMap::default();
    for (path, pages) in &pages {
        including.entry(folder_and_name(path).0).or_default().extend(pages);
    }
    let mut names: HashMap<String, Vec<String>> = HashMap::default();
    diagnostics.retain_mut(|problem| {
        let Some(path) = path(problem) else { return true };
        let (folder, name) = folder_and_name(&path);
        if !pages.contains_key(&path) {
            let names = names.entry(folder.to_owned()).or_insert_with(|| disk::names(folder));
            if let Some(near) = nearest(name, names.iter().cloned()) {
                problem.help = Some(format!("did you mean `{near}`, which is in that folder?"));
            }
            return true;
        }
        let Some(pages) = including.remove(folder) else { return false };
        match pages.len() - 1 {
            0 => {}
            1 => problem.message.push_str("; another page includes a file of that folder, too"),
            more => problem.message.push_str(&format!("; {more} other pages include files of that folder, too")),
        }
        true
    });
}

fn folder_and_name(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or((".", path))
}

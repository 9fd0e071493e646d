//! `[!INCLUDE [name](path)]`: finds the included file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics};
use crate::nearest::nearest;
use crate::source::{FileId, SourceMap, disk};

/// The file of the source map that `target` refers to on the page `from`.
pub(super) fn resolve(sources: &SourceMap, from: FileId, target: &str) -> Option<FileId> {
    let path = location(&sources.file(from).path, target)?;
    sources.find(&path).filter(|file| sources.file(*file).left_out.is_none())
}

/// The path of the file that `target` refers to on a page, given as the page's own path is.
fn location(page: &str, target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next()?;
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
    path.rfind('/').map_or(".", |end| &path[..end]).to_owned()
}

/// Gathers the notes of missing includes: files that lie where the pages say, in a folder that is
/// not among the inputs, are one note a folder. For one that is nowhere, names a similar file.
pub(crate) fn gather(sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let path = |target: Option<&String>, file| location(&sources.file(file).path, target?);
    let mut pages: BTreeMap<String, usize> = BTreeMap::new();
    diagnostics.retain_mut(|problem| {
        if problem.code != Code::IncludeMissing {
            return true;
        }
        let Some(path) = path(problem.absent.as_ref(), problem.primary.span.file) else { return true };
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", &path));
        if disk::has_file(&path) {
            let count = pages.entry(folder.to_owned()).or_default();
            *count += 1;
            return *count == 1;
        }
        let near = nearest(name, disk::names(folder).into_iter());
        if let Some(near) = near {
            problem.help = Some(format!("did you mean `{near}`, which is in that folder?"));
        }
        true
    });
    diagnostics.retain_mut(|problem| {
        let path =
            path(problem.absent.as_ref(), problem.primary.span.file).filter(|_| problem.code == Code::IncludeMissing);
        let more = path.and_then(|path| pages.remove(path.rsplit_once('/').map_or(".", |(folder, _)| folder)));
        match more.unwrap_or(1) - 1 {
            0 => {}
            1 => problem.message.push_str("; another page includes a file of that folder, too"),
            more => problem.message.push_str(&format!("; {more} other pages include files of that folder, too")),
        }
        true
    });
}

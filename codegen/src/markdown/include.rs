//! `[!INCLUDE [name](path)]`: finds the included file.

use std::borrow::Cow;

use crate::source::{FileId, SourceMap};

/// The file of the source map that `target` refers to on the page `from`.
pub(super) fn resolve(sources: &SourceMap, from: FileId, target: &str) -> Option<FileId> {
    let target = target.split(['#', '?']).next()?;
    let target = if target.contains('\\') { Cow::Owned(target.replace('\\', "/")) } else { Cow::Borrowed(target) };
    if target.is_empty() || target.starts_with('/') || target.contains("://") {
        return None;
    }
    let page = &sources.file(from).path;
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
    sources.find(&path).filter(|file| sources.file(*file).left_out.is_none())
}

/// Returns true if an include is a code sample; the reference keeps these apart from its pages.
pub(super) fn is_snippet(target: &str) -> bool {
    target.split(['/', '\\']).any(|part| part.eq_ignore_ascii_case("snippets"))
}

/// The folder of an include.
pub(super) fn folder(target: &str) -> &str {
    target.rfind(['/', '\\']).map_or(".", |end| &target[..end])
}

//! `[!INCLUDE [name](path)]`: where it leads.

use crate::source::{FileId, SourceMap};

/// The file of the map that `target` names when it stands in `from`.
pub(super) fn resolve(sources: &SourceMap, from: FileId, target: &str) -> Option<FileId> {
    let target = target.split(['#', '?']).next()?.replace('\\', "/");
    if target.is_empty() || target.starts_with('/') || target.contains("://") {
        return None;
    }
    let page = &sources.file(from).path;
    let mut path: Vec<&str> = page.split('/').collect();
    path.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => match path.last() {
                // The root was itself given relative to where the tool runs.
                None | Some(&("." | "..")) => path.push(".."),
                Some(&"") => return None,
                Some(_) => {
                    path.pop();
                }
            },
            part => path.push(part),
        }
    }
    sources.find(&path.join("/")).filter(|file| !sources.file(*file).left_out)
}

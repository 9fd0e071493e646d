//! Finds the page that a link may mean which leads to none.

use super::Index;
use super::links::joined;
use crate::nearest::Words;
use crate::source::{FileId, SourceMap};

/// The name of a page.
pub(super) struct PageName {
    file: FileId,
    /// In lower case.
    folder: String,
    words: Words,
}

fn names(sources: &SourceMap) -> Vec<PageName> {
    let mut names = Vec::new();
    for (id, file) in sources.files() {
        let (folder, name) = split(&file.path);
        if let Some(stem) = name.strip_suffix(".md") {
            names.push(PageName { file: id, folder: folder.to_ascii_lowercase(), words: Words::new(stem) });
        }
    }
    names
}

/// The folder of a path, and the name of the file.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

impl Index<'_> {
    /// The file name of the page in the same folder whose name a link without a page may be a
    /// misspelling of. The words of the name are compared one by one, because `lamp-list.md` is not
    /// meant as `lamp-post.md`.
    pub(in crate::resolve) fn near_page(&self, path: &str, from: FileId) -> Option<&str> {
        let wanted = joined(&self.sources.file(from).path, path);
        let (folder, name) = split(&wanted);
        let words = Words::new(name.strip_suffix(".md").unwrap_or(name));
        let folder = folder.to_ascii_lowercase();
        let pages = self.page_names.get_or_init(|| names(self.sources));
        let mut near = pages.iter().filter(|page| page.folder == folder && words.are_slips(&page.words));
        near.next().filter(|_| near.next().is_none()).map(|page| split(&self.sources.file(page.file).path).1)
    }
}

//! Finds the page that a link may mean which leads to none.

use super::Index;
use super::links::joined;
use crate::hashing::HashMap;
use crate::nearest::Words;
use crate::source::{FileId, SourceMap};

/// The names of the pages of each folder, by its path in lower case.
pub(super) struct Folders(HashMap<String, Vec<(Words, FileId)>>);

impl Folders {
    fn new(sources: &SourceMap) -> Self {
        let mut folders: HashMap<String, Vec<(Words, FileId)>> = HashMap::default();
        for (id, file) in sources.files() {
            let (folder, name) = split(&file.path);
            if let Some(stem) = name.strip_suffix(".md") {
                folders.entry(folder.to_ascii_lowercase()).or_default().push((Words::new(stem), id));
            }
        }
        Folders(folders)
    }
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
        let folders = self.folders.get_or_init(|| Folders::new(self.sources));
        let pages = folders.0.get(&folder.to_ascii_lowercase())?;
        let mut near = pages.iter().filter(|(known, _)| words.are_slips(known));
        near.next().filter(|_| near.next().is_none()).map(|(_, page)| split(&self.sources.file(*page).path).1)
    }
}

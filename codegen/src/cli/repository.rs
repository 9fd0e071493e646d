//! The repository around the current folder, for paths that other tools read.

use std::path::{Component, Path, PathBuf};

/// Where paths begin: the folder with `.git` at or above the current one, else the current one.
pub(super) struct Repository {
    here: PathBuf,
    root: PathBuf,
}

impl Repository {
    pub(super) fn find() -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let root = here.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&here).to_path_buf();
        Repository { here, root }
    }

    /// A path as seen from the repository, with `/` between its parts. One that leads outside stays
    /// as it is.
    pub(super) fn relative(&self, path: &str) -> String {
        let mut whole = PathBuf::new();
        for part in self.here.join(path).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    whole.pop();
                }
                part => whole.push(part),
            }
        }
        match whole.strip_prefix(&self.root) {
            Ok(below) => slashes(below),
            Err(_) => path.to_owned(),
        }
    }
}

fn slashes(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

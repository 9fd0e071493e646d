//! The repository of the current folder, for paths in output for other tools.

use std::path::{Component, Path, PathBuf};

/// The folder that paths are relative to: the nearest folder with `.git` at or above the current
/// one, or else the current one.
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

    /// The path relative to the repository, with `/` as the separator. A path outside the
    /// repository is not changed.
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

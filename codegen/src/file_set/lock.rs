//! The lock that lets only one run at a time write to a folder.

use std::fs::{self, File};
use std::path::Path;

/// Held while a folder is compared and written. The system releases it when the process ends.
pub(super) struct Lock {
    /// `None` if the system does not support locks here.
    file: Option<File>,
}

impl Lock {
    /// Waits until no other run writes to `dir`, which has to exist.
    ///
    /// On Unix the folder itself is locked, so that no file has to be left in it. Elsewhere
    /// (Windows, some network file systems) the file `.edmark/lock` in the folder is locked. If
    /// that is not possible either, runs may write at the same time, but each file is still written
    /// as a whole.
    pub(super) fn of(dir: &Path) -> Self {
        Lock { file: Lock::on_folder(dir).or_else(|| Lock::on_file(dir)) }
    }

    fn on_folder(dir: &Path) -> Option<File> {
        let folder = File::open(dir).ok()?;
        folder.lock().ok()?;
        Some(folder)
    }

    fn on_file(dir: &Path) -> Option<File> {
        let folder = super::private_folder(dir).ok()?;
        let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock")).ok()?;
        file.lock().ok()?;
        Some(file)
    }

    /// Returns true if other runs have to wait.
    pub(super) fn is_held(&self) -> bool {
        self.file.is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::fs::TryLockError;

    use super::*;

    #[test]
    fn a_file_does_where_folders_cannot_be_locked() {
        let dir = tempfile::tempdir().expect("a folder");
        let held = Lock::on_file(dir.path()).expect("a lock");
        let other = File::open(dir.path().join(".edmark/lock")).expect("the file");
        assert!(matches!(other.try_lock(), Err(TryLockError::WouldBlock)));
        drop(held);
        assert!(other.try_lock().is_ok());
        assert!(dir.path().join(".edmark/.gitignore").is_file());
    }
}

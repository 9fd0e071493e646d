//! One run at a time writes to a folder.

use std::fs::{self, File};
use std::path::Path;

/// Held while a folder is compared and written. Ends with the process, however that ends.
pub(super) struct Lock {
    /// `None` where the system has no locks for what it is.
    file: Option<File>,
}

impl Lock {
    /// Waits for other runs that write to `dir`, which has to be there.
    ///
    /// Where the system allows it (Unix), the folder itself is locked, so that nothing has to be
    /// left in it. Elsewhere (Windows, some network file systems) it is the file `.edmark/lock` in
    /// the folder. Where that cannot be locked either, runs are not kept apart; each file is whole
    /// all the same.
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

    /// Whether other runs are kept out.
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

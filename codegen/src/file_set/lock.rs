//! One run at a time writes to a folder.

use std::fs::File;
use std::path::Path;

/// Held while a folder is compared and written. Ends with the process, however that ends.
pub(super) struct Lock {
    /// `None` where the system has no locks for what it is.
    file: Option<File>,
}

impl Lock {
    /// Waits for other runs that write to `dir`, which has to be there.
    ///
    /// It is the folder itself that is locked, so that nothing has to be left in it. Where the system cannot do that (Windows, some network
    /// file systems), runs are not kept apart; each file is whole all the same.
    pub(super) fn of(dir: &Path) -> Self {
        Lock { file: File::open(dir).ok().filter(|file| file.lock().is_ok()) }
    }

    /// Whether other runs are kept out.
    pub(super) fn is_held(&self) -> bool {
        self.file.is_some()
    }
}

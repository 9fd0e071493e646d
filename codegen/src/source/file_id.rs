//! The id of a file, and how it is read back.

/// A file of a [`SourceMap`](super::SourceMap).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize))]
pub struct FileId(pub(crate) u32);

impl FileId {
    /// The configuration (`edmark.toml`) of the run: no page, but a file that a diagnostic can point into. Sorts behind all pages.
    pub const CONFIGURATION: FileId = FileId(u32::MAX);

    /// The file's position in [`SourceMap::files`](super::SourceMap::files).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[cfg(feature = "cache")]
mod kept {
    use std::cell::Cell;

    use serde::{Deserialize, Deserializer};

    use super::FileId;

    thread_local! {
        static STAND_IN: Cell<Option<FileId>> = const { Cell::new(None) };
    }

    impl FileId {
        /// Runs `read` so that every id it deserialises is this one. What was read on a page names no file but the page; in the next run, with
        /// pages before it that were not there, it has another id.
        pub(crate) fn stand_in<T>(self, read: impl FnOnce() -> T) -> T {
            let before = STAND_IN.replace(Some(self));
            let result = read();
            STAND_IN.set(before);
            result
        }
    }

    impl<'de> Deserialize<'de> for FileId {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let stored = u32::deserialize(deserializer)?;
            Ok(STAND_IN.get().unwrap_or(FileId(stored)))
        }
    }
}

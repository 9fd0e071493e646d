//! The length and the times of a file, by which a later run sees without reading it that it is
//! unchanged.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Two changes within this time may leave a file with the same times, because clocks of file
/// systems are coarse: the worst have a resolution of two seconds.
const CLOCK: Duration = Duration::from_secs(2);

/// A file's length and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct FileState {
    length: u64,
    /// Nanoseconds since 1970.
    modified: i64,
    /// On Unix, the time of the last change of the file or its metadata, which no program can set;
    /// zero elsewhere.
    changed: i64,
}

impl FileState {
    /// The state that the system reports. `None` if it reports no times.
    pub(crate) fn of(metadata: &Metadata) -> Option<Self> {
        let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let modified = i64::try_from(since.as_nanos()).ok()?;
        Some(FileState { length: metadata.len(), modified, changed: changed(metadata) })
    }

    pub(crate) fn length(self) -> u64 {
        self.length
    }

    /// The state, if it can be kept: a file that changed just before `now` could change again
    /// without a change of its times. Git calls such entries of its index racy.
    pub(crate) fn settled(self, now: SystemTime) -> Option<Self> {
        let limit = now.duration_since(UNIX_EPOCH).ok()?.checked_sub(CLOCK)?;
        let limit = i64::try_from(limit.as_nanos()).ok()?;
        (self.modified.max(self.changed) < limit).then_some(self)
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt as _;

    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_metadata: &Metadata) -> i64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_just_now_is_not_settled() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let state = FileState::of(&file.as_file().metadata().expect("metadata")).expect("times");
        assert_eq!(state.settled(SystemTime::now()), None);
        assert_eq!(state.settled(SystemTime::now() + 2 * CLOCK), Some(state));
    }
}

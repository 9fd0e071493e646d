//! How a file stands on disk, by which a later run sees that it is as it was without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Two changes within this time may leave a file with the same times: clocks of file systems are
/// coarse, two seconds being the worst.
const CLOCK: Duration = Duration::from_secs(2);

/// A file's length and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct FileState {
    length: u64,
    /// Nanoseconds since 1970.
    modified: i64,
    /// On Unix, when the file or what is known of it was last changed, which no program can set;
    /// zero elsewhere.
    changed: i64,
}

impl FileState {
    /// The state that the system reports. `None` where it knows no times.
    pub(crate) fn of(metadata: &Metadata) -> Option<Self> {
        let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let modified = i64::try_from(since.as_nanos()).ok()?;
        Some(FileState { length: metadata.len(), modified, changed: changed(metadata) })
    }

    /// The state, where it was reported before `now` and is worth keeping: a file that changed only
    /// just before could change again and keep its times. Git calls such entries of its index racy.
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

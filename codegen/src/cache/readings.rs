//! The readings of all pages.
//!
//! The key of a page is the hash of its text, of its position among the pages, and of the paths of
//! all pages: a reading refers to the page by its position, and the other pages decide the target
//! of an include. So when a page is added or removed, all pages are read again once.

#[cfg(feature = "cache")]
use std::collections::HashMap;
#[cfg(feature = "cache")]
use std::ops::Range;
#[cfg(feature = "cache")]
use std::sync::OnceLock;

#[cfg(feature = "cache")]
use xxhash_rust::xxh3::Xxh3;

use crate::diagnostics::Diagnostics;
#[cfg(feature = "cache")]
use crate::parallel;
use crate::schema::Schema;
#[cfg(feature = "cache")]
use crate::source;
use crate::source::{FileId, SourceMap};

/// The result of reading a page.
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Reading {
    pub(crate) schema: Schema,
    pub(crate) diagnostics: Diagnostics,
    /// The other files that the page includes.
    #[cfg_attr(not(feature = "cache"), expect(dead_code, reason = "nothing is known again"))]
    pub(crate) includes: Vec<FileId>,
}

/// Readings of earlier runs at first, then those of this run.
#[derive(Default)]
pub(crate) struct Readings {
    #[cfg(feature = "cache")]
    folder: Option<super::disk::Folder>,
    #[cfg(feature = "cache")]
    kept: OnceLock<Kept>,
    /// The readings of this run; `None` for a reading that is kept already.
    #[cfg(feature = "cache")]
    new: Vec<(u128, Option<Vec<u8>>)>,
    /// The content for the file after this run; `None` if the file is up to date.
    #[cfg(feature = "cache")]
    pub(super) changed: Option<Vec<u8>>,
}

/// Without the feature `cache`, every page is read.
#[cfg(not(feature = "cache"))]
impl Readings {
    pub(crate) fn of_all(
        self,
        _sources: &SourceMap,
        files: &[FileId],
        read: impl Fn(FileId) -> Reading + Send + Sync,
    ) -> (Vec<Reading>, Self) {
        (crate::parallel::map(files, |file| read(*file)), self)
    }

    /// Does nothing, because nothing is kept.
    pub(crate) fn finish(&mut self) {}
}

/// The content of the file: an index, then the readings.
#[cfg(feature = "cache")]
#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    places: HashMap<u128, Range<usize>>,
}

#[cfg(feature = "cache")]
impl Readings {
    /// The readings in a folder. The file is read when the first page is looked up.
    pub(super) fn kept_in(folder: super::disk::Folder) -> Self {
        Readings { folder: Some(folder), ..Readings::default() }
    }

    /// Returns the readings of all pages: kept ones, and those of `read` for the others. Also
    /// returns the readings to keep.
    pub(crate) fn of_all(
        mut self,
        sources: &SourceMap,
        files: &[FileId],
        read: impl Fn(FileId) -> Reading + Send + Sync,
    ) -> (Vec<Reading>, Self) {
        if self.folder.is_none() {
            return (parallel::map(files, |file| read(*file)), self);
        }
        let keys = keys(sources);
        let found = parallel::map(files, |file| {
            let key = keys[file.index()];
            if let Some(known) = self.get(key, &keys) {
                return (known, (key, None));
            }
            let reading = read(*file);
            let included: Vec<u128> = reading.includes.iter().map(|file| keys[file.index()]).collect();
            // Most pages need less: the bytes are not moved again and again as they grow.
            let bytes = postcard::to_extend(&(included, &reading), Vec::with_capacity(4096)).unwrap_or_default();
            (reading, (key, Some(bytes)))
        });
        let (readings, new) = found.into_iter().unzip();
        self.new = new;
        (readings, self)
    }

    /// The kept reading of the page with this key, if the pages that it includes have not changed.
    fn get(&self, key: u128, keys: &[u128]) -> Option<Reading> {
        let kept = self.kept();
        let bytes = kept.bytes.get(kept.places.get(&key)?.clone())?;
        let (included, reading): (Vec<u128>, Reading) = postcard::from_bytes(bytes).ok()?;
        let now = reading.includes.iter().map(|file| keys.get(file.index()));
        now.eq(included.iter().map(Some)).then_some(reading)
    }

    fn kept(&self) -> &Kept {
        self.kept.get_or_init(|| {
            let bytes = self.folder.as_ref().and_then(|folder| folder.read(super::disk::READINGS));
            bytes.and_then(Kept::of).unwrap_or_default()
        })
    }

    /// Puts the content of the file together.
    pub(crate) fn finish(&mut self) {
        self.changed = self.content();
    }

    fn content(&self) -> Option<Vec<u8>> {
        let kept = self.kept.get()?;
        if self.new.iter().all(|(_, new)| new.is_none()) && self.new.len() == kept.places.len() {
            return None;
        }
        let blobs = self.new.iter().filter_map(|(key, new)| match new {
            Some(new) => Some((*key, new.as_slice())),
            None => Some((*key, kept.bytes.get(kept.places.get(key)?.clone())?)),
        });
        let blobs: Vec<(u128, &[u8])> = blobs.collect();
        let index: Vec<(u128, u32)> = blobs.iter().map(|(key, blob)| (*key, blob.len() as u32)).collect();
        let mut bytes = postcard::to_stdvec(&index).ok()?;
        blobs.iter().for_each(|(_, blob)| bytes.extend_from_slice(blob));
        Some(bytes)
    }
}

#[cfg(feature = "cache")]
impl Kept {
    fn of(bytes: Vec<u8>) -> Option<Self> {
        let (index, rest) = postcard::take_from_bytes::<Vec<(u128, u32)>>(&bytes).ok()?;
        let mut start = bytes.len() - rest.len();
        let mut places = HashMap::with_capacity(index.len());
        for (key, length) in index {
            let end = start + length as usize;
            places.insert(key, start..end);
            start = end;
        }
        (start == bytes.len()).then_some(Kept { bytes, places })
    }
}

/// The keys of the pages.
#[cfg(feature = "cache")]
fn keys(sources: &SourceMap) -> Vec<u128> {
    let mut paths = Xxh3::new();
    for (_, file) in sources.files() {
        paths.update(file.path.as_bytes());
        // This byte separates the paths; no UTF-8 text contains it.
        paths.update(&[0xFF]);
    }
    let paths = paths.digest128().to_le_bytes();
    let files: Vec<_> = sources.files().collect();
    parallel::map(&files, |(id, file)| {
        let mut hasher = Xxh3::new();
        hasher.update(&paths);
        hasher.update(&(id.index() as u64).to_le_bytes());
        hasher.update(&source::content_hash(file).to_le_bytes());
        hasher.digest128()
    })
}

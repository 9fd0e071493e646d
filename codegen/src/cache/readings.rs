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
use crate::schema::{BaseSource, DocumentedOperation};
#[cfg(feature = "cache")]
use crate::source::{self, Span};
use crate::source::{Excerpt, FileId, SourceMap};

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
    /// The hash of each page's content; empty if no readings are kept.
    contents: Vec<u128>,
    /// The excerpts of pages whose reading is kept.
    excerpts: Vec<Excerpt>,
    /// The content for the file after this run, if it still has to be written.
    #[cfg(feature = "cache")]
    pub(super) changed: Option<Vec<u8>>,
}

impl Readings {
    /// The hash of each page's content; empty if no readings are kept.
    pub(crate) fn contents(&self) -> &[u128] {
        &self.contents
    }

    /// Takes the excerpts of the pages whose reading is kept. The pages are not read for these.
    pub(crate) fn take_excerpts(&mut self) -> Vec<Excerpt> {
        std::mem::take(&mut self.excerpts)
    }
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
    pub(crate) fn open(&self) {}

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
    /// The readings in a folder. The file is not read yet.
    pub(super) fn kept_in(folder: super::disk::Folder) -> Self {
        Readings { folder: Some(folder), ..Readings::default() }
    }

    /// Reads the file.
    pub(crate) fn open(&self) {
        self.kept();
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
        self.contents = source::content_hashes(sources);
        let keys = keys(sources, &self.contents);
        let found = parallel::map(files, |file| {
            let key = keys[file.index()];
            if let Some((known, excerpts)) = self.get(key, &keys) {
                return (known, excerpts, (key, None));
            }
            let reading = read(*file);
            let included: Vec<u128> = reading.includes.iter().map(|file| keys[file.index()]).collect();
            let excerpts: Vec<(Span, &str)> =
                examined(&reading.schema).map(|span| (span, sources.text(span))).collect();
            // Most pages need less: the bytes are not moved again and again as they grow.
            let bytes =
                postcard::to_extend(&(included, &reading, excerpts), Vec::with_capacity(4096)).unwrap_or_default();
            (reading, Vec::new(), (key, Some(bytes)))
        });
        let mut readings = Vec::with_capacity(found.len());
        for (reading, excerpts, new) in found {
            readings.push(reading);
            self.excerpts.extend(excerpts);
            self.new.push(new);
        }
        (readings, self)
    }

    /// The kept reading and the excerpts of the page with this key, if the pages that it includes
    /// have not changed.
    fn get(&self, key: u128, keys: &[u128]) -> Option<(Reading, Vec<Excerpt>)> {
        let kept = self.kept();
        let bytes = kept.bytes.get(kept.places.get(&key)?.clone())?;
        let (included, reading, excerpts): (Vec<u128>, Reading, _) = postcard::from_bytes(bytes).ok()?;
        let now = reading.includes.iter().map(|file| keys.get(file.index()));
        now.eq(included.iter().map(Some)).then_some((reading, excerpts))
    }

    fn kept(&self) -> &Kept {
        self.kept.get_or_init(|| {
            let bytes = self.folder.as_ref().and_then(|folder| folder.read(super::disk::READINGS));
            bytes.and_then(Kept::of).unwrap_or_default()
        })
    }

    /// Puts the content of the file together, and writes it if the folder is there already. Before
    /// the first run it is not: then the file is written after the code.
    pub(crate) fn finish(&mut self) {
        let Some(content) = self.content() else { return };
        match &self.folder {
            Some(folder) if folder.exists() => folder.write(super::disk::READINGS, content),
            _ => self.changed = Some(content),
        }
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
        // These are megabytes: they are copied only once.
        bytes.reserve(blobs.iter().map(|(_, blob)| blob.len()).sum::<usize>() + super::disk::SEAL);
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

/// The places whose text is looked at after the page was read: their text is kept, too. For other
/// places the page would have to be loaded again.
#[cfg(feature = "cache")]
fn examined(schema: &Schema) -> impl Iterator<Item = Span> {
    let bodies = schema.operations.iter().flat_map(DocumentedOperation::example_bodies);
    let told = schema.types.iter().flat_map(|ty| &ty.bases).filter(|claim| claim.source == BaseSource::Prose);
    // The beginning of the paragraph decides whether this sentence says what the type is.
    bodies.chain(told.map(|claim| Span { start: 0, ..claim.base.span }))
}

/// The keys of the pages. `contents` are the hashes of their contents.
#[cfg(feature = "cache")]
fn keys(sources: &SourceMap, contents: &[u128]) -> Vec<u128> {
    let mut paths = Xxh3::new();
    for (_, file) in sources.files() {
        paths.update(file.path.as_bytes());
        // This byte separates the paths; no UTF-8 text contains it.
        paths.update(&[0xFF]);
    }
    let paths = paths.digest128().to_le_bytes();
    let keys = sources.files().zip(contents).map(|((id, _), content)| {
        let mut hasher = Xxh3::new();
        hasher.update(&paths);
        hasher.update(&(id.index() as u64).to_le_bytes());
        hasher.update(&content.to_le_bytes());
        hasher.digest128()
    });
    keys.collect()
}

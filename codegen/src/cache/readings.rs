//! The readings of all pages.
//!
//! The key of a page is the hash of its text, of its position among the pages, and of the paths of
//! all pages: a reading refers to the page by its position, and the other pages decide the target
//! of an include. So when a page is added or removed, all pages are read again once.

#[cfg(feature = "cache")]
use xxhash_rust::xxh3::Xxh3;

#[cfg(feature = "cache")]
use super::batch::{self, Batch, New};
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
    /// The hash of each page's content; empty if no readings are kept.
    contents: Vec<u128>,
    /// The excerpts of pages whose reading is kept.
    excerpts: Vec<(FileId, Vec<Excerpt>)>,
    /// The number of pages.
    #[cfg(feature = "cache")]
    pages: usize,
    /// The files of the folder that change: the number of each, what it keeps, and the readings of
    /// this run.
    #[cfg(feature = "cache")]
    changed: Vec<(usize, Batch, Vec<New>)>,
    /// The files with new readings that still have to be written: names and contents.
    #[cfg(feature = "cache")]
    pub(super) unwritten: Vec<(String, Vec<u8>)>,
}

impl Readings {
    /// The hash of each page's content; empty if no readings are kept.
    pub(crate) fn contents(&self) -> &[u128] {
        &self.contents
    }

    /// Takes the excerpts of the pages whose reading is kept. The pages are not read for these.
    pub(crate) fn take_excerpts(&mut self) -> Vec<(FileId, Vec<Excerpt>)> {
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
    pub(crate) fn finish(&mut self) {}
}

#[cfg(feature = "cache")]
impl Readings {
    /// The readings in a folder. They are not read yet.
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
        let Some(folder) = &self.folder else {
            return (parallel::map(files, |file| read(*file)), self);
        };
        self.pages = files.len();
        self.contents = source::content_hashes(sources);
        let keys = keys(sources, &self.contents);
        let batches: Vec<(usize, &[FileId])> = files.chunks(batch::PAGES).enumerate().collect();
        // The memory of a file that stays as it is serves the next one.
        let batches = parallel::map(&batches, |(number, files)| {
            let kept = Batch::read(folder, *number);
            let found = parallel::map(files, |file| reading_of(*file, &kept, sources, &keys, &read));
            let (readings, new): (Vec<_>, Vec<New>) = found.into_iter().unzip();
            (readings, kept.changes(&new).then_some((*number, kept, new)))
        });
        let mut readings = Vec::with_capacity(files.len());
        let mut files = files.iter();
        for (of_batch, changed) in batches {
            for ((reading, excerpts), file) in of_batch.into_iter().zip(&mut files) {
                readings.push(reading);
                if !excerpts.is_empty() {
                    self.excerpts.push((*file, excerpts));
                }
            }
            self.changed.extend(changed);
        }
        (readings, self)
    }

    /// Puts the files that change together, and writes them if the folder is there already. Before
    /// the first run it is not: then they are written after the code.
    pub(crate) fn finish(&mut self) {
        let contents =
            parallel::map(&self.changed, |(number, kept, new)| Some((batch::name(*number), kept.content(new)?)));
        let contents = contents.into_iter().flatten().collect();
        match self.folder.as_ref().filter(|folder| folder.exists()) {
            Some(folder) => {
                folder.write(contents);
                folder.remove(batch::left_over(self.pages));
            }
            None => self.unwritten = contents,
        }
    }
}

/// The reading of a page with the excerpts of its text, if it is kept; otherwise that of `read`.
#[cfg(feature = "cache")]
fn reading_of(
    file: FileId,
    kept: &Batch,
    sources: &SourceMap,
    keys: &[u128],
    read: impl Fn(FileId) -> Reading,
) -> ((Reading, Vec<Excerpt>), New) {
    let key = keys[file.index()];
    if let Some(known) = kept.get(key).and_then(|bytes| as_kept(bytes, keys)) {
        return (known, (key, None));
    }
    let reading = read(file);
    let included: Vec<u128> = reading.includes.iter().map(|file| keys[file.index()]).collect();
    let excerpts: Vec<Excerpt> = examined(&reading.schema).map(|span| Excerpt::new(span, sources.text(span))).collect();
    // Most pages need less: the bytes are not moved again and again as they grow.
    let bytes = postcard::to_extend(&(included, &reading, excerpts), Vec::with_capacity(4096)).unwrap_or_default();
    ((reading, Vec::new()), (key, Some(bytes)))
}

/// A kept reading and the excerpts of its page, if the pages that it includes have not changed.
#[cfg(feature = "cache")]
fn as_kept(bytes: &[u8], keys: &[u128]) -> Option<(Reading, Vec<Excerpt>)> {
    let (included, reading, excerpts): (Vec<u128>, Reading, _) = postcard::from_bytes(bytes).ok()?;
    let now = reading.includes.iter().map(|file| keys.get(file.index()));
    now.eq(included.iter().map(Some)).then_some((reading, excerpts))
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

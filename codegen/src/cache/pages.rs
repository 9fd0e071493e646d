//! What was read on each page.

use std::collections::HashMap;
use std::ops::Range;

use xxhash_rust::xxh3::Xxh3;

use crate::diagnostics::Diagnostics;
use crate::schema::{Operation, Schema};
use crate::source::{FileId, SourceMap};

/// What earlier runs read on pages, by the hash of the page.
#[derive(Default)]
pub(crate) struct Pages {
    bytes: Vec<u8>,
    places: HashMap<u128, Range<usize>>,
}

/// What was read on a page.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Reading {
    pub(crate) schema: Schema,
    pub(crate) diagnostics: Diagnostics,
    /// Hash of the bodies of its examples: the only text that is looked at again once the page was read.
    bodies: u128,
}

impl Reading {
    pub(crate) fn new(sources: &SourceMap, (schema, diagnostics): (Schema, Diagnostics)) -> Self {
        let mut bodies = Xxh3::new();
        for body in schema.operations.iter().flat_map(Operation::example_bodies) {
            bodies.update(sources.text(body).as_bytes());
            // No text has this byte: two bodies are not the same as one.
            bodies.update(&[0xFF]);
        }
        Reading { schema, diagnostics, bodies: bodies.digest128() }
    }
}

/// What this run read on a page, to be kept.
pub(crate) struct Kept {
    hash: u128,
    /// `None` where it is known already.
    new: Option<Vec<u8>>,
}

impl Pages {
    /// Takes a file's content apart: hashes and lengths, then what they say of the bytes that follow.
    pub(super) fn of(bytes: Vec<u8>) -> Option<Self> {
        let (index, rest) = postcard::take_from_bytes::<Vec<(u128, u32)>>(&bytes).ok()?;
        let mut start = bytes.len() - rest.len();
        let mut places = HashMap::with_capacity(index.len());
        for (hash, length) in index {
            let end = start + length as usize;
            places.insert(hash, start..end);
            start = end;
        }
        (start == bytes.len()).then_some(Pages { bytes, places })
    }

    /// What is known of a page; otherwise what `read` finds on it, and what to keep of that. Without a hash, nothing is kept.
    pub(crate) fn get_or_read(
        &self,
        hash: Option<u128>,
        file: FileId,
        read: impl FnOnce() -> Reading,
    ) -> (Schema, Diagnostics, Option<Kept>) {
        let known = hash.and_then(|hash| Some((hash, self.get(hash, file)?)));
        if let Some((hash, known)) = known {
            return (known.schema, known.diagnostics, Some(Kept { hash, new: None }));
        }
        let found = read();
        let kept = hash.and_then(|hash| Some(Kept { hash, new: Some(postcard::to_stdvec(&found).ok()?) }));
        (found.schema, found.diagnostics, kept)
    }

    /// What was read on the page with this hash, as if on `file`.
    pub(super) fn get(&self, hash: u128, file: FileId) -> Option<Reading> {
        let bytes = self.bytes.get(self.places.get(&hash)?.clone())?;
        file.stand_in(|| postcard::from_bytes(bytes).ok())
    }

    /// The content of the next file; `None` where it would be the same.
    pub(super) fn next(&self, kept: &[Kept]) -> Option<Vec<u8>> {
        if kept.len() == self.places.len() && kept.iter().all(|page| page.new.is_none()) {
            return None;
        }
        let blobs: Vec<(u128, &[u8])> = kept.iter().filter_map(|page| Some((page.hash, self.blob(page)?))).collect();
        let index: Vec<(u128, u32)> = blobs.iter().map(|(hash, blob)| (*hash, blob.len() as u32)).collect();
        let mut bytes = postcard::to_stdvec(&index).ok()?;
        blobs.iter().for_each(|(_, blob)| bytes.extend_from_slice(blob));
        Some(bytes)
    }

    fn blob<'p>(&'p self, page: &'p Kept) -> Option<&'p [u8]> {
        match &page.new {
            Some(new) => Some(new),
            None => self.bytes.get(self.places.get(&page.hash)?.clone()),
        }
    }
}

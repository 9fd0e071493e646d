//! What was read on each page.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostics::Diagnostics;
use crate::schema::Schema;
use crate::source::FileId;

/// What earlier runs read on pages, by the hash of the page.
#[derive(Default)]
pub(crate) struct Pages {
    bytes: Vec<u8>,
    places: HashMap<u128, Range<usize>>,
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
        read: impl FnOnce() -> (Schema, Diagnostics),
    ) -> (Schema, Diagnostics, Option<Kept>) {
        let known = hash.and_then(|hash| Some((hash, self.get(hash, file)?)));
        if let Some((hash, (schema, diagnostics))) = known {
            return (schema, diagnostics, Some(Kept { hash, new: None }));
        }
        let found = read();
        let kept = hash.and_then(|hash| Some(Kept { hash, new: Some(postcard::to_stdvec(&found).ok()?) }));
        (found.0, found.1, kept)
    }

    fn get(&self, hash: u128, file: FileId) -> Option<(Schema, Diagnostics)> {
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

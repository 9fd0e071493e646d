//! The kept readings of pages that follow each other, in one file. Several files are read on
//! several cores, and a run writes only those with new readings.

use std::ops::Range;

use super::disk::Folder;
use crate::hashing::HashMap;

/// The number of pages per file.
pub(super) const PAGES: usize = 256;

/// A reading of this run by the key of its page; `None` for a reading that is kept already.
pub(super) type New = (u128, Option<Vec<u8>>);

/// The content of a file: an index, then the readings.
#[derive(Default)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    places: HashMap<u128, Range<usize>>,
}

impl Batch {
    /// Reads the file of this number. One that is missing or damaged has no readings.
    pub(super) fn read(folder: &Folder, number: usize) -> Self {
        folder.read(&name(number)).and_then(Batch::of).unwrap_or_default()
    }

    fn of(bytes: Vec<u8>) -> Option<Self> {
        let (index, rest) = postcard::take_from_bytes::<Vec<(u128, u32)>>(&bytes).ok()?;
        let mut start = bytes.len() - rest.len();
        let mut places = HashMap::with_capacity_and_hasher(index.len(), Default::default());
        for (key, length) in index {
            let end = start + length as usize;
            places.insert(key, start..end);
            start = end;
        }
        (start == bytes.len()).then_some(Batch { bytes, places })
    }

    /// The kept reading of the page with this key.
    pub(super) fn get(&self, key: u128) -> Option<&[u8]> {
        self.bytes.get(self.places.get(&key)?.clone())
    }

    /// Returns true if the file changes, given the readings of this run.
    pub(super) fn changes(&self, readings: &[New]) -> bool {
        readings.iter().any(|(_, new)| new.is_some()) || readings.len() != self.places.len()
    }

    /// The content of the file after this run.
    pub(super) fn content(&self, readings: &[New]) -> Option<Vec<u8>> {
        let blobs = readings.iter().filter_map(|(key, new)| match new {
            Some(new) => Some((*key, new.as_slice())),
            None => Some((*key, self.get(*key)?)),
        });
        let blobs: Vec<(u128, &[u8])> = blobs.collect();
        let index: Vec<(u128, u32)> = blobs.iter().map(|(key, blob)| (*key, blob.len() as u32)).collect();
        let mut bytes = postcard::to_stdvec(&index).ok()?;
        // These are many bytes: they are copied only once.
        bytes.reserve(blobs.iter().map(|(_, blob)| blob.len()).sum::<usize>() + super::disk::SEAL);
        blobs.iter().for_each(|(_, blob)| bytes.extend_from_slice(blob));
        Some(bytes)
    }
}

/// The names of the files after those of this many pages. An earlier run with more pages may have
/// left them.
pub(super) fn left_over(pages: usize) -> impl Iterator<Item = String> {
    (pages.div_ceil(PAGES)..).map(name)
}

/// The name of a file.
pub(super) fn name(number: usize) -> String {
    format!("pages-{number}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file_set;

    /// New readings of this many pages.
    fn readings(pages: usize) -> Vec<New> {
        (0..pages as u128).map(|key| (key, Some(key.to_le_bytes().to_vec()))).collect()
    }

    /// Writes the readings and returns the names of the files that changed.
    fn write(folder: &Folder, readings: &[New]) -> Vec<String> {
        let batches = readings.chunks(PAGES).enumerate();
        let contents = batches
            .map(|(number, new)| (name(number), Batch::read(folder, number), new))
            .filter(|(_, kept, new)| kept.changes(new))
            .filter_map(|(name, kept, new)| Some((name, kept.content(new)?)));
        let changed: Vec<(String, Vec<u8>)> = contents.collect();
        let names = changed.iter().map(|(name, _)| name.clone()).collect();
        folder.write(changed);
        folder.remove(left_over(readings.len()));
        names
    }

    #[test]
    fn only_files_with_new_readings_change() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::of(dir.path().to_owned()).expect("a program");
        let pages = 2 * PAGES + 1;
        let mut readings = readings(pages);
        assert_eq!(write(&folder, &readings), ["pages-0", "pages-1", "pages-2"]);
        let kept = [0, 1, 2].map(|number| Batch::read(&folder, number));
        for (position, (key, reading)) in readings.iter().enumerate() {
            assert_eq!(kept[position / PAGES].get(*key), reading.as_deref());
        }
        readings.iter_mut().for_each(|(_, reading)| *reading = None);
        assert!(write(&folder, &readings).is_empty());
        readings[PAGES] = (u128::MAX, Some(b"changed".to_vec()));
        assert_eq!(write(&folder, &readings), ["pages-1"]);
        let kept = Batch::read(&folder, 1);
        assert_eq!(kept.get(u128::MAX), Some(&b"changed"[..]));
        assert_eq!(kept.get(PAGES as u128), None);
        assert_eq!(kept.get(PAGES as u128 + 1), Some(&(PAGES as u128 + 1).to_le_bytes()[..]));
    }

    #[test]
    fn files_of_pages_that_are_gone_are_removed() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::of(dir.path().to_owned()).expect("a program");
        write(&folder, &readings(2 * PAGES + 1));
        let file = |name| dir.path().join(file_set::PRIVATE).join(name);
        assert!(file("pages-2").is_file());
        write(&folder, &readings(PAGES));
        assert!(file("pages-0").is_file() && !file("pages-1").exists() && !file("pages-2").exists());
    }
}

//! Sources of the bytes of an upload.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;

use bytes::Bytes;

use crate::transport::BoxFuture;

/// A source whose bytes can be read from any position, and repeatedly: a piece that was lost is
/// sent again.
///
/// ```
/// use std::io;
/// use std::ops::Range;
/// use edmark_runtime::{BoxFuture, Source, Bytes};
///
/// /// As many zeroes as asked for.
/// struct Zeroes(u64);
///
/// impl Source for Zeroes {
///     fn len(&self) -> u64 {
///         self.0
///     }
///     fn read(&self, range: Range<u64>) -> BoxFuture<'_, io::Result<Bytes>> {
///         Box::pin(async move { Ok(vec![0; (range.end - range.start) as usize].into()) })
///     }
/// }
/// ```
pub trait Source: Send + Sync {
    /// The number of bytes.
    fn len(&self) -> u64;

    /// Returns true if there are no bytes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes from `range.start` up to `range.end`, which is at most `len()`. If there are
    /// fewer, the upload fails.
    fn read(&self, range: Range<u64>) -> BoxFuture<'_, io::Result<Bytes>>;
}

impl Source for Bytes {
    fn len(&self) -> u64 {
        self.as_ref().len() as u64
    }
    fn read(&self, range: Range<u64>) -> BoxFuture<'_, io::Result<Bytes>> {
        let bytes = part(self, &range).map(|part| self.slice_ref(part));
        Box::pin(async move { bytes.ok_or_else(|| io::ErrorKind::UnexpectedEof.into()) })
    }
}

impl Source for Vec<u8> {
    fn len(&self) -> u64 {
        self.as_slice().len() as u64
    }
    fn read(&self, range: Range<u64>) -> BoxFuture<'_, io::Result<Bytes>> {
        Box::pin(async move {
            part(self, &range).map(Bytes::copy_from_slice).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        })
    }
}

fn part<'a>(bytes: &'a [u8], range: &Range<u64>) -> Option<&'a [u8]> {
    bytes.get(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?)
}

/// A file as the source of an upload.
///
/// It is read piece by piece. Reading blocks the thread for the time that a disk takes for some
/// megabytes. If that is too long, implement [`Source`] for the file type of the asynchronous
/// runtime instead.
#[derive(Debug)]
pub struct FileSource {
    file: Mutex<File>,
    length: u64,
}

impl FileSource {
    /// Opens a file. Its length is read once, so bytes that are appended later are not sent.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self { file: Mutex::new(file), length })
    }
}

impl Source for FileSource {
    fn len(&self) -> u64 {
        self.length
    }
    fn read(&self, range: Range<u64>) -> BoxFuture<'_, io::Result<Bytes>> {
        Box::pin(async move {
            let length =
                usize::try_from(range.end.saturating_sub(range.start)).map_err(|_| io::ErrorKind::OutOfMemory)?;
            // A panic of another thread does no harm, because each read sets the position first.
            let mut file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            file.seek(SeekFrom::Start(range.start))?;
            let mut bytes = vec![0; length];
            file.read_exact(&mut bytes)?;
            Ok(bytes.into())
        })
    }
}

//! The missing ranges of an upload, and the next piece to send.

use std::ops::Range;

/// The size of each piece except the last must be a multiple of this number of bytes: OneDrive and
/// SharePoint require it.
pub const PIECE_UNIT: u64 = 320 * 1024;

/// The ranges that have not arrived yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    /// In order, not overlapping or adjacent, not empty, and not beyond `total`.
    ranges: Vec<Range<u64>>,
}

impl Missing {
    /// The whole upload.
    pub(super) fn all(total: u64) -> Self {
        Self::from(0, total)
    }

    /// Everything from a position on.
    pub(super) fn from(start: u64, total: u64) -> Self {
        Self { ranges: std::iter::once(start..total).filter(|range| !range.is_empty()).collect() }
    }

    /// Reads the service's `nextExpectedRanges`: `0-25` with both ends included, `26-` up to the
    /// end.
    ///
    /// Returns the text as an error if it is not a range, or if the range begins beyond the end of
    /// the source.
    pub(super) fn expected<T: AsRef<str>>(total: u64, texts: &[T]) -> Result<Self, String> {
        let mut ranges = Vec::with_capacity(texts.len());
        for text in texts {
            let text = text.as_ref();
            ranges.push(parse(text, total).ok_or_else(|| text.chars().take(40).collect::<String>())?);
        }
        ranges.retain(|range| !range.is_empty());
        ranges.sort_by_key(|range| range.start);
        ranges.dedup_by(|next, previous| {
            let joins = next.start <= previous.end;
            if joins {
                previous.end = previous.end.max(next.end);
            }
            joins
        });
        Ok(Self { ranges })
    }

    /// The next piece: at most `piece` bytes from the first range.
    pub(super) fn next(&self, piece: u64) -> Option<Range<u64>> {
        let first = self.ranges.first()?;
        Some(first.start..first.end.min(first.start.saturating_add(piece)))
    }

    /// The number of missing bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.ranges.iter().map(|range| range.end - range.start).sum()
    }
}

fn parse(text: &str, total: u64) -> Option<Range<u64>> {
    // Mailboxes write only the start, without a dash: `26`.
    let (start, end) = text.split_once('-').unwrap_or((text, ""));
    let start: u64 = start.trim().parse().ok()?;
    let end = match end.trim() {
        "" => total,
        // The service may count to the end of a block, which may be beyond the end of the source.
        end => end.parse::<u64>().ok()?.saturating_add(1).min(total),
    };
    // A range that begins at the end of the source is empty.
    (start < end || start == total).then_some(start..end.max(start))
}

/// The header with the range of a piece (RFC 9110, section 14.4): `bytes 0-25/128`.
pub(super) fn content_range(range: &Range<u64>, total: u64) -> String {
    format!("bytes {}-{}/{total}", range.start, range.end.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_follow_each_other() {
        let total = 2 * PIECE_UNIT + 5;
        let mut missing = Missing::all(total);
        let mut sent = Vec::new();
        while let Some(piece) = missing.next(PIECE_UNIT) {
            sent.push(content_range(&piece, total));
            missing = Missing::from(piece.end, total);
        }
        assert_eq!(sent, ["bytes 0-327679/655365", "bytes 327680-655359/655365", "bytes 655360-655364/655365"]);
        assert_eq!(missing.bytes(), 0);
        assert_eq!(Missing::all(0).next(PIECE_UNIT), None);
    }

    #[test]
    fn reads_what_the_service_expects() {
        let read = |texts: &[&str]| {
            Missing::expected(100, texts)
                .map(|missing| missing.ranges.iter().map(|range| (range.start, range.end)).collect::<Vec<_>>())
        };
        assert_eq!(read(&["26-"]), Ok(vec![(26, 100)]));
        assert_eq!(read(&["26"]), Ok(vec![(26, 100)]));
        assert_eq!(read(&["0-9", "50-59"]), Ok(vec![(0, 10), (50, 60)]));
        assert_eq!(read(&["50-59", "0-9", "5-20"]), Ok(vec![(0, 21), (50, 60)]));
        assert_eq!(read(&["90-4000"]), Ok(vec![(90, 100)]));
        assert_eq!(read(&[]), Ok(vec![]));
        assert_eq!(read(&["100-"]), Ok(vec![]));
        for wrong in ["", "-", "a-b", "9-3", "101-", "-5", "18446744073709551616-"] {
            assert_eq!(read(&[wrong]), Err(wrong.to_owned()));
        }
        assert_eq!(read(&["0-18446744073709551615"]), Ok(vec![(0, 100)]));
    }
}

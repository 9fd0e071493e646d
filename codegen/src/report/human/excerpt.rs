//! The part of a file that a diagnostic shows: the lines of its places.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Positions;
use crate::source::Span;

/// Several lines of a file as a text of its own.
pub(super) struct Excerpt {
    /// The lines. Each is complete up to the end of its places and cut after them (the renderer
    /// shortens it to the width). Lines between that need not be shown are empty.
    pub(super) text: String,
    /// The number of the first line.
    pub(super) first_line: usize,
    /// The places in `text`, in the order of the spans.
    pub(super) ranges: Vec<Range<usize>>,
}

impl Excerpt {
    /// Makes an excerpt of the lines of `spans`, which must be in one file. Each place is cut to
    /// its first line and half of `width` characters.
    pub(super) fn new(spans: &[Span], positions: &Positions<'_>, width: usize) -> Self {
        let mut lines: BTreeMap<usize, Vec<(usize, Span)>> = BTreeMap::new();
        for (index, span) in spans.iter().enumerate() {
            let line = positions.line(span.file, span.start);
            lines.entry(line).or_default().push((index, *span));
        }
        let first_line = lines.keys().next().copied().unwrap_or(1);
        let mut excerpt = Excerpt { text: String::new(), first_line, ranges: vec![0..0; spans.len()] };
        let mut next = first_line;
        for (line, places) in lines {
            let file = places[0].1.file;
            // The renderer shows a few lines between two places and leaves out many.
            for between in next..line {
                if line - next <= 4 {
                    let text = positions.text(file, between).1;
                    excerpt.text += &text[..forward(text, 0, 2 * width)];
                }
                excerpt.text.push('\n');
            }
            let (offset, text) = positions.text(file, line);
            let start = excerpt.text.len();
            let mut shown = 0;
            for (index, span) in places {
                let range = clip(text, span.range(), offset as usize, width / 2);
                shown = shown.max(forward(text, range.end, 2 * width));
                excerpt.ranges[index] = start + range.start..start + range.end;
            }
            excerpt.text += &text[..shown];
            excerpt.text.push('\n');
            next = line + 1;
        }
        excerpt
    }
}

/// The part of `range` within the line at `offset`, relative to the line: at character boundaries,
/// and at most `width` characters.
fn clip(line: &str, range: Range<usize>, offset: usize, width: usize) -> Range<usize> {
    let bound = |at: usize| {
        let mut at = at.saturating_sub(offset).min(line.len());
        while !line.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = bound(range.start);
    start..bound(range.end).clamp(start, forward(line, start, width))
}

/// The offset `count` characters after `start`, or the end of the line.
fn forward(line: &str, start: usize, count: usize) -> usize {
    line[start..].char_indices().nth(count).map_or(line.len(), |(index, _)| start + index)
}

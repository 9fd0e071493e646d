//! Functions that edit texts and pieces.

use std::borrow::Cow;

use pulldown_cmark::CowStr;

use crate::page::{Piece, PieceKind};

pub(super) fn cow(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        text => Cow::Owned(text.into_string()),
    }
}

pub(super) fn append<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if text.is_empty() {
        *text = more;
    } else if !more.is_empty() {
        text.to_mut().push_str(&more);
    }
}

/// Joins plain pieces that were separated by an include.
pub(super) fn merge(pieces: &mut Vec<Piece>) {
    pieces.dedup_by(|next, last| match (&mut last.kind, &mut next.kind) {
        (PieceKind::Plain(text), PieceKind::Plain(more))
            if last.strong == next.strong && last.span.file == next.span.file && last.span.end <= next.span.start =>
        {
            append(text, std::mem::take(more));
            last.span.end = next.span.end;
            true
        }
        _ => false,
    });
}

/// Removes blanks from both ends of the text.
pub(super) fn trim(pieces: &mut Vec<Piece>) {
    if let Some(Piece { span, kind: PieceKind::Plain(text), .. }) = pieces.last_mut() {
        let cut = text.len() - text.trim_ascii_end().len();
        if cut > 0 {
            let end = text.len() - cut;
            if span.range().len() == text.len() {
                span.end -= cut as u32;
            }
            match text {
                Cow::Borrowed(text) => *text = &text[..end],
                Cow::Owned(text) => text.truncate(end),
            }
            if end == 0 {
                pieces.pop();
            }
        }
    }
    if let Some(Piece { span, kind: PieceKind::Plain(text), .. }) = pieces.first_mut() {
        let cut = text.len() - text.trim_ascii_start().len();
        if cut > 0 {
            if span.range().len() == text.len() {
                span.start += cut as u32;
            }
            match text {
                Cow::Borrowed(text) => *text = &text[cut..],
                Cow::Owned(text) => drop(text.drain(..cut)),
            }
            if text.is_empty() {
                pieces.remove(0);
            }
        }
    }
}

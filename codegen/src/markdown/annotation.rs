//! Mends slips in the comment that annotates a code block: `{ "blockTyp": "resorce" }`.

use std::borrow::Cow;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json::ValueKind;
use crate::nearest::{hint, is_slip};
use crate::page::Comment;
use crate::source::Span;
use crate::vocabulary::AnnotationKey;

/// Keys that are not read, and could be taken for slips of those that are.
const OTHERS: [&str; 2] = ["@type.aka", "type"];

/// The kinds of blocks that are read.
const BLOCK_TYPES: [&str; 3] = ["resource", "request", "response"];

/// Replaces misspelt keys and kinds of blocks by what is meant, and reports them.
pub(super) fn mend(comment: &mut Comment<'_>, diagnostics: &mut Diagnostics) {
    let Some(json) = &mut comment.json else { return };
    let ValueKind::Object(members) = &mut json.value.kind else { return };
    let stated: Vec<_> = members.iter().map(|(key, _)| key.value.clone()).collect();
    for (key, value) in members {
        if !OTHERS.contains(&key.value.as_ref())
            && let Some(meant) = slip(&key.value, keys()).filter(|meant| !stated.iter().any(|key| key == meant))
        {
            diagnostics.push(misspelt(&key.value, meant, key.span));
            key.value = Cow::Borrowed(meant);
        }
        if key.value == AnnotationKey::BlockType.name()
            && let ValueKind::String(said) = &mut value.kind
            && let Some(meant) = slip(said, BLOCK_TYPES.into_iter())
        {
            diagnostics.push(misspelt(said, meant, value.span));
            *said = Cow::Borrowed(meant);
        }
    }
}

fn keys() -> impl Iterator<Item = &'static str> + Clone {
    AnnotationKey::ALL.iter().map(|key| key.name())
}

/// The word that another one is a misspelling of, in letter case as well.
fn slip(said: &str, mut known: impl Iterator<Item = &'static str> + Clone) -> Option<&'static str> {
    if known.clone().any(|known| known == said) {
        return None;
    }
    known.find(|known| is_slip(said, known))
}

fn misspelt(said: &str, meant: &str, span: Span) -> Diagnostic {
    let message = format!("`{said}` means nothing in the comment of a block{}", hint(Some(meant)));
    Diagnostic::new(Code::CommentInvalid, span, message).label(format!("read as `{meant}`")).help("correct the comment")
}

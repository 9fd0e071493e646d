//! The rule for which paths of URLs fit a template such as `/users/{id}/messages`.
//!
//! The rule is lenient: keys may stand in parentheses or in a segment, names of operations and
//! types may lack their namespace, and upper and lower case are the same. What each segment of the
//! template takes of the path is returned as well, so that a caller can be stricter.

mod fit;
mod token;

use std::ops::Range;

pub(crate) use self::fit::Fit;
use self::fit::stands_before_path;
#[cfg(any(feature = "package", feature = "surface"))]
pub(crate) use self::token::decode;
pub(crate) use self::token::{Token, tokens, written};
use crate::schema::operation::Segment;

/// The tokens that a segment of a template stands for.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) tokens: Range<usize>,
    /// The values of the segment's placeholders, as they are written; `None` for one that is left
    /// out.
    pub(crate) values: Vec<Option<String>>,
    pub(crate) form: Form,
}

/// The form of a segment, compared with the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    AsDescribed,
    /// An argument has another value than the one that the template prescribes.
    OtherValue,
    /// A call without parentheses, although the template has arguments. They stand in the query
    /// (OData URL Conventions 4.01, 4.5.2), or are still missing.
    WithoutArguments,
}

/// Returns true if the placeholder at an index of the template may be left out.
pub(crate) type MayLack<'a> = &'a dyn Fn(usize) -> bool;

/// The tokens that each segment of a template takes from a position on, up to the first segment
/// that does not fit.
pub(crate) fn follow(template: &[Segment], may_lack: MayLack<'_>, tokens: &[Token], position: usize) -> Vec<Taken> {
    let mut placeholders = 0;
    let mut position = position;
    let mut all = Vec::new();
    for segment in template {
        let is_before_path = !all.is_empty() && is_before_path(tokens, position);
        let before = placeholders;
        let may_lack = |index: usize| may_lack(before + index);
        let fit = Fit { may_lack: &may_lack, tokens, is_before_path };
        let Some(taken) = fit.of(segment, position) else { break };
        placeholders += taken.values.len();
        position = taken.tokens.end;
        all.push(taken);
    }
    all
}

/// Returns true if a path has all segments of a template, and no more. A call may lack its
/// arguments if `can_be_bare` allows it for the name of the operation.
pub(crate) fn fits(template: &[Segment], tokens: &[Token], can_be_bare: impl Fn(&str) -> bool) -> bool {
    let taken = follow(template, &|_| false, tokens, 0);
    let is_complete = |(segment, taken): (&Segment, &Taken)| match segment {
        Segment::Call { name, .. } => taken.form != Form::WithoutArguments || can_be_bare(name),
        _ => true,
    };
    taken.len() == template.len()
        && taken.last().map_or(0, |last| last.tokens.end) == tokens.len()
        && template.iter().zip(&taken).all(is_complete)
}

/// Returns true if the segment before a position ends with a colon, so that the path of a file
/// follows: `root:`.
pub(crate) fn is_before_path(tokens: &[Token], position: usize) -> bool {
    position > 0 && stands_before_path(tokens, position - 1)
}

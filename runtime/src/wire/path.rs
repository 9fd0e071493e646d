//! Where in a document the reader is, and the errors that say so.
//!
//! Nothing is recorded while all goes well: an error collects the path on its way out, segment by
//! segment, and is worded once, by the outermost call.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use super::read::Filled;
use super::strict::is_strict;
use crate::Json;

/// The nesting that serde_json allows; formats that allow more are held to the same.
const DEEPEST: usize = 128;

/// What a read keeps beside the values.
#[derive(Default)]
pub(super) struct Context {
    depth: usize,
    /// Whether a value that its place does not take is kept as it is, instead of an error. So is
    /// what is nested too deep.
    pub(super) keeps_misfits: bool,
    /// Down to this level, a value that its place does not take is an error: that of the document,
    /// or that of the items in it.
    envelope: usize,
    /// What a place could not hold ([`Filled::Untyped`]), until the place's owner takes it.
    pub(super) untyped: Json,
    /// Innermost first.
    path: Vec<Segment>,
    /// Whether the error on its way out is one of ours; the format's own keep their kind (`is_eof`)
    /// and are not reworded.
    ours: bool,
}

pub(super) enum Segment {
    Property(&'static str),
    Index(usize),
}

impl Context {
    /// Of a read without errors.
    pub(super) fn keeping_misfits() -> Self {
        Self { keeps_misfits: true, ..Self::default() }
    }

    /// Of an object whose members, or the items in them, are what was asked for.
    pub(super) fn of_envelope() -> Self {
        Self { envelope: 2, ..Self::default() }
    }

    /// Goes one level down, for as long as `leave` is not called.
    #[inline]
    pub(super) fn enter<E: de::Error>(&mut self) -> Result<(), E> {
        if self.depth >= DEEPEST {
            self.ours = true;
            return Err(E::custom(format_args!("nested more than {DEEPEST} levels deep")));
        }
        self.depth += 1;
        Ok(())
    }

    /// Whether a level more must be kept as it is.
    #[inline]
    pub(super) fn is_too_deep(&self) -> bool {
        self.keeps_misfits && self.depth >= DEEPEST
    }

    #[inline]
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Keeps what a place could not hold.
    #[cold]
    pub(super) fn untyped(&mut self, value: Json) -> Filled {
        self.untyped = value;
        Filled::Untyped
    }

    /// Adds the place that an error passes.
    #[cold]
    pub(super) fn passing(&mut self, segment: Segment) {
        self.path.push(segment);
    }

    /// Whether a value that its place does not take is an error. The document as a whole has
    /// nowhere to be kept.
    #[cold]
    pub(super) fn refuses(&self) -> bool {
        !self.keeps_misfits && (self.depth <= self.envelope || is_strict())
    }

    /// Whether a value that can only mean one thing is read as that: not where a value was read
    /// before and goes on as it is.
    #[cold]
    pub(super) fn adapts(&self) -> bool {
        !self.keeps_misfits
    }

    /// A value that the place does not take.
    #[cold]
    pub(super) fn mismatch<E: de::Error>(&mut self, found: Unexpected<'_>, expected: &dyn Expected) -> E {
        self.ours = true;
        match found {
            Unexpected::Str(text) => E::invalid_type(Unexpected::Other(&Excerpt(text).to_string()), expected),
            found => E::invalid_type(found, expected),
        }
    }

    /// Words an error of ours with its path.
    #[cold]
    pub(super) fn word<E: de::Error>(&self, error: E) -> E {
        // `serde_json::Error::custom` finds the line and column at the end of the text and keeps
        // them.
        if self.ours && !self.path.is_empty() {
            E::custom(format_args!("{}: {error}", Path(&self.path)))
        } else {
            error
        }
    }
}

/// The beginning of a text: an error must not repeat a megabyte.
struct Excerpt<'a>(&'a str);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 40;
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "string {:?} and {} bytes more", &self.0[..end], self.0.len() - end),
            None => write!(f, "string {:?}", self.0),
        }
    }
}

/// Prints segments outermost first: `value[3].owner["@odata.id"]`.
struct Path<'a>(&'a [Segment]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().rev().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Property(name) if name.contains(['@', '.', '[']) => write!(f, "[{name:?}]")?,
                Segment::Property(name) if position == 0 => f.write_str(name)?,
                Segment::Property(name) => write!(f, ".{name}")?,
            }
        }
        Ok(())
    }
}

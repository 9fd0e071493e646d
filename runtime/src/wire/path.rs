//! The position of the reader in a document, and errors with that position.
//!
//! Nothing is recorded while reading succeeds. An error collects the path segment by segment while
//! it is returned, and the outermost call adds the path to its message.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use super::read::Filled;
use super::strict::is_strict;
use crate::Json;
use crate::additional::Buffer;

/// The maximum nesting of serde_json. It applies to all formats.
const DEEPEST: usize = 128;

/// The state of a read, apart from the values.
#[derive(Default)]
pub(super) struct Context {
    pub(super) depth: usize,
    /// True if a value that its place does not accept is kept as JSON instead of being an error. A
    /// value that is nested too deep is kept, too.
    pub(super) keeps_misfits: bool,
    /// Down to this level, a value that its place does not accept is an error: 0 for the document
    /// itself, 2 for the items in an envelope.
    envelope: usize,
    /// A value that a place could not hold ([`Filled::Untyped`]), until the owner of the place
    /// takes it.
    pub(super) untyped: Json,
    /// The members of the objects that are being read which are not properties, those of an inner
    /// object behind those of the outer one.
    pub(super) kept: Buffer,
    /// The path of an error; the innermost segment is the first.
    path: Vec<Segment>,
    /// True if the current error was created here. Errors of the format are not changed, so that
    /// they keep their kind (`is_eof`).
    ours: bool,
}

pub(super) enum Segment {
    Property(&'static str),
    Index(usize),
}

impl Context {
    /// The state of a read that keeps all values that do not fit.
    pub(super) fn keeping_misfits() -> Self {
        Self { keeps_misfits: true, ..Self::default() }
    }

    /// The state of a read of an envelope, whose members or items must be of the expected type.
    pub(super) fn of_envelope() -> Self {
        Self { envelope: 2, ..Self::default() }
    }

    /// Enters the next level, until `leave` is called.
    #[inline]
    pub(super) fn enter<E: de::Error>(&mut self) -> Result<(), E> {
        if self.depth >= DEEPEST {
            self.ours = true;
            return Err(E::custom(format_args!("nested more than {DEEPEST} levels deep")));
        }
        self.depth += 1;
        Ok(())
    }

    /// Returns true if the next level is too deep and has to be kept as JSON.
    #[inline]
    pub(super) fn is_too_deep(&self) -> bool {
        self.keeps_misfits && self.depth >= DEEPEST
    }

    #[inline]
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Keeps a value that a place could not hold.
    #[cold]
    pub(super) fn untyped(&mut self, value: Json) -> Filled {
        self.untyped = value;
        Filled::Untyped
    }

    /// Adds a segment to the path of an error that is being returned.
    #[cold]
    pub(super) fn passing(&mut self, segment: Segment) {
        self.path.push(segment);
    }

    /// Returns true if a value that its place does not accept is an error. For the document itself
    /// it always is, because there is no place to keep it.
    #[cold]
    pub(super) fn refuses(&self) -> bool {
        !self.keeps_misfits && (self.depth <= self.envelope || is_strict())
    }

    /// Returns true if an unambiguous value of another type is converted, such as a string of
    /// digits for a number. A value that was read before is moved without such conversions.
    #[cold]
    pub(super) fn adapts(&self) -> bool {
        !self.keeps_misfits
    }

    /// The error of a value that the place does not accept.
    #[cold]
    pub(super) fn mismatch<E: de::Error>(&mut self, found: Unexpected<'_>, expected: &dyn Expected) -> E {
        self.ours = true;
        match found {
            Unexpected::Str(text) => E::invalid_type(Unexpected::Other(&Excerpt(text).to_string()), expected),
            found => E::invalid_type(found, expected),
        }
    }

    /// Adds the path to the message of an error that was created here.
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

/// The beginning of a text, so that an error does not repeat a megabyte.
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

//! Values without parts, as the reader hands them over.

use serde::de::Unexpected;

use crate::{Json, Value};

/// A JSON value without parts, but for null.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Primitive<'a> {
    /// `true` or `false`
    Bool(bool),
    /// A negative integer, or one from a format that has signed integers only.
    Int(i64),
    /// An integer.
    UInt(u64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// A number by its text, for values that keep all digits.
    Number(&'a str),
    /// A string.
    Str(&'a str),
}

impl<'a> Primitive<'a> {
    /// As serde's errors name it.
    pub(crate) fn unexpected(self) -> Unexpected<'a> {
        match self {
            Self::Bool(value) => Unexpected::Bool(value),
            Self::Int(value) => Unexpected::Signed(value),
            Self::UInt(value) => Unexpected::Unsigned(value),
            Self::Float(value) => Unexpected::Float(value),
            Self::Number(text) => Unexpected::Other(text),
            Self::Str(text) => Unexpected::Str(text),
        }
    }
}

impl From<Primitive<'_>> for Json {
    fn from(value: Primitive<'_>) -> Self {
        match value {
            Primitive::Bool(value) => value.into(),
            Primitive::Int(value) => value.into(),
            Primitive::UInt(value) => value.into(),
            Primitive::Float(value) => value.into(),
            Primitive::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
            Primitive::Str(text) => text.into(),
        }
    }
}

/// The place of a value without parts.
pub trait Scalar {
    /// What the place takes, for an error: `a string`, `a 32-bit integer`.
    fn expected(&self) -> &'static str;
    /// Takes a value; says whether it did.
    fn set(&mut self, value: Primitive<'_>) -> bool;
    /// Empties the place, if it can be empty.
    fn clear(&mut self) {}
}

/// A place that may still be empty takes what a filled one takes.
impl<T: Value + Scalar> Scalar for Option<T> {
    #[inline]
    fn expected(&self) -> &'static str {
        T::blank().expected()
    }
    #[inline]
    fn set(&mut self, value: Primitive<'_>) -> bool {
        self.insert(T::blank()).set(value)
    }
    #[inline]
    fn clear(&mut self) {
        *self = None;
    }
}

//! JSON values other than objects and arrays, as the reader passes them on.

use serde::de::Unexpected;

use crate::{Json, Value};

/// A JSON value that is not an object, an array or null.
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
    /// A number as a text, for types that keep all digits.
    Number(&'a str),
    /// A string.
    Str(&'a str),
}

impl<'a> Primitive<'a> {
    /// The value as serde's error messages name it.
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

/// A place in a value that the reader fills with a [`Primitive`].
pub trait Scalar {
    /// A description of the accepted values for errors: `a string`, `a 32-bit integer`.
    fn expected(&self) -> &'static str;
    /// Stores a value. Returns false if the type does not accept it.
    fn set(&mut self, value: Primitive<'_>) -> bool;
    /// Removes the value, if the place can be empty.
    fn clear(&mut self) {}
}

/// An optional value accepts the same values as its type.
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

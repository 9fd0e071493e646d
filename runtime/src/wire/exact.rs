//! Numbers that would be rounded: `Edm.Int64` and `Edm.Decimal`, and numbers in members that are
//! not documented.
//!
//! serde passes numbers as doubles or 64-bit integers. To keep every digit, the reader asks
//! serde_json for the text of a value, as its `RawValue` does. Other formats ignore this and pass
//! the value as usual.

use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::read::{Fill, Filled};
use super::scoped;
use crate::additional::{Buffer, RAW};
use crate::{Json, Primitive};

thread_local! {
    /// True while `Edm.Int64` and `Edm.Decimal` are written as strings (`IEEE754Compatible=true`;
    /// OData JSON 4.01, section 3.2).
    static STRINGS: Cell<bool> = const { Cell::new(false) };
}

/// Runs a function that writes values, with `Edm.Int64` and `Edm.Decimal` as strings.
pub(crate) fn as_strings<T>(write: impl FnOnce() -> T) -> T {
    scoped::with(&STRINGS, write)
}

/// Returns true while `Edm.Int64` and `Edm.Decimal` are written as strings.
pub(crate) fn are_strings() -> bool {
    STRINGS.get()
}

/// Keeps a member with its value as the text that was sent. A value of another format than JSON is
/// converted.
pub(super) struct Keep<'k> {
    pub(super) kept: &'k mut Buffer,
    pub(super) name: &'k str,
}

impl<'de> DeserializeSeed<'de> for Keep<'_> {
    type Value = ();
    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct(RAW, self)
    }
}

impl<'de> Visitor<'de> for Keep<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.kept.push_json(self.name, &Json::deserialize(deserializer)?);
        Ok(())
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        members.next_key::<IgnoredAny>()?;
        members.next_value_seed(Sent(|text: &str| self.kept.sent(self.name, text)))
    }
}

/// Fills an `Edm.Decimal`.
pub(super) struct FillDecimal<'s, 'c>(pub(super) Fill<'s, 'c>);

impl<'de> Visitor<'de> for FillDecimal<'_, '_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        deserializer.deserialize_any(self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Filled, A::Error> {
        members.next_key::<IgnoredAny>()?;
        members.next_value_seed(Sent(|text: &str| {
            if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
                return self.0.scalar(Primitive::Number(text));
            }
            match serde_json::from_slice(text.as_bytes())? {
                Json::Null => self.0.visit_unit(),
                Json::Bool(value) => self.0.visit_bool(value),
                Json::String(text) => self.0.visit_str(&text),
                json => {
                    let found = if json.is_object() { "an object" } else { "an array" };
                    self.0.misfit(found, || Ok(json))
                }
            }
        }))
    }
}

/// Passes the text of a value to a function.
struct Sent<F>(F);

impl<'de, T, F: FnOnce(&str) -> Result<T, serde_json::Error>> DeserializeSeed<'de> for Sent<F> {
    type Value = T;
    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> Result<T, serde_json::Error>> Visitor<'_> for Sent<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a JSON value")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

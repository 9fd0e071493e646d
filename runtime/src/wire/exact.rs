//! Numbers that would be rounded: `Edm.Int64` and `Edm.Decimal`, and numbers in members that are
//! not documented.
//!
//! serde passes numbers as doubles or 64-bit integers. To keep every digit, the reader asks
//! serde_json for the text of a value, as [`RawValue`] does. Other formats ignore this and pass the
//! value as usual.

use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::read::{Fill, Filled};
use super::scoped;
use crate::{Json, Primitive};

/// The name with which serde_json recognizes that the text of a value is wanted.
pub(super) const TEXT: &str = "$serde_json::private::RawValue";

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

/// Reads a value as JSON, and stores its text if the JSON had to be rounded.
pub(super) struct ExactJson<'t>(pub(super) &'t mut Option<Box<RawValue>>);

impl<'de> DeserializeSeed<'de> for ExactJson<'_> {
    type Value = Json;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_newtype_struct(TEXT, self)
    }
}

impl<'de> Visitor<'de> for ExactJson<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        Json::deserialize(deserializer)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        members.next_key::<IgnoredAny>()?;
        members.next_value_seed(Text(|text: &str| {
            let (json, exact) = parse(text)?;
            if !exact {
                *self.0 = RawValue::from_string(text.to_owned()).ok();
            }
            Ok(json)
        }))
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
        let mut number = None;
        let json = members.next_value_seed(Text(|text: &str| {
            if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
                number = Some(text.to_owned());
                return Ok(Json::Null);
            }
            parse(text).map(|(json, _)| json)
        }))?;
        match number {
            Some(number) => self.0.scalar(Primitive::Number(&number)),
            None => self.0.kept(json).map_err(de::Error::custom),
        }
    }
}

/// Passes a text to a function.
struct Text<F>(F);

impl<'de, F: FnOnce(&str) -> Result<Json, serde_json::Error>> DeserializeSeed<'de> for Text<F> {
    type Value = Json;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<F: FnOnce(&str) -> Result<Json, serde_json::Error>> Visitor<'_> for Text<F> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a JSON value")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Json, E> {
        (self.0)(text).map_err(E::custom)
    }
}

/// The JSON value of a text, and true if none of its numbers had to be rounded.
fn parse(text: &str) -> Result<(Json, bool), serde_json::Error> {
    // A shortcut for a string without escapes, which is the most common kind: serde_json has
    // checked it already.
    if let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))
        && !inner.contains('\\')
    {
        return Ok((inner.into(), true));
    }
    Ok((serde_json::from_str(text)?, is_exact(text)))
}

/// Returns true if every number in a JSON text is written with the same digits after it was read.
pub(super) fn is_exact(text: &str) -> bool {
    /// The maximum number of digits of an integer that surely fits into 64 bits.
    const SHORT: usize = 18;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at += 1;
                while let Some(&byte) = bytes.get(at)
                    && byte != b'"'
                {
                    at += if byte == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            b'-' | b'0'..=b'9' => {
                let of_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
                let end =
                    bytes[at..].iter().position(|byte| !of_number(byte)).map_or(bytes.len(), |length| at + length);
                let number = &text[at..end];
                let short = number.len() <= SHORT && !number.contains(['.', 'e', 'E']);
                if !short && !prints_again(number) {
                    return false;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    true
}

/// Returns true if a number is written with the same text after it was read.
pub(super) fn prints_again(number: &str) -> bool {
    super::write::number(number).is_some_and(|read| read.to_string() == number)
}

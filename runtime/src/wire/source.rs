//! The sources of the members of an object: any serde format, or members that were kept.

use std::fmt;

use serde::Deserialize as _;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Map;

use super::exact::Keep;
use super::path::Context;
use super::read::{Fill, FillText, Filled, Place};
use crate::additional::{Buffer, Member, Members, Text};
use crate::{Json, Slot};

/// The members of an object, one by one: first a name, then its value, either with `fill` or with
/// `keep`.
pub(super) trait Object: Sized {
    type Error: de::Error;
    fn name(&mut self) -> Result<Option<&str>, Self::Error>;
    fn fill(&mut self, slot: Slot<'_>, context: &mut Context) -> Result<Filled, Self::Error>;
    /// Keeps the member whose name was taken last.
    fn keep(&mut self, kept: &mut Buffer) -> Result<(), Self::Error>;
    /// Keeps the value that was read last, which the property of this name could not hold.
    fn keep_misfit(&mut self, kept: &mut Buffer, name: &str, value: &Json) {
        kept.push_json(name, value);
    }
    /// All members as JSON. It is called before any was taken.
    fn whole(self) -> Result<Json, Self::Error>;
}

/// An object of a serde format.
pub(super) struct FormatObject<'de, A: MapAccess<'de>> {
    members: A,
    /// The name that was taken last. None if it cannot be borrowed and is in `copied`.
    name: Option<&'de str>,
    copied: String,
}

impl<'de, A: MapAccess<'de>> FormatObject<'de, A> {
    pub(super) fn new(members: A) -> Self {
        Self { members, name: None, copied: String::new() }
    }
}

impl<'de, A: MapAccess<'de>> Object for FormatObject<'de, A> {
    type Error = A::Error;
    #[inline]
    fn name(&mut self) -> Result<Option<&str>, A::Error> {
        let Some(name) = self.members.next_key_seed(Name(&mut self.copied))? else { return Ok(None) };
        self.name = name;
        Ok(Some(name.unwrap_or(&self.copied)))
    }
    #[inline]
    fn fill(&mut self, slot: Slot<'_>, context: &mut Context) -> Result<Filled, A::Error> {
        match slot {
            Slot::String(place) => self.members.next_value_seed(FillText { place, context }),
            Slot::Scalar(place) => self.members.next_value_seed(FillText { place, context }),
            slot => self.members.next_value_seed(Fill { place: Place::Member(slot), context }),
        }
    }
    #[inline]
    fn keep(&mut self, kept: &mut Buffer) -> Result<(), A::Error> {
        self.members.next_value_seed(Keep { kept, name: self.name.unwrap_or(&self.copied) })
    }
    fn whole(self) -> Result<Json, A::Error> {
        Json::deserialize(MapAccessDeserializer::new(self.members))
    }
}

/// Reads the name of a member. The name is looked up by the caller, which keeps this function so
/// small that it is inlined there.
struct Name<'c>(&'c mut String);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    /// The name, if it can be borrowed; otherwise it was copied.
    type Value = Option<&'de str>;
    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name<'_> {
    type Value = Option<&'de str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    #[inline]
    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Some(name))
    }

    /// A name with escapes, or one of a document that is read piece by piece.
    #[inline(never)]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        name.clone_into(self.0);
        Ok(None)
    }
}

/// Members that were kept.
pub(super) struct KeptObject<'a> {
    members: Members<'a>,
    last: Member<'a>,
}

impl<'a> KeptObject<'a> {
    pub(super) fn new(members: Members<'a>) -> Self {
        Self { members, last: Member::default() }
    }
}

impl Object for KeptObject<'_> {
    type Error = serde_json::Error;
    fn name(&mut self) -> Result<Option<&str>, Self::Error> {
        let Some(member) = self.members.next() else { return Ok(None) };
        self.last = member;
        Ok(Some(member.name()))
    }
    fn fill(&mut self, slot: Slot<'_>, context: &mut Context) -> Result<Filled, Self::Error> {
        let (depth, length) = (context.depth, context.kept.len());
        let fill = Fill { place: Place::Member(slot), context };
        let filled = match self.last.value() {
            Text::String(text) => fill.visit_str(text),
            Text::Json(text) => fill.deserialize(&mut serde_json::Deserializer::from_slice(text.as_bytes())),
        };
        // Only a value that a program has nested too deep for a reader is an error.
        Ok(filled.unwrap_or_else(|_| {
            context.depth = depth;
            context.kept.truncate(length);
            Filled::Untyped
        }))
    }
    fn keep(&mut self, kept: &mut Buffer) -> Result<(), Self::Error> {
        kept.append(self.last.whole);
        Ok(())
    }
    fn keep_misfit(&mut self, kept: &mut Buffer, _: &str, _: &Json) {
        kept.append(self.last.whole);
    }
    fn whole(self) -> Result<Json, Self::Error> {
        let mut map = Map::new();
        for member in self.members {
            map.insert(member.name().to_owned(), member.value().parse());
        }
        Ok(Json::Object(map))
    }
}

//! The sources of the members of an object: any serde format, or members that were kept.

use std::marker::PhantomData;

use serde::Deserialize as _;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, DeserializeSeed as _, MapAccess, Visitor as _};
use serde_json::Map;

use super::exact::Keep;
use super::members::{Key, KeySeed};
use super::path::Context;
use super::read::{Fill, FillText, Filled, Place};
use crate::additional::{Begun, Buffer, Members, Text};
use crate::{Json, Slot};

/// The members of an object, one by one: first a key, then its value, either with `fill` or with
/// `keep`.
pub(super) trait Object: Sized {
    type Error: de::Error;
    fn key(&mut self, seed: KeySeed<'_>) -> Result<Option<Key>, Self::Error>;
    fn fill(&mut self, slot: Slot<'_>, context: &mut Context) -> Result<Filled, Self::Error>;
    /// Keeps the value of a member whose name was kept.
    fn keep(&mut self, kept: &mut Buffer, begun: Begun) -> Result<(), Self::Error>;
    /// Keeps the value that was read last, which its place could not hold.
    fn keep_misfit(&mut self, kept: &mut Buffer, begun: Begun, value: &Json) {
        kept.json(&begun, value);
    }
    /// All members as JSON. It is called before any was taken.
    fn whole(self) -> Result<Json, Self::Error>;
}

/// An object of a serde format.
pub(super) struct FormatObject<'de, A: MapAccess<'de>> {
    members: A,
    marker: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> FormatObject<'de, A> {
    pub(super) fn new(members: A) -> Self {
        Self { members, marker: PhantomData }
    }
}

impl<'de, A: MapAccess<'de>> Object for FormatObject<'de, A> {
    type Error = A::Error;
    #[inline]
    fn key(&mut self, seed: KeySeed<'_>) -> Result<Option<Key>, A::Error> {
        self.members.next_key_seed(seed)
    }
    #[inline]
    fn fill(&mut self, slot: Slot<'_>, context: &mut Context) -> Result<Filled, A::Error> {
        match slot {
            Slot::String(place) => self.members.next_value_seed(FillText { place, context }),
            slot => self.members.next_value_seed(Fill { place: Place::Member(slot), context }),
        }
    }
    #[inline]
    fn keep(&mut self, kept: &mut Buffer, begun: Begun) -> Result<(), A::Error> {
        self.members.next_value_seed(Keep(kept, begun))
    }
    fn whole(self) -> Result<Json, A::Error> {
        Json::deserialize(MapAccessDeserializer::new(self.members))
    }
}

/// Members that were kept.
pub(super) struct KeptObject<'a> {
    members: Members<'a>,
    value: Text<'a>,
}

impl<'a> KeptObject<'a> {
    pub(super) fn new(members: Members<'a>) -> Self {
        Self { members, value: Text::NULL }
    }
}

impl Object for KeptObject<'_> {
    type Error = serde_json::Error;
    fn key(&mut self, seed: KeySeed<'_>) -> Result<Option<Key>, Self::Error> {
        let Some(member) = self.members.next() else { return Ok(None) };
        self.value = member.value();
        seed.visit_str(member.name()).map(Some)
    }
    fn fill(&mut self, slot: Slot<'_>, context: &mut Context) -> Result<Filled, Self::Error> {
        let (depth, length) = (context.depth, context.kept.len());
        let fill = Fill { place: Place::Member(slot), context };
        let filled = match self.value {
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
    fn keep(&mut self, kept: &mut Buffer, begun: Begun) -> Result<(), Self::Error> {
        kept.value(&begun, self.value);
        Ok(())
    }
    fn keep_misfit(&mut self, kept: &mut Buffer, begun: Begun, _: &Json) {
        kept.value(&begun, self.value);
    }
    fn whole(self) -> Result<Json, Self::Error> {
        let mut map = Map::new();
        for member in self.members {
            map.insert(member.name().to_owned(), member.value().parse());
        }
        Ok(Json::Object(map))
    }
}

//! The sources of the reader's members and elements: any serde format, or JSON that was kept.
//!
//! JSON that was kept is not read through serde, because the reader would be compiled once more,
//! together with serde_json's own reader.

use std::marker::PhantomData;
use std::vec;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Map;
use serde_json::value::RawValue;

use super::exact::ExactJson;
use super::members::{Key, KeySeed};
use super::read::{Fill, Filled};
use crate::Json;
use crate::additional::Member;

/// The members of an object, one by one: first a key, then its value, either with `fill` or as
/// JSON.
pub(super) trait Object: Sized {
    type Error: de::Error;
    fn key(&mut self, seed: KeySeed<'_>) -> Result<Option<Key>, Self::Error>;
    fn fill(&mut self, fill: Fill<'_, '_>) -> Result<Filled, Self::Error>;
    /// The value as JSON. If it had to be rounded, stores its source text in `text`.
    fn json(&mut self, text: &mut Option<Box<RawValue>>) -> Result<Json, Self::Error>;
    /// The source text of the value that was read last, if it is known.
    fn text(&mut self) -> Option<Box<RawValue>> {
        None
    }
    /// All members as JSON. It is called before any was taken.
    fn whole(self) -> Result<Json, Self::Error>;
}

/// The elements of an array, one by one.
pub(super) trait Array: Sized {
    type Error: de::Error;
    fn fill(&mut self, fill: Fill<'_, '_>) -> Result<Option<Filled>, Self::Error>;
    fn json(&mut self) -> Result<Option<Json>, Self::Error>;
    /// All elements as JSON. It is called before any was taken.
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
    fn fill(&mut self, fill: Fill<'_, '_>) -> Result<Filled, A::Error> {
        self.members.next_value_seed(fill)
    }
    #[inline]
    fn json(&mut self, text: &mut Option<Box<RawValue>>) -> Result<Json, A::Error> {
        self.members.next_value_seed(ExactJson(text))
    }
    fn whole(self) -> Result<Json, A::Error> {
        Json::deserialize(MapAccessDeserializer::new(self.members))
    }
}

/// An array of a serde format.
pub(super) struct FormatArray<'de, A: SeqAccess<'de>> {
    elements: A,
    marker: PhantomData<&'de ()>,
}

impl<'de, A: SeqAccess<'de>> FormatArray<'de, A> {
    pub(super) fn new(elements: A) -> Self {
        Self { elements, marker: PhantomData }
    }
}

impl<'de, A: SeqAccess<'de>> Array for FormatArray<'de, A> {
    type Error = A::Error;
    #[inline]
    fn fill(&mut self, fill: Fill<'_, '_>) -> Result<Option<Filled>, A::Error> {
        self.elements.next_element_seed(fill)
    }
    fn json(&mut self) -> Result<Option<Json>, A::Error> {
        self.elements.next_element()
    }
    fn whole(self) -> Result<Json, A::Error> {
        Json::deserialize(SeqAccessDeserializer::new(self.elements))
    }
}

/// The members of an object that were kept as JSON.
pub(super) struct KeptObject {
    members: vec::IntoIter<Member>,
    value: Json,
    text: Option<Box<RawValue>>,
}

impl KeptObject {
    pub(super) fn new(members: Vec<Member>) -> Self {
        Self { members: members.into_iter(), value: Json::Null, text: None }
    }
}

impl Object for KeptObject {
    type Error = serde_json::Error;
    fn key(&mut self, seed: KeySeed<'_>) -> Result<Option<Key>, Self::Error> {
        let Some(Member { name, value, text }) = self.members.next() else { return Ok(None) };
        self.value = value;
        self.text = text;
        Ok(Some(seed.look_up(name)))
    }
    fn fill(&mut self, fill: Fill<'_, '_>) -> Result<Filled, Self::Error> {
        fill_kept(fill, self.value.take())
    }
    fn json(&mut self, text: &mut Option<Box<RawValue>>) -> Result<Json, Self::Error> {
        *text = self.text.take();
        Ok(self.value.take())
    }
    fn text(&mut self) -> Option<Box<RawValue>> {
        self.text.take()
    }
    fn whole(self) -> Result<Json, Self::Error> {
        let mut map = Map::new();
        for member in self.members {
            map.insert(member.name.to_string(), member.value);
        }
        Ok(Json::Object(map))
    }
}

impl Array for vec::IntoIter<Json> {
    type Error = serde_json::Error;
    fn fill(&mut self, fill: Fill<'_, '_>) -> Result<Option<Filled>, Self::Error> {
        self.next().map(|element| fill_kept(fill, element)).transpose()
    }
    fn json(&mut self) -> Result<Option<Json>, Self::Error> {
        Ok(self.next())
    }
    fn whole(self) -> Result<Json, Self::Error> {
        Ok(Json::Array(self.collect()))
    }
}

pub(super) fn fill_kept(fill: Fill<'_, '_>, value: Json) -> Result<Filled, serde_json::Error> {
    match value {
        Json::Null => fill.visit_unit(),
        Json::Bool(value) => fill.visit_bool(value),
        Json::Number(number) => number.deserialize_any(fill),
        Json::String(text) => fill.visit_string(text),
        Json::Array(elements) => fill.array(elements.into_iter()),
        Json::Object(map) => {
            let mut members = Vec::with_capacity(map.len());
            for (name, value) in map {
                members.push(Member::new(name, value));
            }
            fill.object(KeptObject::new(members))
        }
    }
}

//! The reader: fills slots from any serde format that describes itself. Everything here is generic over the format only.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqAccessDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor};

use super::carry::{carry, list_to_json};
use super::path::{Context, Segment};
use crate::additional::{self, Name, Nulls};
use crate::{Json, List, Slot, Structured, TypeInfo, Variant};

pub(super) const TAG: &str = "@odata.type";

/// Reads a whole document into `slot`. The outermost call: errors are worded here.
pub(super) fn read_into<'de, D: Deserializer<'de>>(slot: Slot<'_>, deserializer: D) -> Result<(), D::Error> {
    let mut context = Context::default();
    let filled = Fill { place: Place::Root(slot), context: &mut context }.deserialize(deserializer);
    filled.map(|_| ()).map_err(|error| context.word(error))
}

/// Fills one place.
struct Fill<'s, 'c> {
    place: Place<'s>,
    context: &'c mut Context,
}

/// A place that has not been opened: a null must leave it as it is.
enum Place<'s> {
    Root(Slot<'s>),
    Member(&'s mut dyn Structured, usize),
    Element(&'s mut dyn List),
}

impl<'s> Place<'s> {
    #[inline]
    fn slot(self) -> Slot<'s> {
        match self {
            Place::Member(owner, index) => owner.slot(index),
            Place::Element(list) => list.push(),
            Place::Root(slot) => slot,
        }
    }
}

/// What became of a value.
enum Filled {
    Typed,
    Null,
    /// It is fine, but the place cannot hold it.
    Untyped(Json),
}

/// What a slot takes, for an error.
struct Wanted<'s>(Slot<'s>);

impl Expected for Wanted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Slot::Bool(_) => f.write_str("a Boolean"),
            Slot::String(_) => f.write_str("a string"),
            Slot::Scalar(scalar) => f.write_str(scalar.expected()),
            Slot::Object(value) => write!(f, "an object ({})", value.type_info().name()),
            Slot::Variant(value) => {
                write!(f, "an object ({} or a type derived from it)", value.base())
            }
            Slot::List(_) => f.write_str("an array"),
            Slot::None | Slot::Json(_) | Slot::Optional(_) => f.write_str("a value"),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Fill<'_, '_> {
    type Value = Filled;
    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Fill<'_, '_> {
    /// Puts a value without parts into its place: `set` for scalars, `json` where anything goes.
    #[inline]
    fn scalar<E: de::Error>(
        self,
        found: Unexpected<'_>,
        set: impl FnOnce(&mut dyn crate::Scalar) -> bool,
        json: impl FnOnce() -> Json,
    ) -> Result<Filled, E> {
        match self.place.slot().open() {
            Slot::Scalar(scalar) => {
                if set(scalar) {
                    Ok(Filled::Typed)
                } else {
                    Err(self.context.mismatch(found, &Wanted(Slot::Scalar(scalar))))
                }
            }
            Slot::Json(place) => {
                place.set_json(json());
                Ok(Filled::Typed)
            }
            Slot::None => Ok(Filled::Untyped(json())),
            slot => Err(self.context.mismatch(found, &Wanted(slot))),
        }
    }
}

impl<'de> Visitor<'de> for Fill<'_, '_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Filled, E> {
        match self.place.slot() {
            Slot::Bool(place) => {
                *place = Some(value);
                Ok(Filled::Typed)
            }
            slot => {
                let fill = Fill { place: Place::Root(slot), context: self.context };
                fill.scalar(Unexpected::Bool(value), |scalar| scalar.set_bool(value), || value.into())
            }
        }
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Filled, E> {
        self.scalar(Unexpected::Signed(value), |scalar| scalar.set_i64(value), || value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Filled, E> {
        self.scalar(Unexpected::Unsigned(value), |scalar| scalar.set_u64(value), || value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Filled, E> {
        self.scalar(Unexpected::Float(value), |scalar| scalar.set_f64(value), || value.into())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Filled, E> {
        match self.place.slot() {
            Slot::String(place) => {
                *place = Some(text.to_owned());
                Ok(Filled::Typed)
            }
            slot => {
                let fill = Fill { place: Place::Root(slot), context: self.context };
                fill.scalar(Unexpected::Str(text), |scalar| scalar.set_str(text), || text.into())
            }
        }
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Filled, E> {
        match self.place.slot().open() {
            Slot::String(place) => *place = Some(text),
            Slot::Json(place) => place.set_json(text.into()),
            slot => {
                let fill = Fill { place: Place::Root(slot), context: self.context };
                return fill.visit_str(&text);
            }
        }
        Ok(Filled::Typed)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Filled, E> {
        match self.place {
            Place::Root(Slot::Json(place)) => place.set_json(Json::Null),
            Place::Root(slot) => {
                return Err(self.context.mismatch(Unexpected::Unit, &Wanted(slot)));
            }
            Place::Element(list) => {
                if !list.push_null() {
                    return Ok(Filled::Null);
                }
            }
            Place::Member(..) => return Ok(Filled::Null),
        }
        Ok(Filled::Typed)
    }

    fn visit_none<E: de::Error>(self) -> Result<Filled, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Filled, A::Error> {
        match self.place.slot().open() {
            Slot::List(list) => {
                self.context.enter()?;
                self.context.orders.enter_list();
                let filled = read_list(list, elements, self.context)?;
                self.context.orders.leave_list();
                self.context.leave();
                Ok(filled)
            }
            Slot::Json(place) => {
                place.set_json(Json::deserialize(SeqAccessDeserializer::new(elements))?);
                Ok(Filled::Typed)
            }
            Slot::None => Json::deserialize(SeqAccessDeserializer::new(elements)).map(Filled::Untyped),
            slot => Err(self.context.mismatch(Unexpected::Other("an array"), &Wanted(slot))),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Filled, A::Error> {
        match self.place.slot().open() {
            Slot::Object(value) => {
                self.context.enter()?;
                read_members(value, &mut members, self.context, Stretch::Whole)?;
                self.context.leave();
                Ok(Filled::Typed)
            }
            Slot::Variant(variant) => {
                self.context.enter()?;
                read_variant(variant, &mut members, self.context)?;
                self.context.leave();
                Ok(Filled::Typed)
            }
            Slot::Json(place) => {
                place.set_json(Json::deserialize(MapAccessDeserializer::new(members))?);
                Ok(Filled::Typed)
            }
            Slot::None => Json::deserialize(MapAccessDeserializer::new(members)).map(Filled::Untyped),
            slot => Err(self.context.mismatch(Unexpected::Other("an object"), &Wanted(slot))),
        }
    }
}

fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    mut elements: A,
    context: &mut Context,
) -> Result<Filled, A::Error> {
    list.clear();
    let mut index = 0;
    loop {
        let element = Fill { place: Place::Element(list), context };
        match elements.next_element_seed(element) {
            Ok(Some(Filled::Typed)) => index += 1,
            Ok(None) => return Ok(Filled::Typed),
            Ok(Some(Filled::Null)) => return rest_of_list(list, index, Json::Null, elements),
            Ok(Some(Filled::Untyped(value))) => return rest_of_list(list, index, value, elements),
            Err(error) => {
                context.passing(Segment::Index(index));
                return Err(error);
            }
        }
    }
}

/// A list that has an element its type cannot hold becomes JSON as a whole: the elements before, that one, and the rest.
#[cold]
fn rest_of_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    typed: usize,
    odd: Json,
    mut elements: A,
) -> Result<Filled, A::Error> {
    let mut json = list_to_json(list, typed);
    json.push(odd);
    while let Some(element) = elements.next_element()? {
        json.push(element);
    }
    Ok(Filled::Untyped(Json::Array(json)))
}

/// Where reading of members begins and stops.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Stretch {
    /// All of an object.
    Whole,
    /// From the beginning of an object to its tag.
    ToTag,
    /// From a tag to the next one, if any.
    OnFromTag,
}

/// Where reading of members stopped.
pub(super) struct Stop {
    /// The tag's value, if it stopped there.
    tag: Option<Json>,
    /// Whether it read nothing before.
    empty: bool,
}

/// Reads the members of an object.
pub(super) fn read_members<'de, A: MapAccess<'de>>(
    target: &mut dyn Structured,
    members: &mut A,
    context: &mut Context,
    stretch: Stretch,
) -> Result<Stop, A::Error> {
    let info = target.type_info();
    let order = context.orders.of(info);
    let mut place = 0;
    let mut empty = true;
    let mut marks = if stretch == Stretch::OnFromTag { Marks::resume(target) } else { Marks::default() };
    let tag = loop {
        let guess = context.orders.guess(order, place);
        match members.next_key_seed(KeySeed { info, guess })? {
            Some(Key::Property(index)) => {
                if index != guess {
                    context.orders.correct(order, place, index);
                }
                place = index + 1;
                match members.next_value_seed(Fill { place: Place::Member(target, index), context }) {
                    Ok(Filled::Typed) => marks.typed(index),
                    Ok(Filled::Null) => {
                        target.slot(index).clear();
                        marks.null(index);
                    }
                    Ok(Filled::Untyped(value)) => {
                        target.slot(index).clear();
                        target.additional_mut().append(info.properties()[index].into(), value);
                        marks.untyped(index);
                    }
                    Err(error) => {
                        context.passing(Segment::Property(info.properties()[index]));
                        return Err(error);
                    }
                }
            }
            Some(Key::Other(name)) => {
                let value: Json = members.next_value()?;
                if stretch != Stretch::Whole && *name == *TAG {
                    break Some(value);
                }
                target.additional_mut().append(name, value);
                marks.appended += 1;
            }
            None => break None,
        }
        empty = false;
    };
    marks.settle(info, target);
    Ok(Stop { tag, empty })
}

/// Reads a value whose type its tag decides, wherever the tag stands.
fn read_variant<'de, A: MapAccess<'de>>(
    variant: &mut dyn Variant,
    members: &mut A,
    context: &mut Context,
) -> Result<(), A::Error> {
    let first = read_members(variant.start(""), members, context, Stretch::ToTag)?;
    let Some(tag) = first.tag else { return Ok(()) };
    change_type(variant, &tag, first.empty, context).map_err(de::Error::custom)?;
    let second = read_members(variant.current(), members, context, Stretch::OnFromTag)?;
    let Some(tag) = second.tag else { return Ok(()) };
    read_duplicate_tags(variant, tag, members, context)
}

/// The last of several tags counts. The rest is read before it is typed, lest a thousand tags move a thousand members each.
#[cold]
fn read_duplicate_tags<'de, A: MapAccess<'de>>(
    variant: &mut dyn Variant,
    mut tag: Json,
    members: &mut A,
    context: &mut Context,
) -> Result<(), A::Error> {
    let mut rest = Vec::new();
    while let Some((name, value)) = members.next_entry::<String, Json>()? {
        if name == TAG { tag = value } else { rest.push((name, value)) }
    }
    change_type(variant, &tag, false, context).map_err(de::Error::custom)?;
    let mut rest = MapDeserializer::<_, serde_json::Error>::new(rest.into_iter());
    read_members(variant.current(), &mut rest, context, Stretch::OnFromTag).map_err(de::Error::custom)?;
    Ok(())
}

/// Makes the value one of the type that `tag` names, with what was read so far.
///
/// The tag is kept only where the writer would not write it: the base's own, an unknown one, one spelled otherwise.
fn change_type(
    variant: &mut dyn Variant,
    tag: &Json,
    empty: bool,
    context: &mut Context,
) -> Result<(), serde_json::Error> {
    let name = tag.as_str().unwrap_or_default();
    let mut outcome = Ok(());
    variant.retag(name, &mut |old, new| {
        if !empty {
            outcome = carry(old, new, context);
        }
    });
    outcome?;
    let base = variant.base();
    let value = variant.current();
    let actual = value.type_info().name();
    let additional = value.additional_mut();
    additional.remove(TAG);
    if actual == base || name.strip_prefix('#') != Some(actual) {
        additional.append(TAG.into(), tag.clone());
    }
    Ok(())
}

/// What is to be said about an object's members beside their values, once all are read: duplicates may still change it.
#[derive(Default)]
struct Marks {
    nulls: Nulls,
    /// Properties that went to `additional` because their type cannot hold the value, and whether a later duplicate made that void.
    untyped: Vec<(usize, bool)>,
    /// How many members went to `additional`.
    appended: usize,
    /// Whether anything is marked by property.
    any: bool,
}

impl Marks {
    #[cold]
    fn resume(target: &mut dyn Structured) -> Self {
        let info = target.type_info();
        let mut marks = Self {
            nulls: target.additional_mut().take_nulls(),
            appended: target.additional().len(),
            ..Self::default()
        };
        marks.untyped = target.additional().iter().filter_map(|(name, _)| Some((info.find(name)?, false))).collect();
        marks.any = true;
        marks
    }

    #[inline]
    fn typed(&mut self, index: usize) {
        if self.any {
            self.nulls.remove(index);
            self.void(index, true);
        }
    }

    fn null(&mut self, index: usize) {
        self.any = true;
        self.nulls.insert(index);
        self.void(index, true);
    }

    #[cold]
    fn untyped(&mut self, index: usize) {
        self.any = true;
        self.appended += 1;
        self.nulls.remove(index);
        if !self.void(index, false) {
            self.untyped.push((index, false));
        }
    }

    fn void(&mut self, index: usize, void: bool) -> bool {
        match self.untyped.iter_mut().find(|(known, _)| *known == index) {
            Some((_, known)) => {
                *known = void;
                true
            }
            None => false,
        }
    }

    #[inline]
    fn settle(self, info: &'static TypeInfo, target: &mut dyn Structured) {
        if self.appended > 1 {
            target.additional_mut().settle();
        }
        let foreign = self.untyped.is_empty();
        for (index, _) in self.untyped.into_iter().filter(|(_, void)| *void) {
            target.additional_mut().remove(info.properties()[index]);
        }
        if self.appended > 0 || !self.nulls.is_empty() {
            target.additional_mut().note(info, self.nulls, foreign);
        }
    }
}

/// Looks a member's name up, without keeping it when it is known.
struct KeySeed {
    info: &'static TypeInfo,
    guess: usize,
}

enum Key {
    Property(usize),
    Other(Name),
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;
    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<Key, E> {
        Ok(match self.info.find_near(name, self.guess) {
            Some(index) => Key::Property(index),
            None => Key::Other(additional::name(name)),
        })
    }
}

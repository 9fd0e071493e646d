//! The reader: fills slots from any self-describing serde format. Everything here is generic over
//! the format only.

use std::fmt;

use serde::Deserialize as _;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor};

use super::exact::FillDecimal;
use super::json::list_to_json;
use super::members::read_members;
use super::path::{Context, Segment};
use super::source::{FormatObject, Object};
use crate::additional::RAW;
use crate::{Json, List, Primitive, Scalar, Slot};

/// Reads a whole document into `slot`. This is the outermost call, so it adds the path to errors.
pub(super) fn read_into<'de, D: Deserializer<'de>>(
    slot: Slot<'_>,
    mut context: Context,
    deserializer: D,
) -> Result<(), D::Error> {
    let filled = Fill { place: Place::Root(slot), context: &mut context }.deserialize(deserializer);
    filled.map(|_| ()).map_err(|error| context.word(error))
}

/// Fills one place.
pub(super) struct Fill<'s, 'c> {
    pub(super) place: Place<'s>,
    pub(super) context: &'c mut Context,
}

/// A place that is opened only for a value: a null must not create a blank value there.
pub(super) enum Place<'s> {
    Root(Slot<'s>),
    Member(Slot<'s>),
    Element(&'s mut dyn List),
}

impl<'s> Place<'s> {
    #[inline]
    fn slot(self) -> Slot<'s> {
        match self {
            Place::Member(slot) => slot,
            Place::Element(list) => list.push(),
            Place::Root(slot) => slot,
        }
    }
}

/// The result of reading a value. It has the size of an error of serde_json, so that one of both is
/// returned in two registers.
#[repr(usize)]
pub(super) enum Filled {
    Typed,
    Null,
    /// The value is valid, but the place cannot hold it: it is in [`Context::untyped`].
    Untyped,
}

/// The values that a slot accepts, for an error message.
struct Wanted<'s>(Slot<'s>);

impl Expected for Wanted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Slot::Bool(_) => f.write_str("a Boolean"),
            Slot::String(_) => f.write_str("a string"),
            Slot::Scalar(scalar) | Slot::Decimal(scalar) => f.write_str(scalar.expected()),
            Slot::Object(value) => write!(f, "an object ({})", value.type_info().name()),
            Slot::List(_) => f.write_str("an array"),
            Slot::None | Slot::Json(_) | Slot::Optional(_) => f.write_str("a value"),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Fill<'_, '_> {
    type Value = Filled;
    // Not inlined, so that there is one copy for members, elements and whole documents.
    #[inline(never)]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        match self.place {
            Place::Member(Slot::Decimal(_)) | Place::Root(Slot::Decimal(_)) => {
                deserializer.deserialize_newtype_struct(RAW, FillDecimal(self))
            }
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl Fill<'_, '_> {
    /// Fills the place from a value that is not an object, an array or null.
    // Not inlined, so that strings, which are nearly always what their place expects, have a short
    // function.
    #[inline(never)]
    pub(super) fn scalar<E: de::Error>(self, value: Primitive<'_>) -> Result<Filled, E> {
        match self.place.slot().open() {
            Slot::Scalar(scalar) | Slot::Decimal(scalar) => {
                if scalar.set(value) {
                    return Ok(Filled::Typed);
                }
                if self.context.refuses() {
                    return Err(self.context.mismatch(value.unexpected(), &Wanted(Slot::Scalar(scalar))));
                }
                match digits(value).filter(|_| self.context.adapts()) {
                    Some(number) if scalar.set(number) => Ok(Filled::Typed),
                    _ => Ok(self.context.untyped(value.into())),
                }
            }
            Slot::Json(place) => {
                place.set_json(value.into());
                Ok(Filled::Typed)
            }
            Slot::None => Ok(self.context.untyped(value.into())),
            slot if self.context.refuses() => Err(self.context.mismatch(value.unexpected(), &Wanted(slot))),
            slot if self.context.adapts() => adapted(slot, value, self.context),
            _ => Ok(self.context.untyped(value.into())),
        }
    }
}

/// Converts a value of another type if its meaning is unambiguous: an integer for a string, one
/// value for a collection. Any other value is kept as JSON.
#[cold]
fn adapted<E: de::Error>(slot: Slot<'_>, value: Primitive<'_>, context: &mut Context) -> Result<Filled, E> {
    match (slot, value) {
        (Slot::String(place), Primitive::Int(number)) => *place = Some(number.to_string()),
        (Slot::String(place), Primitive::UInt(number)) => *place = Some(number.to_string()),
        // This is the only element of a collection.
        (Slot::String(place), Primitive::Str(text)) => *place = Some(text.to_owned()),
        (Slot::Bool(place), Primitive::Bool(value)) => *place = Some(value),
        (Slot::List(list), value) => {
            list.clear();
            return Fill { place: Place::Element(list), context }.scalar(value);
        }
        (_, value) => return Ok(context.untyped(value.into())),
    }
    Ok(Filled::Typed)
}

/// The number of a string of digits.
fn digits(value: Primitive<'_>) -> Option<Primitive<'static>> {
    match value {
        Primitive::Str(text) => text.parse().ok().map(Primitive::Int),
        _ => None,
    }
}

impl Fill<'_, '_> {
    /// Keeps an object or an array where another value is expected.
    pub(super) fn misfit<E: de::Error>(self, found: &str, json: impl FnOnce() -> Result<Json, E>) -> Result<Filled, E> {
        match self.place.slot().open() {
            Slot::Json(place) => {
                place.set_json(json()?);
                Ok(Filled::Typed)
            }
            Slot::None => Ok(self.context.untyped(json()?)),
            slot if self.context.refuses() => Err(self.context.mismatch(Unexpected::Other(found), &Wanted(slot))),
            _ => Ok(self.context.untyped(json()?)),
        }
    }

    pub(super) fn object<O: Object>(self, mut members: O) -> Result<Filled, O::Error> {
        match self.place.slot().open() {
            Slot::Object(value) if !self.context.is_too_deep() => {
                self.context.enter()?;
                read_members(value, &mut members, self.context)?;
                self.context.leave();
                Ok(Filled::Typed)
            }
            // One value instead of a collection.
            Slot::List(list) if self.context.adapts() && !self.context.refuses() => {
                list.clear();
                Fill { place: Place::Element(list), context: self.context }.object(members)
            }
            slot => Fill { place: Place::Root(slot), context: self.context }.misfit("an object", || members.whole()),
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
                fill.scalar(Primitive::Bool(value))
            }
        }
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Filled, E> {
        self.scalar(Primitive::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Filled, E> {
        self.scalar(Primitive::UInt(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Filled, E> {
        self.scalar(Primitive::Float(value))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Filled, E> {
        match self.place.slot() {
            Slot::String(place) => {
                *place = Some(text.to_owned());
                Ok(Filled::Typed)
            }
            Slot::Scalar(scalar) => match scalar.set(Primitive::Str(text)) {
                true => Ok(Filled::Typed),
                false => Fill { place: Place::Root(Slot::Scalar(scalar)), context: self.context }
                    .scalar(Primitive::Str(text)),
            },
            slot => {
                let fill = Fill { place: Place::Root(slot), context: self.context };
                fill.scalar(Primitive::Str(text))
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
            Place::Member(_) => return Ok(Filled::Null),
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
            Slot::List(list) if !self.context.is_too_deep() => {
                self.context.enter()?;
                let filled = read_list(list, elements, self.context)?;
                self.context.leave();
                Ok(filled)
            }
            slot => {
                let json = || Json::deserialize(SeqAccessDeserializer::new(elements));
                Fill { place: Place::Root(slot), context: self.context }.misfit("an array", json)
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Filled, A::Error> {
        self.object(FormatObject::new(members))
    }
}

/// A property for which nearly always a string is sent.
pub(super) trait TextPlace<'s> {
    /// Stores a string. Returns false if it is not a value of the property.
    fn set(&mut self, text: &str) -> bool;
    fn slot(self) -> Slot<'s>;
}

impl<'s> TextPlace<'s> for &'s mut Option<String> {
    #[inline]
    fn set(&mut self, text: &str) -> bool {
        **self = Some(text.to_owned());
        true
    }
    fn slot(self) -> Slot<'s> {
        Slot::String(self)
    }
}

impl<'s> TextPlace<'s> for &'s mut dyn Scalar {
    #[inline]
    fn set(&mut self, text: &str) -> bool {
        (**self).set(Primitive::Str(text))
    }
    fn slot(self) -> Slot<'s> {
        Slot::Scalar(self)
    }
}

/// Fills a property with a string, the most frequent value: the shortest way from the text to it.
pub(super) struct FillText<'c, P> {
    pub(super) place: P,
    pub(super) context: &'c mut Context,
}

impl<'s, 'c, P: TextPlace<'s>> FillText<'c, P> {
    fn any(self) -> Fill<'s, 'c> {
        Fill { place: Place::Member(self.place.slot()), context: self.context }
    }
}

impl<'de, 's, P: TextPlace<'s>> DeserializeSeed<'de> for FillText<'_, P> {
    type Value = Filled;
    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, 's, P: TextPlace<'s>> Visitor<'de> for FillText<'_, P> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    #[inline]
    fn visit_str<E: de::Error>(mut self, text: &str) -> Result<Filled, E> {
        if self.place.set(text) { Ok(Filled::Typed) } else { self.any().scalar(Primitive::Str(text)) }
    }

    #[inline]
    fn visit_unit<E: de::Error>(self) -> Result<Filled, E> {
        Ok(Filled::Null)
    }

    #[cold]
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Filled, E> {
        self.any().visit_bool(value)
    }

    #[cold]
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Filled, E> {
        self.any().visit_i64(value)
    }

    #[cold]
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Filled, E> {
        self.any().visit_u64(value)
    }

    #[cold]
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Filled, E> {
        self.any().visit_f64(value)
    }

    #[cold]
    fn visit_string<E: de::Error>(self, text: String) -> Result<Filled, E> {
        self.any().visit_string(text)
    }

    fn visit_none<E: de::Error>(self) -> Result<Filled, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        self.any().deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        self.any().deserialize(deserializer)
    }

    #[cold]
    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Filled, A::Error> {
        self.any().visit_seq(elements)
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Filled, A::Error> {
        self.any().visit_map(members)
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
            Ok(Some(Filled::Null)) => return rest_of_list(list, index, Json::Null, elements, context),
            Ok(Some(Filled::Untyped)) => {
                let value = context.untyped.take();
                return rest_of_list(list, index, value, elements, context);
            }
            Err(error) => {
                context.passing(Segment::Index(index));
                return Err(error);
            }
        }
    }
}

/// If a list has an element that its type cannot hold, returns the whole list as JSON: the elements
/// before, this one, and the rest.
#[cold]
fn rest_of_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    typed: usize,
    odd: Json,
    mut elements: A,
    context: &mut Context,
) -> Result<Filled, A::Error> {
    let mut json = list_to_json(list);
    json.truncate(typed);
    json.push(odd);
    while let Some(element) = elements.next_element()? {
        json.push(element);
    }
    Ok(context.untyped(Json::Array(json)))
}

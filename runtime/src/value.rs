//! Types of properties: numbers, Booleans, strings, JSON, and optional, boxed and repeated values
//! of any type.

use crate::kind::Kind;
use crate::scalar::{Primitive, Scalar};
use crate::structured::{JsonSlot, List, Members, Optional, Slot, View};
use crate::{Json, Untyped};

/// Anything a property can hold.
///
/// It is implemented here for the primitive types and for `Option`, `Box` and `Vec` of values;
/// generated code implements it for its structs and enums.
pub trait Value: Sized {
    /// What has the functions that read and write values of this type.
    type Kind: Kind<Self>;
    /// A value that is then filled through [`slot`](Self::slot).
    #[inline]
    fn blank() -> Self {
        Self::Kind::blank()
    }
    /// The view that the writer has of the value.
    #[inline]
    fn view(&self) -> View<'_> {
        Self::Kind::view(self)
    }
    /// The slot through which the reader fills the value.
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Self::Kind::slot(self)
    }
    /// Offers the value to `members` as the property at `index`.
    #[inline]
    fn offer<'a>(&'a self, index: usize, members: &mut dyn Members<'a>) {
        match self.view() {
            View::Str(text) => members.text(index, text),
            View::Object(value) => members.object(index, value),
            View::List(list) => members.list(index, list),
            view => members.member(index, view),
        }
    }
    /// Offers the value to `members` as the element at `index`, even if a property with this value
    /// would be left out.
    #[inline]
    fn offer_element<'a>(&'a self, index: usize, members: &mut dyn Members<'a>) {
        self.offer(index, members);
    }
    /// The value for a null element of a collection, if the type has one.
    fn null() -> Option<Self> {
        None
    }
    /// The slot of a property of this type.
    #[inline]
    fn optional(place: &mut Option<Self>) -> Slot<'_> {
        Self::Kind::optional(place)
    }
}

impl<T: Value> Value for Option<T> {
    type Kind = Self;
    #[inline]
    fn offer<'a>(&'a self, index: usize, members: &mut dyn Members<'a>) {
        if let Some(value) = self {
            value.offer(index, members);
        }
    }
    fn offer_element<'a>(&'a self, index: usize, members: &mut dyn Members<'a>) {
        members.member(index, self.view());
    }
    fn null() -> Option<Self> {
        Some(None)
    }
}

impl<T: Value> Kind<Self> for Option<T> {
    fn blank() -> Self {
        None
    }
    #[inline]
    fn view(value: &Self) -> View<'_> {
        match value {
            Some(value) => value.view(),
            None => View::None,
        }
    }
    #[inline]
    fn slot(value: &mut Self) -> Slot<'_> {
        T::optional(value)
    }
}

impl<T: Value> Optional for Option<T> {
    #[inline]
    fn reset(&mut self, blank: bool) -> Slot<'_> {
        *self = if blank { Some(T::blank()) } else { None };
        self.as_mut().map_or(Slot::None, T::slot)
    }
}

impl<T: Value> Value for Box<T> {
    type Kind = Self;
}

impl<T: Value> Kind<Self> for Box<T> {
    fn blank() -> Self {
        Box::new(T::blank())
    }
    #[inline]
    fn view(value: &Self) -> View<'_> {
        (**value).view()
    }
    #[inline]
    fn slot(value: &mut Self) -> Slot<'_> {
        (**value).slot()
    }
}

impl<T: Value> Value for Vec<T> {
    type Kind = Self;
}

impl<T: Value> Kind<Self> for Vec<T> {
    fn blank() -> Self {
        Vec::new()
    }
    #[inline]
    fn view(value: &Self) -> View<'_> {
        View::list(value)
    }
    #[inline]
    fn slot(value: &mut Self) -> Slot<'_> {
        Slot::list(value)
    }
}

impl<T: Value> List for Vec<T> {
    #[inline]
    fn len(&self) -> usize {
        self.len()
    }
    #[inline]
    fn offer<'a>(&'a self, members: &mut dyn Members<'a>) {
        for (index, element) in self.iter().enumerate() {
            element.offer_element(index, members);
        }
    }
    #[inline]
    fn push(&mut self) -> Slot<'_> {
        self.push(T::blank());
        self.last_mut().map_or(Slot::None, T::slot)
    }
    #[inline]
    fn push_null(&mut self) -> bool {
        match T::null() {
            Some(value) => {
                self.push(value);
                true
            }
            None => false,
        }
    }
    #[inline]
    fn clear(&mut self) {
        self.clear();
    }
}

impl Value for bool {
    type Kind = Self;
}

impl Kind<Self> for bool {
    fn blank() -> Self {
        false
    }
    #[inline]
    fn view(value: &Self) -> View<'_> {
        View::Bool(*value)
    }
    fn slot(value: &mut Self) -> Slot<'_> {
        Slot::scalar(value)
    }
    #[inline]
    fn optional(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Bool(place)
    }
}

impl Scalar for bool {
    fn expected(&self) -> &'static str {
        "a Boolean"
    }
    fn set(&mut self, token: Primitive<'_>) -> bool {
        match token {
            Primitive::Bool(value) => *self = value,
            _ => return false,
        }
        true
    }
}

impl Value for String {
    type Kind = Self;
}

impl Kind<Self> for String {
    fn blank() -> Self {
        String::new()
    }
    #[inline]
    fn view(value: &Self) -> View<'_> {
        View::Str(value)
    }
    fn slot(value: &mut Self) -> Slot<'_> {
        Slot::scalar(value)
    }
    #[inline]
    fn optional(place: &mut Option<Self>) -> Slot<'_> {
        Slot::String(place)
    }
}

impl Scalar for String {
    fn expected(&self) -> &'static str {
        "a string"
    }
    fn set(&mut self, token: Primitive<'_>) -> bool {
        match token {
            Primitive::Str(text) => *self = text.to_owned(),
            _ => return false,
        }
        true
    }
}

/// An integer that is written as a float (`5.0`, `1e3`) is accepted if it is a whole number.
fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53: beyond, neighbours are no longer distinct
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

macro_rules! integers {
    ($($type:ident $view:ident $expected:literal $from_text:literal;)*) => {$(
        impl Value for $type {
            type Kind = Self;
        }

        impl Kind<Self> for $type {
            fn blank() -> Self {
                0
            }
            #[inline]
            fn view(value: &Self) -> View<'_> {
                View::$view((*value).into())
            }
            fn slot(value: &mut Self) -> Slot<'_> {
                Slot::scalar(value)
            }
            #[inline]
            fn optional(place: &mut Option<Self>) -> Slot<'_> {
                Slot::scalar(place)
            }
        }

        impl Scalar for $type {
            fn expected(&self) -> &'static str {
                $expected
            }
            fn set(&mut self, token: Primitive<'_>) -> bool {
                let value = match token {
                    Primitive::Int(value) => value.try_into().ok(),
                    Primitive::UInt(value) => value.try_into().ok(),
                    Primitive::Float(value) => whole(value).and_then(|value| value.try_into().ok()),
                    Primitive::Str(text) if $from_text => text.parse().ok(),
                    Primitive::Number(text) => text.parse().ok(),
                    Primitive::Str(_) | Primitive::Bool(_) => None,
                };
                value.is_some_and(|value| { *self = value; true })
            }
        }
    )*};
}

// 64-bit integers are strings in JSON if the client asks for `IEEE754Compatible=true` (OData JSON
// 4.01, section 3.2).
integers! {
    i8 Int "an 8-bit signed integer" false;
    u8 UInt "an 8-bit unsigned integer" false;
    i16 Int "a 16-bit integer" false;
    u16 UInt "a 16-bit unsigned integer" false;
    i32 Int "a 32-bit integer" false;
    u32 UInt "a 32-bit unsigned integer" false;
    i64 Long "a 64-bit integer, as a number or a string" true;
    u64 UInt "a 64-bit unsigned integer, as a number or a string" true;
}

macro_rules! floats {
    ($($type:ident $view:ident;)*) => {$(
        impl Value for $type {
            type Kind = Self;
        }

        impl Kind<Self> for $type {
            fn blank() -> Self {
                0.0
            }
            #[inline]
            fn view(value: &Self) -> View<'_> {
                View::$view(*value)
            }
            fn slot(value: &mut Self) -> Slot<'_> {
                Slot::scalar(value)
            }
            #[inline]
            fn optional(place: &mut Option<Self>) -> Slot<'_> {
                Slot::scalar(place)
            }
        }

        impl Scalar for $type {
            fn expected(&self) -> &'static str {
                "a number, \"NaN\", \"INF\" or \"-INF\""
            }
            fn set(&mut self, token: Primitive<'_>) -> bool {
                *self = match token {
                    Primitive::Int(value) => value as Self,
                    Primitive::UInt(value) => value as Self,
                    Primitive::Float(value) => {
                        *self = value as Self;
                        return self.is_finite(); // a number too large for the type is refused: it must not turn into "INF"
                    }
                    Primitive::Number(text) => return text.parse().is_ok_and(|value| {
                        *self = value;
                        self.is_finite()
                    }),
                    Primitive::Str("NaN") => Self::NAN,
                    Primitive::Str("INF") => Self::INFINITY,
                    Primitive::Str("-INF") => Self::NEG_INFINITY,
                    Primitive::Str(_) | Primitive::Bool(_) => return false,
                };
                true
            }
        }
    )*};
}

floats! {
    f32 Single;
    f64 Double;
}

impl Value for Json {
    type Kind = Self;
    fn null() -> Option<Self> {
        Some(Json::Null)
    }
}

impl Kind<Self> for Json {
    fn blank() -> Self {
        Json::Null
    }
    fn view(value: &Self) -> View<'_> {
        View::Json(value)
    }
    fn slot(value: &mut Self) -> Slot<'_> {
        Slot::Json(value)
    }
    fn optional(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Json(place)
    }
}

impl JsonSlot for Json {
    fn set_json(&mut self, value: Json) {
        *self = value;
    }
}

impl JsonSlot for Option<Json> {
    fn set_json(&mut self, value: Json) {
        *self = Some(value);
    }
    fn clear(&mut self) {
        *self = None;
    }
}

impl Value for Untyped {
    type Kind = Self;
    fn null() -> Option<Self> {
        Some(Untyped::default())
    }
}

impl Kind<Self> for Untyped {
    fn blank() -> Self {
        Untyped::default()
    }
    fn view(value: &Self) -> View<'_> {
        View::Json(value.as_json())
    }
    fn slot(value: &mut Self) -> Slot<'_> {
        Slot::Json(value)
    }
    fn optional(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Json(place)
    }
}

impl JsonSlot for Untyped {
    fn set_json(&mut self, value: Json) {
        *self = value.into();
    }
}

impl JsonSlot for Option<Untyped> {
    fn set_json(&mut self, value: Json) {
        *self = Some(value.into());
    }
    fn clear(&mut self) {
        *self = None;
    }
}

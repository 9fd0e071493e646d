//! `Edm.Decimal`

use serde_json::Number;

use crate::kind::Kind;
use crate::{Primitive, Scalar, Slot, Value, View};

/// `Edm.Decimal`: a number of any precision, a JSON number or (where the client asks for
/// `IEEE754Compatible=true`) a string.
///
/// It is written in the form in which it was read, with every digit. Digits beyond the precision of
/// a double are lost only in formats other than JSON, and when JSON was read as
/// [`Json`](crate::Json) before.
///
/// ```
/// use edmark_runtime::Decimal;
/// let price: Decimal = serde_json::from_str("\"1.10\"")?;
/// assert_eq!(price.as_str(), "1.10");
/// let sum: Decimal = serde_json::from_str("12345678901234567890.1230")?;
/// assert_eq!(serde_json::to_string(&sum)?, "12345678901234567890.1230");
/// assert_eq!(serde_json::to_string(&Decimal::from(3))?, "3");
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Box<str>, Form);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Number,
    String,
}

impl Decimal {
    /// The nearest double.
    pub fn to_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    /// The value as an integer, if it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn number(number: &Number) -> Self {
        Self(number.to_string().into(), Form::Number)
    }
}

/// A decimal written as a string.
impl From<&str> for Decimal {
    fn from(text: &str) -> Self {
        Self(text.into(), Form::String)
    }
}

/// A decimal written as a string.
impl From<String> for Decimal {
    fn from(text: String) -> Self {
        Self(text.into(), Form::String)
    }
}

/// A decimal written as a number.
impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self::number(&value.into())
    }
}

/// A decimal written as a number.
impl From<i32> for Decimal {
    fn from(value: i32) -> Self {
        Self::number(&value.into())
    }
}

/// A decimal written as a number; NaN and the infinities are written as the strings `NaN`, `INF`
/// and `-INF`.
impl From<f64> for Decimal {
    fn from(value: f64) -> Self {
        match Number::from_f64(value) {
            Some(number) => Self::number(&number),
            None if value.is_nan() => "NaN".into(),
            None if value > 0.0 => "INF".into(),
            None => "-INF".into(),
        }
    }
}

impl Value for Decimal {
    type Kind = Self;
}

impl Kind<Self> for Decimal {
    fn blank() -> Self {
        Self(Box::default(), Form::String)
    }
    fn view(value: &Self) -> View<'_> {
        match value.1 {
            Form::Number => View::Number(&value.0),
            Form::String => View::Str(&value.0),
        }
    }
    fn slot(value: &mut Self) -> Slot<'_> {
        Slot::decimal(value)
    }
    fn optional(place: &mut Option<Self>) -> Slot<'_> {
        Slot::decimal(place)
    }
}

impl Scalar for Decimal {
    fn expected(&self) -> &'static str {
        "a decimal, as a number or a string"
    }
    fn set(&mut self, value: Primitive<'_>) -> bool {
        *self = match value {
            Primitive::Str(text) => text.into(),
            Primitive::Number(text) => Self(text.into(), Form::Number),
            Primitive::Int(value) => value.into(),
            Primitive::UInt(value) => Self::number(&value.into()),
            Primitive::Float(value) => value.into(),
            Primitive::Bool(_) => return false,
        };
        true
    }
}

crate::edm::text::text_impls!(Decimal);

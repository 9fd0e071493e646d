//! Values that can be compared in `$filter`, and their literals.

use crate::{Binary, Date, DateTimeOffset, Decimal, Duration, Flags, Guid, Literal, OpenEnum, TimeOfDay, grammar};

/// A primitive or enum value, which can be compared for equality and ordered by.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` cannot be compared in a query",
    label = "not a primitive value",
    note = "follow a complex value to one of its properties with `then`, and look into a collection with `any` or `all`"
)]
pub trait Primitive {
    /// The value as a literal (OData URL Conventions 4.01, section 5.1.1.14).
    fn literal(&self) -> Literal;
}

/// A primitive value that has an order.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` have no order in a query",
    note = "`eq`, `ne` and `is_in` compare enum values, Booleans and binary values; numbers, texts and points in time have an order, too"
)]
pub trait Ordered: Primitive {}

/// A number, which has arithmetic.
pub trait Numeric: Ordered {}

macro_rules! primitives {
    ($($type:ty => $literal:expr;)*) => {$(
        impl Primitive for $type {
            fn literal(&self) -> Literal {
                let literal: fn(&$type) -> Literal = $literal;
                literal(self)
            }
        }

        impl From<&$type> for Literal {
            fn from(value: &$type) -> Self {
                value.literal()
            }
        }
    )*};
}

primitives! {
    bool => |value| Literal::bare(value);
    i8 => |value| Literal::bare(value);
    u8 => |value| Literal::bare(value);
    i16 => |value| Literal::bare(value);
    u16 => |value| Literal::bare(value);
    i32 => |value| Literal::bare(value);
    u32 => |value| Literal::bare(value);
    i64 => |value| Literal::bare(value);
    u64 => |value| Literal::bare(value);
    f32 => |value| float((*value).into(), value.to_string());
    f64 => |value| float(*value, value.to_string());
    Decimal => |value| Literal::plain(value.to_string(), "a decimal", grammar::decimal);
    DateTimeOffset => |value| Literal::plain(value.to_string(), "a date and time with offset", grammar::date_time_offset);
    Date => |value| Literal::plain(value.to_string(), "a date", grammar::date);
    TimeOfDay => |value| Literal::plain(value.to_string(), "a time of day", grammar::time_of_day);
    Guid => |value| Literal::plain(value.to_string(), "a GUID", grammar::guid);
    Duration => |value| Literal::duration(value.as_str());
    Binary => |value| Literal::binary(value.as_str());
}

impl Primitive for String {
    fn literal(&self) -> Literal {
        Literal::string(self)
    }
}

/// Keys and arguments are passed as `impl Into<Literal>`.
impl<V: Primitive> From<V> for Literal {
    fn from(value: V) -> Self {
        value.literal()
    }
}

impl Literal {
    /// The literal of a value of the type `V`, or of a text that is one.
    ///
    /// ```
    /// use edmark_runtime::{Date, Literal};
    /// assert_eq!(Literal::of::<Date>("2025-01-31").to_string(), "2025-01-31");
    /// ```
    pub fn of<V: Primitive>(value: impl Into<V>) -> Self {
        value.into().literal()
    }
}

/// OData writes the infinities as `INF` and `-INF`, other than Rust.
fn float(value: f64, text: String) -> Literal {
    match value {
        f64::INFINITY => Literal::bare("INF"),
        f64::NEG_INFINITY => Literal::bare("-INF"),
        _ => Literal::bare(text),
    }
}

/// The name of the member in quotes, with the name of the type before it if the service requires
/// that (section 5.1.1.14.2).
impl<E: OpenEnum> Primitive for E {
    fn literal(&self) -> Literal {
        Literal::enum_member(E::TYPE_NAME, self.as_str())
    }
}

impl<E: OpenEnum> Primitive for Flags<E> {
    fn literal(&self) -> Literal {
        // The text that the set was read from may have spaces after commas, which a literal must
        // not have.
        let names: Vec<&str> = self.iter().map(E::as_str).collect();
        Literal::enum_member(E::TYPE_NAME, &names.join(","))
    }
}

macro_rules! marked {
    ($trait:ident: $($type:ty)*) => {$(
        impl $trait for $type {}
    )*};
}

marked!(Ordered: String i8 u8 i16 u16 i32 u32 i64 u64 f32 f64 Decimal DateTimeOffset Date TimeOfDay Duration Guid);
marked!(Numeric: i8 u8 i16 u16 i32 u32 i64 u64 f32 f64 Decimal);

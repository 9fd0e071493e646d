//! Values that can be compared in `$filter`, and how they are spelled there.

use crate::{Binary, Date, DateTimeOffset, Decimal, Duration, Flags, Guid, Literal, OpenEnum, TimeOfDay};

/// A primitive or enum value: it can be compared for equality, and ordered by.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` cannot be compared in a query",
    note = "follow a complex value to one of its properties with `then`, and look into a collection with `any` or `all`"
)]
pub trait Primitive {
    /// The value as a literal (OData URL Conventions 4.01, section 5.1.1.14).
    fn literal(&self) -> Literal;
}

/// A primitive value that is less or greater than others.
pub trait Ordered: Primitive {}

macro_rules! primitives {
    ($($type:ty => $literal:expr;)*) => {$(
        impl Primitive for $type {
            fn literal(&self) -> Literal {
                let literal: fn(&$type) -> Literal = $literal;
                literal(self)
            }
        }
    )*};
}

primitives! {
    bool => |value| Literal::bare(value);
    String => |value| Literal::string(value);
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
    Decimal => |value| Literal::bare(value);
    DateTimeOffset => |value| Literal::bare(value);
    Date => |value| Literal::bare(value);
    TimeOfDay => |value| Literal::bare(value);
    Guid => |value| Literal::bare(value);
    Duration => |value| Literal::member("duration", value.as_str());
    Binary => |value| Literal::member("binary", value.as_str());
}

/// OData spells the infinities without their last letters.
fn float(value: f64, text: String) -> Literal {
    match value {
        f64::INFINITY => Literal::bare("INF"),
        f64::NEG_INFINITY => Literal::bare("-INF"),
        _ => Literal::bare(text),
    }
}

/// The name of the member in quotes; OData allows to leave the type's name out (section 5.1.1.14.2), and Graph does.
impl<E: OpenEnum> Primitive for E {
    fn literal(&self) -> Literal {
        Literal::string(self.as_str())
    }
}

impl<E: OpenEnum> Primitive for Flags<E> {
    fn literal(&self) -> Literal {
        Literal::string(self.as_str())
    }
}

macro_rules! ordered {
    ($($type:ty)*) => {$(
        impl Ordered for $type {}
    )*};
}

ordered!(String i8 u8 i16 u16 i32 u32 i64 u64 f32 f64 Decimal DateTimeOffset Date TimeOfDay Duration Guid);

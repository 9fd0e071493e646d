//! What stands for the value of a property.

use std::borrow::Cow;

use crate::{Decimal, Flags, Json, OpenEnum, Untyped};

/// A value for a property of type `V`, or what stands for one.
///
/// | of type | stand for it, beside itself |
/// | --- | --- |
/// | a string, a date, a GUID, other texts of `Edm` | texts, and the types of `chrono`, `time`, `jiff` and `uuid` behind their features |
/// | `Edm.Binary` | bytes |
/// | a set of flags | a member, and an array of members |
/// | a number | numbers that it holds without loss |
/// | a collection | arrays and slices of what stands for its items |
/// | an entity or complex type | values of derived types, and boxed values |
///
/// ```
/// use edmark_runtime::{Property, Update};
/// # struct User;
/// # impl User {
/// #     const BUSINESS_PHONES: Property<User, Vec<String>> = Property::new("businessPhones");
/// #     const SHOE_SIZE: Property<User, i16> = Property::new("shoeSize");
/// # }
/// let update = Update::<User>::new().set(User::BUSINESS_PHONES, ["+1", "+2"]).set(User::SHOE_SIZE, 38);
/// assert_eq!(serde_json::to_string(&update)?, r#"{"businessPhones":["+1","+2"],"shoeSize":38}"#);
/// # Ok::<_, serde_json::Error>(())
/// ```
///
/// Items of several types become those of the collection in a vector. In an array, the compiler
/// would have to choose between all that stands for an item:
///
/// ```
/// # use edmark_runtime::{Property, Update};
/// # struct User;
/// # const BUSINESS_PHONES: Property<User, Vec<String>> = Property::new("businessPhones");
/// let office = String::from("+1");
/// let update = Update::<User>::new().set(BUSINESS_PHONES, vec![office.into(), '2'.into()]);
/// # assert_eq!(serde_json::to_string(&update)?, r#"{"businessPhones":["+1","2"]}"#);
/// # Ok::<_, serde_json::Error>(())
/// ```
///
/// It is a trait of its own beside `Into<V>`: an array of texts is not `Into<Vec<String>>`, a
/// number without a suffix is not `Into<i16>`, and the compiler would list conversions of the
/// standard library where it can name what a property takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not stand for a value of type `{V}`",
    label = "expected a value for a property of type `{V}`",
    note = "beside a `{V}`, these are taken: a text for strings, dates and GUIDs; bytes for binary values; a member for a set of flags; an array or a slice for a collection; a value of a derived type for its base type; a text becomes a member of an enum by its `from`"
)]
pub trait ValueFor<V> {
    /// The value.
    fn into_value(self) -> V;
}

impl<V> ValueFor<V> for V {
    #[inline]
    fn into_value(self) -> V {
        self
    }
}

/// Types that stand for another by their `Into`.
macro_rules! stand_for {
    ($($value:ty: $($from:ty),+;)*) => {$($(
        impl $crate::ValueFor<$value> for $from {
            #[inline]
            fn into_value(self) -> $value {
                self.into()
            }
        }
    )+)*};
}
pub(crate) use stand_for;

stand_for! {
    String: &str, &String, Cow<'_, str>, Box<str>, char;
    i32: i8, u8, i16, u16;
    i64: i32, u32;
    f64: f32, i32;
    Decimal: &str, String, i64, i32, f64;
    Json: bool, i32, i64, u32, u64, f64, &str, String, Vec<Json>;
    Untyped: Json;
}

impl<T, U: ValueFor<T>, const N: usize> ValueFor<Vec<T>> for [U; N] {
    fn into_value(self) -> Vec<T> {
        self.into_iter().map(U::into_value).collect()
    }
}

impl<T, U: ValueFor<T> + Clone> ValueFor<Vec<T>> for &[U] {
    fn into_value(self) -> Vec<T> {
        self.iter().cloned().map(U::into_value).collect()
    }
}

impl<T, U: ValueFor<T> + Clone> ValueFor<Vec<T>> for &Vec<U> {
    fn into_value(self) -> Vec<T> {
        self.as_slice().into_value()
    }
}

impl<T, U: ValueFor<T> + Clone, const N: usize> ValueFor<Vec<T>> for &[U; N] {
    fn into_value(self) -> Vec<T> {
        self.as_slice().into_value()
    }
}

impl<T> ValueFor<T> for Box<T> {
    #[inline]
    fn into_value(self) -> T {
        *self
    }
}

impl<E: OpenEnum> ValueFor<Flags<E>> for E {
    fn into_value(self) -> Flags<E> {
        self.into()
    }
}

impl<E: OpenEnum, const N: usize> ValueFor<Flags<E>> for [E; N] {
    fn into_value(self) -> Flags<E> {
        self.into()
    }
}

//! Values declared as a base type, and the types derived from it (CSDL 4.01, sections 6.2 and 9.2).
//!
//! A property that is declared as a base type holds the base type's own struct, even if the value
//! is of a derived type. So the Rust type of the property does not change when a service gets
//! another derived type. The properties that the derived type adds are kept in
//! [`Additional`](crate::Additional), together with the `@odata.type` that names the type (OData
//! JSON 4.01, section 4.6.3), and are typed on conversion to the derived type.

use crate::{Structured, Value, wire};

/// Implemented by `Base` and by all structured types that derive from it, directly or not.
/// Generated code implements it for each base type of a type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not derive from `{Base}`",
    label = "is not derived from `{Base}`",
    note = "take `{Base}` or a type that is derived from it, which the page of that type says; in a query, take their constants"
)]
pub trait DerivedFrom<Base> {}

impl<T> DerivedFrom<T> for T {}

/// Returns true if a value is of the type `D` or of a type derived from it, according to its
/// `@odata.type`. A value without that annotation is of its declared type.
pub fn is<D: Structured + Value>(value: &impl Structured) -> bool {
    D::blank().type_info().includes(type_name(value))
}

/// Converts a value to the type `D`, or returns it unchanged if it is of another type. No data is
/// lost: a member that does not fit its property in `D` is kept in
/// [`Additional`](crate::Additional).
///
/// # Errors
/// The value, if it is not of the type `D`.
pub fn downcast<B: Structured, D: Structured + Value>(mut value: B) -> Result<D, B> {
    let mut derived = D::blank();
    if !derived.type_info().includes(type_name(&value)) {
        return Err(value);
    }
    wire::convert(&mut value, &mut derived);
    Ok(derived)
}

/// Converts a copy of a value to the type `D`; none if it is of another type.
pub fn to<D: Structured + Value>(value: &(impl Structured + Clone)) -> Option<D> {
    if is::<D>(value) { downcast(value.clone()).ok() } else { None }
}

/// Converts a value to the type `D` regardless of its `@odata.type`. The method `known` of
/// generated types calls it.
pub fn convert<D: Structured + Value>(mut value: impl Structured) -> Box<D> {
    let mut derived = Box::new(D::blank());
    wire::convert(&mut value, &mut *derived);
    derived
}

/// Converts a value to a base type, with an `@odata.type` that names its own type.
pub fn upcast<B: Structured + Value, D: Structured>(mut value: D) -> B {
    let mut base = B::blank();
    if value.additional().odata_type().is_none() && value.type_info().name() != base.type_info().name() {
        base.additional_mut().insert(wire::TAG, format!("#{}", value.type_info().name()));
    }
    wire::convert(&mut value, &mut base);
    base
}

/// The position of the type named by a value's `@odata.type` in `names`, which are separated by
/// blanks. The method `known` of generated types calls it.
pub fn find(value: &impl Structured, names: &str) -> Option<usize> {
    let name = bare(type_name(value));
    let position = |is: fn(&str, &str) -> bool| names.split_ascii_whitespace().position(|known| is(known, name));
    position(|known, name| known == name).or_else(|| position(str::eq_ignore_ascii_case))
}

/// The type named by a value's `@odata.type`, or its declared type.
fn type_name(value: &impl Structured) -> &str {
    value.additional().odata_type().unwrap_or(value.type_info().name())
}

/// The type name in an `@odata.type`, which may have a `#`, or an address and a `#`, before it.
pub(crate) fn bare(tag: &str) -> &str {
    tag.rsplit_once('#').map_or(tag, |(_, name)| name)
}

/// Implements [`DerivedFrom`] for a structured type and its base types, and `From` to convert its
/// values to the base types, also in a box.
///
/// Generated code calls it once for each derived type.
#[macro_export]
macro_rules! derived_from {
    ($derived:ty: $($base:ty),+ $(,)?) => {$(
        impl $crate::DerivedFrom<$base> for $derived {}

        impl ::core::convert::From<$derived> for $base {
            #[inline]
            fn from(value: $derived) -> Self {
                $crate::derived::upcast(value)
            }
        }

        impl $crate::ValueFor<$base> for $derived {
            #[inline]
            fn into_value(self) -> $base {
                self.into()
            }
        }

        impl ::core::convert::From<$derived> for ::std::boxed::Box<$base> {
            #[inline]
            fn from(value: $derived) -> Self {
                ::std::boxed::Box::new($crate::derived::upcast(value))
            }
        }
    )+};
}

//! Values declared as a base type, and the types derived from it (CSDL 4.01, sections 6.2 and 9.2).
//!
//! A place that is declared as a base type holds the base's own struct, whatever derives from it:
//! the type of the place does not change when a service gets another derived type. What a derived
//! value has beyond the base stays in [`Additional`](crate::Additional), with the `@odata.type`
//! that names its type (OData JSON 4.01, section 4.6.3), and is typed when somebody asks for it.

use crate::{Structured, Value, wire};

/// A structured type that is `Base` or derives from it, directly or not. Generated code implements
/// it for each base of a type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not derive from `{Base}`",
    label = "is not derived from `{Base}`",
    note = "the reference page of a type names its base; only types derived from `{Base}` can stand here"
)]
pub trait DerivedFrom<Base> {}

impl<T> DerivedFrom<T> for T {}

/// Whether a value is a `D`, or of a type derived from `D`, by its tag; one without a tag is of the
/// type that it is declared as.
pub fn is<D: Structured + Value>(value: &impl Structured) -> bool {
    D::blank().type_info().includes(type_name(value))
}

/// The value as a `D`, or the value itself when it is not one. Nothing of it is lost: a member that
/// does not fit its property in `D` stays in [`Additional`](crate::Additional).
///
/// # Errors
/// The value, when it is not a `D`.
pub fn downcast<B: Structured, D: Structured + Value>(mut value: B) -> Result<D, B> {
    let mut derived = D::blank();
    if !derived.type_info().includes(type_name(&value)) {
        return Err(value);
    }
    wire::convert(&mut value, &mut derived);
    Ok(derived)
}

/// A copy of a value as a `D`; none when it is not one.
pub fn to<D: Structured + Value>(value: &(impl Structured + Clone)) -> Option<D> {
    if is::<D>(value) { downcast(value.clone()).ok() } else { None }
}

/// A value as a `D`, whatever its tag says. What `known` of a generated type calls.
pub fn convert<D: Structured + Value>(mut value: impl Structured) -> Box<D> {
    let mut derived = Box::new(D::blank());
    wire::convert(&mut value, &mut *derived);
    derived
}

/// A value as one of a base type, with a tag that names its own type.
pub fn upcast<B: Structured + Value, D: Structured>(mut value: D) -> B {
    let mut base = B::blank();
    if value.additional().odata_type().is_none() && value.type_info().name() != base.type_info().name() {
        base.additional_mut().insert(wire::TAG, format!("#{}", value.type_info().name()));
    }
    wire::convert(&mut value, &mut base);
    base
}

/// Which of `names`, with blanks between, a value's tag means. What `known` of a generated type
/// calls.
pub fn find(value: &impl Structured, names: &str) -> Option<usize> {
    let name = bare(type_name(value));
    let position = |is: fn(&str, &str) -> bool| names.split_ascii_whitespace().position(|known| is(known, name));
    position(|known, name| known == name).or_else(|| position(str::eq_ignore_ascii_case))
}

/// The type that a value says that it has.
fn type_name(value: &impl Structured) -> &str {
    value.additional().odata_type().unwrap_or(value.type_info().name())
}

/// The name in a tag, which may stand behind a `#`, or an address and a `#`.
pub(crate) fn bare(tag: &str) -> &str {
    tag.rsplit_once('#').map_or(tag, |(_, name)| name)
}

/// Says that a structured type derives from others: [`DerivedFrom`], and `From` to make values of
/// the bases from its own, in a box, too.
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

        impl ::core::convert::From<$derived> for ::std::boxed::Box<$base> {
            #[inline]
            fn from(value: $derived) -> Self {
                ::std::boxed::Box::new($crate::derived::upcast(value))
            }
        }
    )+};
}

//! The kinds of values: what types have in common that are read and written alike.

use crate::{OpenEnum, Slot, Structured, Value, View};

/// How values of the type `T` are read and written.
///
/// A generated type names its [kind](Value::Kind) and has no functions of its own for this: with a
/// thousand types, the compiler takes a twentieth less time and memory. The types of this crate are
/// their own kind.
pub trait Kind<T> {
    /// A value that is then filled through [`slot`](Self::slot).
    fn blank() -> T;
    /// The view that the writer has of a value.
    fn view(value: &T) -> View<'_>;
    /// The slot through which the reader fills a value.
    fn slot(value: &mut T) -> Slot<'_>;
    /// The slot of a property of the type; a shortcut for `Slot::Optional(place)`.
    #[inline]
    fn optional(place: &mut Option<T>) -> Slot<'_>
    where
        T: Value,
    {
        Slot::optional(place)
    }
}

/// The kind of all structured types.
#[derive(Debug)]
pub enum Object {}

impl<T: Structured + Default> Kind<T> for Object {
    #[inline]
    fn blank() -> T {
        T::default()
    }
    #[inline]
    fn view(value: &T) -> View<'_> {
        View::object(value)
    }
    #[inline]
    fn slot(value: &mut T) -> Slot<'_> {
        Slot::object(value)
    }
}

/// The kind of all enums.
#[derive(Debug)]
pub enum Member {}

impl<E: OpenEnum + Value> Kind<E> for Member {
    #[inline]
    fn blank() -> E {
        E::from_name("")
    }
    #[inline]
    fn view(value: &E) -> View<'_> {
        View::Str(value.as_str())
    }
    #[inline]
    fn slot(value: &mut E) -> Slot<'_> {
        Slot::scalar(value)
    }
    #[inline]
    fn optional(place: &mut Option<E>) -> Slot<'_> {
        Slot::scalar(place)
    }
}

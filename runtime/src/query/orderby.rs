//! `$orderby`: in which order a collection comes.

use std::marker::PhantomData;

use super::list::{self, lists};
use super::operand::Operand;
use super::primitive::Primitive;
use crate::Property;

/// A property of a `T` to order by, upwards or downwards: `User::DISPLAY_NAME.desc()`.
#[derive(Clone, Debug)]
pub struct Order<T> {
    text: String,
    owner: PhantomData<fn(T)>,
}

impl<T> Order<T> {
    pub(super) fn new(path: &str, descending: bool) -> Self {
        Self { text: format!("{path}{}", if descending { " desc" } else { " asc" }), owner: PhantomData }
    }
}

/// What to order a collection of `T` by: property constants, [`Order`]s, names; arrays of them when they are of one type, tuples of any. The first one
/// counts first.
pub trait Ordering<T> {
    /// Adds the terms to a list that is separated by commas.
    fn write(&self, list: &mut String);
}

impl<T, V: Primitive, A> Ordering<T> for Property<T, V, A> {
    fn write(&self, list: &mut String) {
        list::push(list, self.name());
    }
}

impl<T, V: Primitive> Ordering<T> for Operand<T, V> {
    fn write(&self, list: &mut String) {
        list::push(list, self.path());
    }
}

impl<T> Ordering<T> for Order<T> {
    fn write(&self, list: &mut String) {
        list::push(list, &self.text);
    }
}

/// A term as the service takes it: what no constant says.
impl<T> Ordering<T> for &str {
    fn write(&self, list: &mut String) {
        list::push(list, self);
    }
}

lists!(Ordering);

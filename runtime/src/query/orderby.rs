//! `$orderby`: the order of the items of a collection.

use std::marker::PhantomData;

use super::Text;
use super::expression::Expression;
use super::list::{self, lists};
use super::operand::Operand;
use super::primitive::Primitive;
use crate::Property;

/// A property of a `T` to order by, ascending or descending: `User::DISPLAY_NAME.desc()` (OData URL
/// Conventions 4.01, section 5.1.5).
#[derive(Clone, Debug)]
pub struct Order<T> {
    text: Text,
    owner: PhantomData<fn(T)>,
}

impl<T> Order<T> {
    pub(super) fn new(mut text: Text, descending: bool) -> Self {
        text.push(if descending { " desc" } else { " asc" });
        Self { text, owner: PhantomData }
    }
}

/// The arguments of `$orderby` for a `T`: property constants, [`Order`]s, expressions and names;
/// arrays of them if they are of one type, tuples of any. The first one is the primary order.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not order values of `{T}`",
    label = "nothing that `{T}` can be ordered by",
    note = "take the constants of `{T}`, with `.asc()` or `.desc()` behind them, names, or a tuple of them",
    note = "a property of a derived type needs a cast before it: `.of_type::<Derived>()` on the request, or `query::cast::<{T}, Derived>().then(Derived::PROPERTY)`"
)]
pub trait Ordering<T> {
    /// Adds the terms to a list that is separated by commas.
    fn write(&self, list: &mut Text);
}

impl<T, V: Primitive> Ordering<T> for Property<T, V> {
    fn write(&self, list: &mut Text) {
        list::push(list, self.name());
    }
}

impl<T, V: Primitive> Ordering<T> for Operand<T, V> {
    fn write(&self, list: &mut Text) {
        list.begin_element();
        list.append(self.path());
    }
}

impl<T, V: Primitive> Ordering<T> for Expression<T, V> {
    fn write(&self, list: &mut Text) {
        list.begin_element();
        list.append(self.text().clone());
    }
}

impl<T> Ordering<T> for Order<T> {
    fn write(&self, list: &mut Text) {
        list.begin_element();
        list.append(self.text.clone());
    }
}

/// A term in the syntax of OData, for those without a constant.
impl<T> Ordering<T> for &str {
    fn write(&self, list: &mut Text) {
        list::push(list, self);
    }
}

lists!(Ordering);

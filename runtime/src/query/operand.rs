//! Operands of conditions: properties, and values at the end of a path of properties.

use std::fmt;
use std::marker::PhantomData;

use super::Text;
use super::expression::Expression;
use super::filter::{Binding, Filter};
use super::path::Steps;
use super::target::Target;
use crate::{Property, Structured, Value};

/// A value at the end of a path of properties of a `T`: `from/emailAddress/address`.
/// [`Property::then`] makes one.
pub struct Operand<T, V> {
    steps: Steps,
    marker: PhantomData<fn(T) -> V>,
}

/// The item of a collection in the condition of `any` or `all`.
#[derive(Debug)]
pub struct Item<V>(PhantomData<fn(V)>);

/// An operand with a value of type `V` for each `T`: a property, a path of several, or an
/// [`Expression`] of them.
pub trait Term<T, V>: sealed::Sealed {
    /// The expression.
    fn into_expression(self) -> Expression<T, V>;
}

mod sealed {
    pub trait Sealed {}
    impl<T, V> Sealed for crate::Property<T, V> {}
    impl<T, V> Sealed for super::Operand<T, V> {}
    impl<T, V> Sealed for super::Expression<T, V> {}
}

impl<T, V> Term<T, V> for Property<T, V> {
    fn into_expression(self) -> Expression<T, V> {
        Expression::new(self.name().into(), Binding::Tight)
    }
}

impl<T, V> Term<T, V> for Operand<T, V> {
    fn into_expression(self) -> Expression<T, V> {
        Expression::new(self.steps.text(), Binding::Tight)
    }
}

impl<T, V> Term<T, V> for Expression<T, V> {
    fn into_expression(self) -> Self {
        self
    }
}

impl<T, V> Operand<T, V> {
    fn new(steps: Steps) -> Self {
        Self { steps, marker: PhantomData }
    }

    fn steps(self) -> Steps {
        self.steps
    }

    /// The path as it is written in a URL.
    pub(super) fn path(&self) -> Text {
        self.steps.text()
    }
}

impl<T, V> Property<T, V> {
    fn steps(self) -> Steps {
        Steps::item(0).then(self.name())
    }
}

/// The item itself as a derived type. A condition on it is false for items of other types (OData
/// URL Conventions 4.01, section 4.11).
///
/// ```
/// # use edmark_runtime::{Additional, Members, Property, Slot, Structured, TypeInfo, Value, kind::Object};
/// # #[derive(Default)] struct Cat { additional: Additional }
/// # impl Structured for Cat {
/// #     fn type_info(&self) -> &'static TypeInfo { static INFO: TypeInfo = TypeInfo::new("zoo.Cat", ""); &INFO }
/// #     fn offer<'a>(&'a self, _: &mut dyn Members<'a>) {}
/// #     fn slot(&mut self, _: usize) -> Slot<'_> { Slot::None }
/// #     fn additional(&self) -> &Additional { &self.additional }
/// #     fn additional_mut(&mut self) -> &mut Additional { &mut self.additional }
/// # }
/// # impl Value for Cat { type Kind = Object; }
/// # struct Animal;
/// # impl Cat { const LIVES: Property<Cat, i32> = Property::new("lives"); }
/// use edmark_runtime::query::{self, Filter};
/// let condition: Filter<Animal> = query::cast::<Animal, Cat>().then(Cat::LIVES).gt(3);
/// assert_eq!(condition.to_string(), "zoo.Cat/lives gt 3");
/// assert_eq!(query::is_of::<Animal, Cat>().to_string(), "isof(zoo.Cat)");
/// ```
pub fn cast<T, D: Structured + Value>() -> Operand<T, D> {
    Operand::new(Steps::item(0).then(D::blank().type_info().name()))
}

/// The condition that the item itself is of this type, or of one derived from it (OData URL
/// Conventions 4.01, section 5.1.1.9.2).
pub fn is_of<T, D: Structured + Value>() -> Filter<T> {
    Filter::new(format!("isof({})", D::blank().type_info().name()).into(), Binding::Tight)
}

/// The methods of properties and paths that do not depend on the types of their values.
macro_rules! paths {
    ($name:ident, $value:ident => $type:ty, $list:ty) => {
        impl<$name, $value: Target> $type {
            /// A property of the value: `Message::FROM.then(Recipient::EMAIL_ADDRESS)`.
            pub fn then<W>(self, property: Property<$value::Owner, W>) -> Operand<$name, W> {
                Operand::new(self.steps().then(property.name()))
            }

            /// The value as a derived type (OData URL Conventions 4.01, section 4.11).
            pub fn cast<D: Structured + Value>(self) -> Operand<$name, D> {
                Operand::new(self.steps().then(D::blank().type_info().name()))
            }

            /// The condition that the value is of this type, or of one derived from it (OData URL
            /// Conventions 4.01, section 5.1.1.9.2).
            pub fn is_of<D: Structured + Value>(self) -> Filter<$name> {
                let mut text = Text::from("isof(");
                text.append(self.steps().text());
                text.push(&format!(",{})", D::blank().type_info().name()));
                Filter::new(text, Binding::Tight)
            }
        }

        impl<$name, E> $list {
            /// The condition that at least one item meets a condition (OData URL Conventions 4.01,
            /// section 5.1.1.10.1).
            pub fn any(self, condition: impl FnOnce(Operand<Item<E>, E>) -> Filter<Item<E>>) -> Filter<$name> {
                Filter::lambda(self.steps(), "any", Some(condition(Operand::new(self.steps().lambda()))))
            }

            /// The condition that there is at least one item.
            pub fn is_not_empty(self) -> Filter<$name> {
                Filter::lambda::<()>(self.steps(), "any", None)
            }

            /// The condition that all items meet a condition (OData URL Conventions 4.01, section
            /// 5.1.1.10.2).
            pub fn all(self, condition: impl FnOnce(Operand<Item<E>, E>) -> Filter<Item<E>>) -> Filter<$name> {
                Filter::lambda(self.steps(), "all", Some(condition(Operand::new(self.steps().lambda()))))
            }

            /// The number of items: `groupTypes/$count` (OData URL Conventions 4.01, section 4.8).
            pub fn count(self) -> Operand<$name, i64> {
                Operand::new(self.steps().then("$count"))
            }
        }
    };
}

paths!(T, V => Property<T, V>, Property<T, Vec<E>>);
paths!(T, V => Operand<T, V>, Operand<T, Vec<E>>);

impl<T, V> Clone for Operand<T, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V> Copy for Operand<T, V> {}

impl<T, V> fmt::Debug for Operand<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Operand").field(&self.path().neutral()).finish()
    }
}

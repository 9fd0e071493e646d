//! What a condition is about: a property, or one that is reached through others.

use std::fmt;
use std::marker::PhantomData;

use super::filter::Filter;
use super::orderby::Order;
use super::primitive::{Ordered, Primitive};
use super::target::Target;
use crate::{Flags, OpenEnum, Property};

/// A value that is reached from a `T` through properties: `from/emailAddress/address`. [`Property::then`] makes one.
pub struct Operand<T, V> {
    path: String,
    marker: PhantomData<fn(T) -> V>,
}

/// The item that a condition in `any` or `all` is about.
#[derive(Debug)]
pub struct Item<V>(PhantomData<fn(V)>);

impl<T, V> Operand<T, V> {
    fn new(path: String) -> Self {
        Self { path, marker: PhantomData }
    }

    /// The path, as it stands in a URL.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The path, as it stands in a URL.
    fn into_path(self) -> String {
        self.path
    }
}

impl<T, V, A> Property<T, V, A> {
    fn into_path(self) -> String {
        self.name().to_owned()
    }
}

/// A property's value by the path to it; the path to an item itself is empty.
fn step(mut path: String, name: &str) -> String {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(name);
    path
}

/// The operators of a value, for property constants and for paths alike.
macro_rules! operators {
    ([$($generics:ident)*] $name:ident, $value:ident => $type:ty, $list:ty, $flags:ty) => {
        impl<$name, $value: Primitive, $($generics)*> $type {
            /// The value is this one.
            pub fn eq(self, value: impl Into<$value>) -> Filter<$name> {
                Filter::comparison(self.into_path(), "eq", value.into().literal().as_str())
            }

            /// The value is another one.
            pub fn ne(self, value: impl Into<$value>) -> Filter<$name> {
                Filter::comparison(self.into_path(), "ne", value.into().literal().as_str())
            }

            /// There is no value.
            pub fn is_null(self) -> Filter<$name> {
                Filter::comparison(self.into_path(), "eq", "null")
            }

            /// There is a value.
            pub fn is_not_null(self) -> Filter<$name> {
                Filter::comparison(self.into_path(), "ne", "null")
            }

            /// The value is one of these; never, if there are none.
            pub fn is_in<I: Into<$value>>(self, values: impl IntoIterator<Item = I>) -> Filter<$name> {
                let values: Vec<_> = values.into_iter().map(|value| value.into().literal().to_string()).collect();
                if values.is_empty() {
                    return Filter::constant(false);
                }
                Filter::comparison(self.into_path(), "in", &format!("({})", values.join(",")))
            }

            /// In ascending order.
            pub fn asc(self) -> Order<$name> {
                Order::new(&self.into_path(), false)
            }

            /// In descending order.
            pub fn desc(self) -> Order<$name> {
                Order::new(&self.into_path(), true)
            }
        }

        impl<$name, $value: Ordered, $($generics)*> $type {
            /// The value is greater than this one.
            pub fn gt(self, value: impl Into<$value>) -> Filter<$name> {
                Filter::comparison(self.into_path(), "gt", value.into().literal().as_str())
            }

            /// The value is greater than this one, or it.
            pub fn ge(self, value: impl Into<$value>) -> Filter<$name> {
                Filter::comparison(self.into_path(), "ge", value.into().literal().as_str())
            }

            /// The value is less than this one.
            pub fn lt(self, value: impl Into<$value>) -> Filter<$name> {
                Filter::comparison(self.into_path(), "lt", value.into().literal().as_str())
            }

            /// The value is less than this one, or it.
            pub fn le(self, value: impl Into<$value>) -> Filter<$name> {
                Filter::comparison(self.into_path(), "le", value.into().literal().as_str())
            }
        }

        impl<$name, $value: Target, $($generics)*> $type {
            /// A property of the value: `Message::FROM.then(Recipient::EMAIL_ADDRESS)`.
            pub fn then<W, B>(self, property: Property<$value::Owner, W, B>) -> Operand<$name, W> {
                Operand::new(step(self.into_path(), property.name()))
            }
        }

        impl<$name, E, $($generics)*> $list {
            /// Some item meets the condition.
            pub fn any(self, condition: impl FnOnce(Operand<Item<E>, E>) -> Filter<Item<E>>) -> Filter<$name> {
                Filter::lambda(self.into_path(), "any", Some(condition(Operand::new(String::new()))))
            }

            /// There are items.
            pub fn is_not_empty(self) -> Filter<$name> {
                Filter::lambda::<()>(self.into_path(), "any", None)
            }

            /// All items meet the condition.
            pub fn all(self, condition: impl FnOnce(Operand<Item<E>, E>) -> Filter<Item<E>>) -> Filter<$name> {
                Filter::lambda(self.into_path(), "all", Some(condition(Operand::new(String::new()))))
            }

            /// How many items there are: `groupTypes/$count`.
            pub fn count(self) -> Operand<$name, i64> {
                Operand::new(step(self.into_path(), "$count"))
            }
        }

        impl<$name, E: OpenEnum, $($generics)*> $flags {
            /// The member is in the set.
            pub fn has(self, member: E) -> Filter<$name> {
                Filter::comparison(self.into_path(), "has", member.literal().as_str())
            }
        }
    };
}

operators!([A] T, V => Property<T, V, A>, Property<T, Vec<E>, A>, Property<T, Flags<E>, A>);
operators!([] T, V => Operand<T, V>, Operand<T, Vec<E>>, Operand<T, Flags<E>>);

/// The functions on texts.
macro_rules! texts {
    ([$($generics:ident)*] $type:ty) => {
        impl<T, $($generics)*> $type {
            /// The text begins with this one.
            pub fn starts_with(self, text: impl Into<String>) -> Filter<T> {
                Filter::call("startswith", self.into_path(), text.into().literal().as_str())
            }

            /// The text ends with this one.
            pub fn ends_with(self, text: impl Into<String>) -> Filter<T> {
                Filter::call("endswith", self.into_path(), text.into().literal().as_str())
            }

            /// The text contains this one.
            pub fn contains(self, text: impl Into<String>) -> Filter<T> {
                Filter::call("contains", self.into_path(), text.into().literal().as_str())
            }
        }
    };
}

texts!([A] Property<T, String, A>);
texts!([] Operand<T, String>);

impl<T, V> Clone for Operand<T, V> {
    fn clone(&self) -> Self {
        Self::new(self.path.clone())
    }
}

impl<T, V> fmt::Debug for Operand<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Operand").field(&self.path).finish()
    }
}

//! Values that the service computes: functions of properties, and arithmetic.

use std::fmt;
use std::marker::PhantomData;

use super::Text;
use super::filter::{Binding, within};
use super::primitive::Primitive;
use crate::{DateTimeOffset, ValueFor};

/// A value of type `V` that the service computes for each `T`: `length(displayName)`, `price mul 2`
/// (OData URL Conventions 4.01, section 5.1.1).
///
/// Property constants, paths and expressions have the functions and operators that are defined for
/// their types:
///
/// ```
/// use edmark_runtime::{DateTimeOffset, Property};
/// # struct Event;
/// # impl Event {
/// #     const SUBJECT: Property<Event, String> = Property::new("subject");
/// #     const SEATS: Property<Event, i32> = Property::new("seats");
/// #     const TAKEN: Property<Event, i32> = Property::new("taken");
/// #     const START: Property<Event, DateTimeOffset> = Property::new("start");
/// # }
/// assert_eq!(Event::SUBJECT.trim().to_lower().eq("tea").to_string(), "tolower(trim(subject)) eq 'tea'");
/// assert_eq!(Event::SUBJECT.length().gt(20).to_string(), "length(subject) gt 20");
/// assert_eq!(Event::START.year().eq(2025).to_string(), "year(start) eq 2025");
/// assert_eq!(Event::SEATS.gt_value_of(Event::TAKEN).to_string(), "seats gt taken");
/// assert_eq!(Event::SEATS.sub_value_of(Event::TAKEN).mul(2).ge(10).to_string(), "(seats sub taken) mul 2 ge 10");
/// ```
pub struct Expression<T, V> {
    text: Text,
    binding: Binding,
    marker: PhantomData<fn(T) -> V>,
}

/// The current time of the service: `now()` (OData URL Conventions 4.01, section 5.1.1.8.9).
pub fn now<T>() -> Expression<T, DateTimeOffset> {
    Expression::new("now()".into(), Binding::Tight)
}

/// The earliest point in time: `mindatetime()` (OData URL Conventions 4.01, section 5.1.1.8.7).
pub fn min_date_time<T>() -> Expression<T, DateTimeOffset> {
    Expression::new("mindatetime()".into(), Binding::Tight)
}

/// The latest point in time: `maxdatetime()` (OData URL Conventions 4.01, section 5.1.1.8.5).
pub fn max_date_time<T>() -> Expression<T, DateTimeOffset> {
    Expression::new("maxdatetime()".into(), Binding::Tight)
}

/// A constant value as an expression.
pub fn value<T, V: Primitive>(value: impl ValueFor<V>) -> Expression<T, V> {
    Expression::new(value.into_value().literal().into(), Binding::Tight)
}

impl<T, V> Expression<T, V> {
    pub(super) fn new(text: Text, binding: Binding) -> Self {
        Self { text, binding, marker: PhantomData }
    }

    /// `function(first,second)`
    pub(super) fn call(function: &str, arguments: impl IntoIterator<Item = Text>) -> Self {
        let mut text = Text::from(format!("{function}("));
        for (position, argument) in arguments.into_iter().enumerate() {
            text.push(if position > 0 { "," } else { "" });
            text.append(argument);
        }
        text.push(")");
        Self::new(text, Binding::Tight)
    }

    /// `left add right`
    pub(super) fn operation<U, W>(
        left: Expression<T, U>,
        operator: &str,
        right: Expression<T, W>,
        binding: Binding,
    ) -> Self {
        let mut text = within(left.text, left.binding, binding);
        text.push(&format!(" {operator} "));
        // Operators of equal precedence are left-associative, so the right side needs parentheses.
        let right_binding = if right.binding == binding { Binding::Or } else { right.binding };
        text.append(within(right.text, right_binding, binding));
        Self::new(text, binding)
    }

    /// The text of the expression as an argument of a function.
    pub(super) fn into_text(self) -> Text {
        self.text
    }

    /// The text of the expression as an operand of a comparison.
    pub(super) fn into_side(self) -> Text {
        within(self.text, self.binding, Binding::Sum)
    }

    /// The text of the expression, in parentheses unless it has the highest precedence.
    pub(super) fn into_tight(self) -> Text {
        within(self.text, self.binding, Binding::Tight)
    }

    /// The text of the expression.
    pub(super) fn text(&self) -> &Text {
        &self.text
    }
}

impl<T, V> Clone for Expression<T, V> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone(), self.binding)
    }
}

/// The form for a service with the default [`Protocol`](crate::Protocol).
impl<T, V> fmt::Display for Expression<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text.neutral())
    }
}

impl<T, V> fmt::Debug for Expression<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expression").field(&self.to_string()).finish()
    }
}

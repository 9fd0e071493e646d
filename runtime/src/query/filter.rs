//! `$filter`: conditions on the items of a collection.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Not;

use super::Text;
use super::path::Steps;
use crate::Literal;

/// A condition on the properties of a `T`, for `$filter` (OData URL Conventions 4.01, section
/// 5.1.1).
///
/// It is built from property constants, which have the operators that fit their types, or given as
/// a text:
///
/// ```
/// use edmark_runtime::{Property, query::Filter};
/// # struct User;
/// # impl User {
/// #     const ACCOUNT_ENABLED: Property<User, bool> = Property::new("accountEnabled");
/// #     const DISPLAY_NAME: Property<User, String> = Property::new("displayName");
/// #     const GROUP_TYPES: Property<User, Vec<String>> = Property::new("groupTypes");
/// # }
/// let active = User::ACCOUNT_ENABLED.eq(true);
/// let named = User::DISPLAY_NAME.starts_with("A").or(User::DISPLAY_NAME.eq("O'Neil"));
/// assert_eq!(active.and(named).to_string(), "accountEnabled eq true and (startswith(displayName,'A') or displayName eq 'O''Neil')");
/// assert_eq!((!User::GROUP_TYPES.any(|kind| kind.eq("Unified"))).to_string(), "not groupTypes/any(x:x eq 'Unified')");
///
/// let raw: Filter<User> = "startswith(displayName,'A')".into();
/// assert_eq!(raw.to_string(), "startswith(displayName,'A')");
/// ```
///
/// An operator that does not fit the type of the property is a compile error:
///
/// ```compile_fail,E0599
/// use edmark_runtime::Property;
/// struct User;
/// const ACCOUNT_ENABLED: Property<User, bool> = Property::new("accountEnabled");
/// let filter = ACCOUNT_ENABLED.starts_with("t");
/// ```
///
/// So is a value of another type, or a property of another type:
///
/// ```compile_fail,E0277
/// use edmark_runtime::Property;
/// struct User;
/// const ACCOUNT_ENABLED: Property<User, bool> = Property::new("accountEnabled");
/// let filter = ACCOUNT_ENABLED.eq("true");
/// ```
///
/// ```compile_fail,E0277
/// use edmark_runtime::{Property, query::Condition};
/// struct User;
/// struct Group;
/// const VISIBILITY: Property<Group, String> = Property::new("visibility");
/// fn of_users(_: impl Condition<User>) {}
/// of_users(VISIBILITY.eq("Private"));
/// ```
pub struct Filter<T> {
    text: Text,
    binding: Binding,
    owner: PhantomData<fn(T)>,
}

/// The argument of `$filter` for a `T`: a [`Filter`], or a text in the syntax of OData.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition on `{T}`",
    label = "not a condition on `{T}`",
    note = "compare a constant of `{T}`: `.eq(value)`, or `.any(|item| …)` for a collection; a text is taken as it is",
    note = "a property of a derived type needs a cast before it: `.of_type::<Derived>()` on the request, or `query::cast::<{T}, Derived>().then(Derived::PROPERTY)`"
)]
pub trait Condition<T> {
    /// The condition.
    fn into_filter(self) -> Filter<T>;
}

impl<T> Condition<T> for Filter<T> {
    fn into_filter(self) -> Self {
        self
    }
}

impl<T> Condition<T> for &str {
    fn into_filter(self) -> Filter<T> {
        self.into()
    }
}

impl<T> Condition<T> for String {
    fn into_filter(self) -> Filter<T> {
        self.into()
    }
}

/// The precedence of the outermost operator (section 5.1.1.16), from the lowest to the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binding {
    Or,
    And,
    Comparison,
    Sum,
    Product,
    Tight,
}

/// Puts a text in parentheses if its operator has a lower precedence than the one around it.
pub(super) fn within(text: Text, binding: Binding, outer: Binding) -> Text {
    if binding < outer { text.parenthesised() } else { text }
}

impl<T> Filter<T> {
    /// `left eq right`. Operands with a lower precedence than a sum must be in parentheses already.
    pub(super) fn comparison(left: Text, operator: &str, right: impl Into<Text>) -> Self {
        let mut text = left;
        text.push(&format!(" {operator} "));
        text.append(right.into());
        Self::new(text, Binding::Comparison)
    }

    /// `startswith(path,'x')`
    pub(super) fn call(function: &str, operand: Text, argument: impl Into<Text>) -> Self {
        let mut text = Text::from(format!("{function}("));
        text.append(operand);
        text.push(",");
        text.append(argument.into());
        text.push(")");
        Self::new(text, Binding::Tight)
    }

    /// `path in (1,2)`, or an equivalent with `or`. Without values, the condition is always false.
    pub(super) fn one_of(operand: Text, values: Vec<Literal>) -> Self {
        if values.is_empty() {
            return Self::new("false".into(), Binding::Tight);
        }
        Self::new(Text::one_of(operand, values), Binding::Comparison)
    }

    /// `path/any(x:condition on x)`
    pub(super) fn lambda<Item>(steps: Steps, operator: &'static str, condition: Option<Filter<Item>>) -> Self {
        let mut text = steps.then(operator).text();
        text.push("(");
        if let Some(condition) = condition {
            text.push(&format!("{}:", steps.lambda().variable()));
            text.append(condition.text);
        }
        text.push(")");
        Self::new(text, Binding::Tight)
    }

    pub(super) fn new(text: Text, binding: Binding) -> Self {
        Self { text, binding, owner: PhantomData }
    }

    pub(super) fn into_text(self) -> (Text, Binding) {
        (self.text, self.binding)
    }

    /// Both conditions must be met.
    #[must_use]
    pub fn and(self, other: impl Condition<T>) -> Self {
        self.join(" and ", other.into_filter(), Binding::And)
    }

    /// At least one of the conditions must be met.
    #[must_use]
    pub fn or(self, other: impl Condition<T>) -> Self {
        self.join(" or ", other.into_filter(), Binding::Or)
    }

    fn join(self, operator: &str, other: Self, binding: Binding) -> Self {
        let mut text = within(self.text, self.binding, binding);
        text.push(operator);
        text.append(within(other.text, other.binding, binding));
        Self::new(text, binding)
    }
}

/// The negation of a condition.
impl<T> Not for Filter<T> {
    type Output = Self;
    fn not(self) -> Self {
        let mut text = Text::from("not ");
        text.append(within(self.text, self.binding, Binding::Tight));
        // `not` has a higher precedence than a comparison, and a second `not` needs no parentheses.
        Self::new(text, Binding::Tight)
    }
}

/// A condition in the syntax of OData. Its precedence is not known, so it is put in parentheses
/// when it is combined with others.
impl<T> From<&str> for Filter<T> {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<T> From<String> for Filter<T> {
    fn from(text: String) -> Self {
        Self::new(text.into(), Binding::Or)
    }
}

/// The form for a service with the default [`Protocol`](crate::Protocol).
impl<T> fmt::Display for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text.neutral())
    }
}

impl<T> fmt::Debug for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filter").field(&self.to_string()).finish()
    }
}

impl<T> Clone for Filter<T> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone(), self.binding)
    }
}

impl<T> PartialEq for Filter<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Filter<T> {}

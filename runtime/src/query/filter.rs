//! `$filter`: which items of a collection an answer has.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Not;

/// A condition on the properties of a `T`, for `$filter` (OData URL Conventions 4.01, section 5.1.1).
///
/// It is built from property constants, which offer the operators that fit their types, or given as a text:
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
pub struct Filter<T> {
    parts: Vec<Part>,
    binding: Binding,
    /// How many lambda expressions are nested in it: each takes a variable of its own.
    depth: usize,
    owner: PhantomData<fn(T)>,
}

/// A path is kept apart from the text around it, because within a lambda expression it begins with the variable.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// From the item on; empty is the item itself.
    Path(String),
}

/// How tightly the outermost operator binds (section 5.1.1.16), the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Comparison,
    Tight,
}

impl<T> Filter<T> {
    /// `path eq 5`
    pub(super) fn comparison(path: String, operator: &str, literal: &str) -> Self {
        Self::new(vec![Part::Path(path), Part::Text(format!(" {operator} {literal}"))], Binding::Comparison)
    }

    /// `startswith(path,'x')`
    pub(super) fn call(function: &str, path: String, argument: &str) -> Self {
        let parts = vec![Part::Text(format!("{function}(")), Part::Path(path), Part::Text(format!(",{argument})"))];
        Self::new(parts, Binding::Tight)
    }

    /// `path/any(x:condition on x)`
    pub(super) fn lambda<Item>(path: String, operator: &str, condition: Option<Filter<Item>>) -> Self {
        let Some(condition) = condition else {
            return Self::new(vec![Part::Path(format!("{path}/{operator}()"))], Binding::Tight);
        };
        let variable = variable(condition.depth);
        let text = format!("/{operator}({variable}:{})", condition.render(&variable));
        let mut filter = Self::new(vec![Part::Path(path), Part::Text(text)], Binding::Tight);
        filter.depth = condition.depth + 1;
        filter
    }

    /// A condition that is always or never met.
    pub(super) fn constant(value: bool) -> Self {
        Self::new(vec![Part::Text(value.to_string())], Binding::Tight)
    }

    fn new(parts: Vec<Part>, binding: Binding) -> Self {
        Self { parts, binding, depth: 0, owner: PhantomData }
    }

    /// Both conditions.
    #[must_use]
    pub fn and(self, other: impl Into<Self>) -> Self {
        self.join(" and ", other.into(), Binding::And)
    }

    /// One of the conditions, or both.
    #[must_use]
    pub fn or(self, other: impl Into<Self>) -> Self {
        self.join(" or ", other.into(), Binding::Or)
    }

    fn join(self, operator: &str, other: Self, binding: Binding) -> Self {
        let depth = self.depth.max(other.depth);
        let mut parts = self.within(binding);
        parts.push(Part::Text(operator.to_owned()));
        parts.extend(other.within(binding));
        Self { depth, ..Self::new(parts, binding) }
    }

    /// Its parts, between parentheses where it binds more loosely than what it becomes a part of.
    fn within(self, binding: Binding) -> Vec<Part> {
        let mut parts = self.parts;
        if self.binding < binding {
            parts.insert(0, Part::Text("(".to_owned()));
            parts.push(Part::Text(")".to_owned()));
        }
        parts
    }

    /// The text, where `item` stands for the item.
    fn render(&self, item: &str) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Path(path) => {
                    text.push_str(item);
                    if !item.is_empty() && !path.is_empty() {
                        text.push('/');
                    }
                    text.push_str(path);
                }
            }
        }
        text
    }
}

/// `x`, `y`, `z`, `x3`, …
fn variable(depth: usize) -> String {
    match ["x", "y", "z"].get(depth) {
        Some(name) => (*name).to_owned(),
        None => format!("x{depth}"),
    }
}

/// The opposite.
impl<T> Not for Filter<T> {
    type Output = Self;
    fn not(self) -> Self {
        let depth = self.depth;
        let mut parts = self.within(Binding::Tight);
        parts.insert(0, Part::Text("not ".to_owned()));
        // `not` binds more tightly than a comparison, and twice it needs no parentheses.
        Self { depth, ..Self::new(parts, Binding::Tight) }
    }
}

/// A condition as the service takes it, which may be anything: it goes between parentheses when it is joined with others.
impl<T> From<&str> for Filter<T> {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<T> From<String> for Filter<T> {
    fn from(text: String) -> Self {
        Self::new(vec![Part::Text(text)], Binding::Or)
    }
}

impl<T> fmt::Display for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.render(""))
    }
}

impl<T> fmt::Debug for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filter").field(&self.to_string()).finish()
    }
}

impl<T> Clone for Filter<T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), binding: self.binding, depth: self.depth, owner: PhantomData }
    }
}

impl<T> PartialEq for Filter<T> {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl<T> Eq for Filter<T> {}

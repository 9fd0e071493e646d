//! `$expand`: related entities that are included in the response.

use std::fmt;
use std::marker::PhantomData;

use super::filter::Condition;
use super::list::{self, lists};
use super::orderby::Ordering;
use super::search::Search;
use super::select::Selection;
use super::target::Target;
use super::{Query, Text};
use crate::{DerivedFrom, Property};

/// A navigation property of a `T` to expand, with query options for the related `V` (OData URL
/// Conventions 4.01, section 5.1.3).
///
/// ```
/// use edmark_runtime::Property;
/// # struct User;
/// # impl User {
/// #     const MANAGER: Property<User, User> = Property::read_only("manager");
/// #     const REPORTS: Property<User, Vec<User>> = Property::read_only("directReports");
/// #     const DISPLAY_NAME: Property<User, String> = Property::new("displayName");
/// # }
/// # impl edmark_runtime::query::Target for User { type Owner = User; }
/// let manager = User::MANAGER.expand().select(User::DISPLAY_NAME).expand(User::MANAGER);
/// assert_eq!(manager.to_string(), "manager($select=displayName;$expand=manager)");
/// let reports = User::REPORTS.expand().top(5).orderby(User::DISPLAY_NAME.desc());
/// assert_eq!(reports.to_string(), "directReports($top=5;$orderby=displayName desc)");
/// ```
#[derive(Debug)]
pub struct Expansion<T, V> {
    name: &'static str,
    suffix: &'static str,
    options: Query,
    marker: PhantomData<fn(T) -> V>,
}

impl<T, V: Target> Property<T, V> {
    /// Expands the property, with query options to be added.
    pub fn expand(self) -> Expansion<T, V> {
        Expansion { name: self.name(), suffix: "", options: Query::default(), marker: PhantomData }
    }
}

impl<T, V: Target> Expansion<T, V> {
    /// Selects properties of the related entities (`$select`). Several calls add up.
    #[must_use]
    pub fn select(mut self, properties: impl Selection<V::Owner>) -> Self {
        properties.write(self.options.entry("$select".into()));
        self
    }

    /// Expands navigation properties of the related entities (`$expand`). Several calls add up.
    #[must_use]
    pub fn expand(mut self, properties: impl Expansions<V::Owner>) -> Self {
        properties.write(self.options.entry("$expand".into()));
        self
    }

    /// Expands the same property recursively to a number of levels (`$levels`; section 5.1.3.1), or
    /// to the maximum with [`Levels::Max`].
    #[must_use]
    pub fn levels(self, levels: impl Into<Levels>) -> Self {
        match levels.into() {
            Levels::Max => self.option("$levels", "max"),
            Levels::Times(times) => self.option("$levels", times),
        }
    }

    /// Adds computed properties (`$compute`; section 5.1.3), with an expression in the syntax of
    /// OData.
    #[must_use]
    pub fn compute(self, expression: impl Into<Text>) -> Self {
        self.option("$compute", expression)
    }

    /// Adds a query option with a value in the syntax of OData: `("$skiptoken", "17")`.
    #[must_use]
    pub fn option(mut self, name: &'static str, value: impl Into<Text>) -> Self {
        self.options.set(name, value.into());
        self
    }

    /// Expands references instead of the related entities (`$ref`; section 5.1.3.1).
    #[must_use]
    pub fn references(mut self) -> Self {
        self.suffix = "/$ref";
        self
    }
}

/// The number of levels of a recursive expansion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    /// This number of levels.
    Times(u32),
    /// The maximum number of levels that the service supports.
    Max,
}

impl From<u32> for Levels {
    fn from(times: u32) -> Self {
        Self::Times(times)
    }
}

impl<T, E: Target> Expansion<T, Vec<E>> {
    /// Restricts the items to those that meet a condition (`$filter`). Several conditions must all
    /// be met.
    #[must_use]
    pub fn filter(mut self, condition: impl Condition<E::Owner>) -> Self {
        self.options.narrow(condition.into_filter());
        self
    }

    /// Sets the order of the items (`$orderby`). Several calls add up.
    #[must_use]
    pub fn orderby(mut self, terms: impl Ordering<E::Owner>) -> Self {
        terms.write(self.options.entry("$orderby".into()));
        self
    }

    /// Limits the number of items (`$top`).
    #[must_use]
    pub fn top(self, items: u32) -> Self {
        self.option("$top", items)
    }

    /// Skips the first items (`$skip`).
    #[must_use]
    pub fn skip(self, items: u32) -> Self {
        self.option("$skip", items)
    }

    /// Includes the number of all items (`$count`).
    #[must_use]
    pub fn count(self) -> Self {
        self.option("$count", true)
    }

    /// Restricts the items to those that match a search expression (`$search`).
    #[must_use]
    pub fn search(self, words: impl Into<Search>) -> Self {
        self.option("$search", words.into().into_text())
    }

    /// Expands the number of items only (`$count`; section 5.1.3.1), with [`filter`](Self::filter)
    /// and [`search`](Self::search).
    #[must_use]
    pub fn only_count(mut self) -> Self {
        self.suffix = "/$count";
        self
    }
}

/// The form for a service with the default [`Protocol`](crate::Protocol).
impl<T, V> fmt::Display for Expansion<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = Text::default();
        Expansions::write(self, &mut list);
        f.pad(&list.neutral())
    }
}

/// The arguments of `$expand` for a `T`: constants of navigation properties, [`Expansion`]s with
/// options, and names; arrays of them if they are of one type, tuples of any.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not expand properties of `{T}`",
    label = "nothing of `{T}` to expand",
    note = "take constants of navigation properties of `{T}`, alone or with `.expand()` and options, names, or a tuple of them"
)]
pub trait Expansions<T> {
    /// Adds them to a list that is separated by commas.
    fn write(&self, list: &mut Text);
}

/// Navigation properties of a derived type are allowed, too: see [`Selection`].
impl<T, B: DerivedFrom<T>, V: Target> Expansions<T> for Property<B, V> {
    fn write(&self, list: &mut Text) {
        list::push(list, self.name());
    }
}

impl<T, B: DerivedFrom<T>, V> Expansions<T> for Expansion<B, V> {
    fn write(&self, list: &mut Text) {
        list::push(list, self.name);
        list.push(self.suffix);
        self.options.write_nested(list);
    }
}

/// One or several items in the syntax of OData, separated by commas, for those without a constant.
impl<T> Expansions<T> for &str {
    fn write(&self, list: &mut Text) {
        list::push(list, self);
    }
}

lists!(Expansions);

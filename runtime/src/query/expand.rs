//! `$expand`: which related entities come along.

use std::marker::PhantomData;

use super::Query;
use super::filter::Filter;
use super::list::{self, lists};
use super::orderby::Ordering;
use super::search::Search;
use super::select::Selection;
use super::target::Target;
use crate::Property;

/// A navigation property of a `T` to expand, with options of its own for the related `V` (OData URL Conventions 4.01, section 5.1.3).
///
/// ```
/// use edmark_runtime::{Property, ReadOnly, query::Expansions};
/// # struct User;
/// # impl User {
/// #     const MANAGER: Property<User, User, ReadOnly> = Property::new("manager");
/// #     const REPORTS: Property<User, Vec<User>, ReadOnly> = Property::new("directReports");
/// #     const DISPLAY_NAME: Property<User, String> = Property::new("displayName");
/// # }
/// # impl edmark_runtime::query::Target for User { type Owner = User; }
/// let mut list = String::new();
/// User::MANAGER.expand().select(User::DISPLAY_NAME).expand(User::MANAGER).write(&mut list);
/// User::REPORTS.expand().top(5).orderby(User::DISPLAY_NAME.desc()).write(&mut list);
/// assert_eq!(list, "manager($select=displayName;$expand=manager),directReports($top=5;$orderby=displayName desc)");
/// ```
#[derive(Debug)]
pub struct Expansion<T, V> {
    name: &'static str,
    options: Query,
    marker: PhantomData<fn(T) -> V>,
}

impl<T, V: Target, A> Property<T, V, A> {
    /// The related entities, for `$expand`, to add options to.
    pub fn expand(self) -> Expansion<T, V> {
        Expansion { name: self.name(), options: Query::default(), marker: PhantomData }
    }
}

impl<T, V: Target> Expansion<T, V> {
    /// Only these properties. Several add up.
    #[must_use]
    pub fn select(mut self, properties: impl Selection<V::Owner>) -> Self {
        properties.write(self.options.entry("$select".into()));
        self
    }

    /// With what is related to these. Several add up.
    #[must_use]
    pub fn expand(mut self, properties: impl Expansions<V::Owner>) -> Self {
        properties.write(self.options.entry("$expand".into()));
        self
    }

    /// With an option as the service takes it: `("$levels", "max")`.
    #[must_use]
    pub fn option(mut self, name: &'static str, value: impl Into<super::Raw>) -> Self {
        self.options.set(name, value.into().into_string());
        self
    }
}

impl<T, E: Target> Expansion<T, Vec<E>> {
    /// Only what meets the condition. Of several, all must be met.
    #[must_use]
    pub fn filter(mut self, condition: impl Into<Filter<E::Owner>>) -> Self {
        self.options.narrow(condition.into());
        self
    }

    /// In this order. Several add up.
    #[must_use]
    pub fn orderby(mut self, terms: impl Ordering<E::Owner>) -> Self {
        terms.write(self.options.entry("$orderby".into()));
        self
    }

    /// At most so many.
    #[must_use]
    pub fn top(self, items: u32) -> Self {
        self.option("$top", items)
    }

    /// Without the first ones.
    #[must_use]
    pub fn skip(self, items: u32) -> Self {
        self.option("$skip", items)
    }

    /// With the number of all.
    #[must_use]
    pub fn count(self) -> Self {
        self.option("$count", true)
    }

    /// Only what matches.
    #[must_use]
    pub fn search(self, words: impl Into<Search>) -> Self {
        let words: Search = words.into();
        self.option("$search", words.into_string())
    }
}

/// What to expand of a `T`: constants of navigation properties, [`Expansion`]s with options, names; arrays of them when they are of one type, tuples
/// of any.
pub trait Expansions<T> {
    /// Adds them to a list that is separated by commas.
    fn write(&self, list: &mut String);
}

impl<T, V: Target, A> Expansions<T> for Property<T, V, A> {
    fn write(&self, list: &mut String) {
        list::push(list, self.name());
    }
}

impl<T, V> Expansions<T> for Expansion<T, V> {
    fn write(&self, list: &mut String) {
        list::push(list, self.name);
        self.options.write_nested(list);
    }
}

/// An item as the service takes it, or several with commas between: what no constant says.
impl<T> Expansions<T> for &str {
    fn write(&self, list: &mut String) {
        list::push(list, self);
    }
}

lists!(Expansions);

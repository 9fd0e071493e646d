//! `$expand`: which related entities come along.

use std::fmt;
use std::marker::PhantomData;

use super::filter::Filter;
use super::list::{self, lists};
use super::orderby::Ordering;
use super::search::Search;
use super::select::Selection;
use super::target::Target;
use super::{Query, Text};
use crate::{DerivedFrom, Property};

/// A navigation property of a `T` to expand, with options of its own for the related `V` (OData URL
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
    /// The related entities, for `$expand`, to add options to.
    pub fn expand(self) -> Expansion<T, V> {
        Expansion { name: self.name(), suffix: "", options: Query::default(), marker: PhantomData }
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

    /// The same again for what is found, so many times (`$levels`; section 5.1.3.1): a number, or
    /// [`Levels::Max`].
    #[must_use]
    pub fn levels(self, levels: impl Into<Levels>) -> Self {
        match levels.into() {
            Levels::Max => self.option("$levels", "max"),
            Levels::Times(times) => self.option("$levels", times),
        }
    }

    /// With what is calculated of each (`$compute`; section 5.1.3), as the service takes it.
    #[must_use]
    pub fn compute(self, expression: impl Into<Text>) -> Self {
        self.option("$compute", expression)
    }

    /// With an option as the service takes it: `("$skiptoken", "17")`.
    #[must_use]
    pub fn option(mut self, name: &'static str, value: impl Into<Text>) -> Self {
        self.options.set(name, value.into());
        self
    }

    /// References only, instead of what is related (`$ref`; section 5.1.3.1).
    #[must_use]
    pub fn references(mut self) -> Self {
        self.suffix = "/$ref";
        self
    }
}

/// How deep an expansion goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    /// So many times.
    Times(u32),
    /// As deep as the service goes.
    Max,
}

impl From<u32> for Levels {
    fn from(times: u32) -> Self {
        Self::Times(times)
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
        self.option("$search", words.into().into_text())
    }

    /// Their number only (`$count`; section 5.1.3.1), with [`filter`](Self::filter) and
    /// [`search`](Self::search).
    #[must_use]
    pub fn only_count(mut self) -> Self {
        self.suffix = "/$count";
        self
    }
}

/// As a service takes it that has no choices of its own ([`Protocol`](crate::Protocol)).
impl<T, V> fmt::Display for Expansion<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = Text::default();
        Expansions::write(self, &mut list);
        f.pad(&list.neutral())
    }
}

/// What to expand of a `T`: constants of navigation properties, [`Expansion`]s with options, names;
/// arrays of them when they are of one type, tuples of any.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not expand properties of `{T}`",
    label = "nothing of `{T}` to expand",
    note = "take constants of navigation properties of `{T}`, alone or with `.expand()` and options, names, or a tuple of them"
)]
pub trait Expansions<T> {
    /// Adds them to a list that is separated by commas.
    fn write(&self, list: &mut Text);
}

/// Of a derived type, too: see [`Selection`].
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

/// An item as the service takes it, or several with commas between: what no constant says.
impl<T> Expansions<T> for &str {
    fn write(&self, list: &mut Text) {
        list::push(list, self);
    }
}

lists!(Expansions);

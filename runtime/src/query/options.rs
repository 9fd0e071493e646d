//! The methods of requests that set query options.

use std::borrow::Cow;

use super::filter::{Binding, within};
use super::{Changes, Condition, Expansions, Filter, Many, One, Ordering, Query, Search, Selection, Text, Total};
use crate::Request;

/// The query options of a request, for the properties of [`Item`](Options::Item).
#[diagnostic::on_unimplemented(
    message = "the response of this request has no properties for query options",
    note = "requests that read entities have: `.get()` and `.list()`"
)]
pub trait Options: sealed::Sealed {
    /// The type that has the properties.
    type Item;
}

/// The query options of a request for several items.
#[diagnostic::on_unimplemented(
    message = "the response of this request is one value: it has no order and no `$top`",
    note = "a request for several items has them: `.list()`"
)]
pub trait Listing: Options {}

/// The query options of a request whose response has properties.
#[diagnostic::on_unimplemented(
    message = "the response of this request has no properties to select or to expand",
    note = "requests that read entities have: `.get()` and `.list()`"
)]
pub trait Shaping: Options {}

impl<T> Shaping for One<T> {}
impl<T> Shaping for Many<T> {}
impl<T> Shaping for Changes<T> {}

impl<T> Options for One<T> {
    type Item = T;
}
impl<T> Options for Many<T> {
    type Item = T;
}
impl<T> Options for Changes<T> {
    type Item = T;
}
impl<T> Options for Total<T> {
    type Item = T;
}

/// The query options that choose items: for several items, or for their number.
#[diagnostic::on_unimplemented(
    message = "the response of this request is one value: there are no items to filter or to search",
    note = "a request for several items, or for their number, has them: `.list()`, `.count()`"
)]
pub trait Choosing: Options {}

impl<T> Choosing for Many<T> {}
impl<T> Choosing for Changes<T> {}
impl<T> Choosing for Total<T> {}
impl<T> Listing for Many<T> {}
impl<T> Listing for Changes<T> {}

mod sealed {
    pub trait Sealed {}
    impl<T> Sealed for super::One<T> {}
    impl<T> Sealed for super::Many<T> {}
    impl<T> Sealed for super::Changes<T> {}
    impl<T> Sealed for super::Total<T> {}
}

// The options' trait is a bound of each method, and not of the `impl`: then the compiler shows the
// trait's own message where a request has no such option.
impl<R, O> Request<R, O> {
    /// Selects properties (`$select`). Several calls add up.
    pub fn select(mut self, properties: impl Selection<O::Item>) -> Self
    where
        O: Shaping,
    {
        properties.write(self.draft.query.entry("$select".into()));
        self
    }

    /// Expands navigation properties (`$expand`). Several calls add up.
    pub fn expand(mut self, properties: impl Expansions<O::Item>) -> Self
    where
        O: Shaping,
    {
        properties.write(self.draft.query.entry("$expand".into()));
        self
    }

    /// Restricts the items to those that meet a condition (`$filter`). Several conditions must all
    /// be met.
    pub fn filter(mut self, condition: impl Condition<O::Item>) -> Self
    where
        O: Choosing,
    {
        self.draft.query.narrow(condition.into_filter());
        self
    }

    /// Restricts the items to those that match a search expression (`$search`). A text is one
    /// phrase: use [`Search::text`] for expressions with operators.
    pub fn search(self, words: impl Into<Search>) -> Self
    where
        O: Choosing,
    {
        self.query("$search", words.into().into_text())
    }

    /// Sets the order of the items (`$orderby`). Several calls add up.
    pub fn orderby(mut self, terms: impl Ordering<O::Item>) -> Self
    where
        O: Listing,
    {
        terms.write(self.draft.query.entry("$orderby".into()));
        self
    }

    /// Limits the number of items (`$top`); Graph applies the limit to each page.
    pub fn top(self, items: u32) -> Self
    where
        O: Listing,
    {
        self.query("$top", items)
    }
}

impl<R, T> Request<R, Many<T>> {
    /// Skips the first items (`$skip`).
    pub fn skip(self, items: u32) -> Self {
        self.query("$skip", items)
    }

    /// Includes the number of all items (`$count`), in
    /// [`Collection::count`](crate::Collection::count).
    pub fn count(self) -> Self {
        self.query("$count", true)
    }

    /// Adds computed properties (`$compute`; OData URL Conventions 4.01, section 5.1.2), with an
    /// expression in the syntax of OData: `price mul 2 as double`.
    pub fn compute(self, expression: impl Into<Text>) -> Self {
        self.query("$compute", expression)
    }

    /// Aggregates or transforms the items (`$apply`; OData Extension for Data Aggregation 4.0,
    /// section 3), with an expression in the syntax of OData: `groupby((country), aggregate($count
    /// as number))`. Properties that the item type does not have are in `additional`.
    pub fn apply(self, transformations: impl Into<Text>) -> Self {
        self.query("$apply", transformations)
    }
}

impl Query {
    /// Combines a condition with those set before.
    pub(super) fn narrow<T>(&mut self, condition: Filter<T>) {
        let known = self.entry(Cow::Borrowed("$filter"));
        let (text, binding) = condition.into_text();
        if known.is_empty() {
            *known = text;
        } else {
            let mut both = std::mem::take(known).parenthesised();
            both.push(" and ");
            both.append(within(text, binding, Binding::And));
            *known = both;
        }
    }

    /// Writes the options as those of an expanded property: `($select=id;$top=5)`.
    pub(super) fn write_nested(&self, list: &mut Text) {
        for (position, (name, value)) in self.0.iter().enumerate() {
            list.push(if position == 0 { "(" } else { ";" });
            list.push(name);
            list.push("=");
            list.append(value.clone());
        }
        if !self.0.is_empty() {
            list.push(")");
        }
    }
}

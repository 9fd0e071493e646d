//! The methods of requests for query options.

use std::borrow::Cow;

use super::filter::{Binding, within};
use super::{Changes, Expansions, Filter, Many, One, Ordering, Query, Search, Selection, Text, Total};
use crate::Request;

/// What a request offers: options on the properties of [`Item`](Options::Item).
pub trait Options: sealed::Sealed {
    /// The type that has the properties.
    type Item;
}

/// What a request for several items offers.
pub trait Listing: Options {}

/// What a request offers whose answer has properties.
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
/// What chooses items: of a request for several items, or for their number.
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

impl<R, O: Shaping> Request<R, O> {
    /// Only these properties (`$select`). Several add up.
    pub fn select(mut self, properties: impl Selection<O::Item>) -> Self {
        properties.write(self.draft.query.entry("$select".into()));
        self
    }

    /// With what is related to these (`$expand`). Several add up.
    pub fn expand(mut self, properties: impl Expansions<O::Item>) -> Self {
        properties.write(self.draft.query.entry("$expand".into()));
        self
    }
}

impl<R, O: Choosing> Request<R, O> {
    /// Only items that meet the condition (`$filter`). Of several, all must be met.
    pub fn filter(mut self, condition: impl Into<Filter<O::Item>>) -> Self {
        self.draft.query.narrow(condition.into());
        self
    }

    /// Only items that match (`$search`). A text is a phrase: [`Search::text`] is for expressions
    /// with operators.
    pub fn search(self, words: impl Into<Search>) -> Self {
        self.query("$search", words.into().into_text())
    }
}

impl<R, O: Listing> Request<R, O> {
    /// In this order (`$orderby`). Several add up.
    pub fn orderby(mut self, terms: impl Ordering<O::Item>) -> Self {
        terms.write(self.draft.query.entry("$orderby".into()));
        self
    }

    /// At most so many items a page (`$top`).
    pub fn top(self, items: u32) -> Self {
        self.query("$top", items)
    }
}

impl<R, T> Request<R, Many<T>> {
    /// Without the first items (`$skip`).
    pub fn skip(self, items: u32) -> Self {
        self.query("$skip", items)
    }

    /// With the number of all items (`$count`), in [`Collection::count`](crate::Collection::count).
    pub fn count(self) -> Self {
        self.query("$count", true)
    }

    /// With what is calculated of each item (`$compute`; OData URL Conventions 4.01, section
    /// 5.1.2), as the service takes it: `price mul 2 as double`.
    pub fn compute(self, expression: impl Into<Text>) -> Self {
        self.query("$compute", expression)
    }

    /// Aggregated or transformed (`$apply`; OData Extension for Data Aggregation 4.0, section 3),
    /// as the service takes it: `groupby((country), aggregate($count as number))`. Items with other
    /// properties are read as such by their `additional`.
    pub fn apply(self, transformations: impl Into<Text>) -> Self {
        self.query("$apply", transformations)
    }

    /// Content with data that may be some moments old (`ConsistencyLevel: eventual`): what Graph's
    /// directory wants for advanced filters, such as `endswith`, `ne` and `not`, together with
    /// [`count`](Self::count).
    pub fn eventual(self) -> Self {
        self.header("consistencylevel", "eventual")
    }
}

impl Query {
    /// Adds a condition to those that there are.
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

    /// Adds the options as those of an expanded property: `($select=id;$top=5)`.
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

//! The methods of requests for query options.

use std::borrow::Cow;

use super::{Changes, Expansions, Filter, Many, One, Ordering, Query, Search, Selection};
use crate::Request;

/// What a request offers: options on the properties of [`Item`](Options::Item).
pub trait Options: sealed::Sealed {
    /// The type that has the properties.
    type Item;
}

/// What a request for several items offers.
pub trait Listing: Options {}

impl<T> Options for One<T> {
    type Item = T;
}
impl<T> Options for Many<T> {
    type Item = T;
}
impl<T> Options for Changes<T> {
    type Item = T;
}
impl<T> Listing for Many<T> {}
impl<T> Listing for Changes<T> {}

mod sealed {
    pub trait Sealed {}
    impl<T> Sealed for super::One<T> {}
    impl<T> Sealed for super::Many<T> {}
    impl<T> Sealed for super::Changes<T> {}
}

impl<R, O: Options> Request<R, O> {
    /// Only these properties (`$select`). Several add up.
    #[must_use]
    pub fn select(mut self, properties: impl Selection<O::Item>) -> Self {
        properties.write(self.draft.query.entry("$select".into()));
        self
    }

    /// With what is related to these (`$expand`). Several add up.
    #[must_use]
    pub fn expand(mut self, properties: impl Expansions<O::Item>) -> Self {
        properties.write(self.draft.query.entry("$expand".into()));
        self
    }
}

impl<R, O: Listing> Request<R, O> {
    /// Only items that meet the condition (`$filter`). Of several, all must be met.
    #[must_use]
    pub fn filter(mut self, condition: impl Into<Filter<O::Item>>) -> Self {
        self.draft.query.narrow(condition.into());
        self
    }

    /// In this order (`$orderby`). Several add up.
    #[must_use]
    pub fn orderby(mut self, terms: impl Ordering<O::Item>) -> Self {
        terms.write(self.draft.query.entry("$orderby".into()));
        self
    }

    /// At most so many items a page (`$top`).
    #[must_use]
    pub fn top(self, items: u32) -> Self {
        self.query("$top", items)
    }
}

impl<R, T> Request<R, Many<T>> {
    /// Without the first items (`$skip`).
    #[must_use]
    pub fn skip(self, items: u32) -> Self {
        self.query("$skip", items)
    }

    /// Only items that match (`$search`).
    ///
    /// Sends `ConsistencyLevel: eventual`, which Graph's directory wants for it and the rest of the service ignores.
    #[must_use]
    pub fn search(self, words: impl Into<Search>) -> Self {
        let words: Search = words.into();
        self.query("$search", words.into_string()).eventual()
    }

    /// With the number of all items (`$count`), in [`Collection::count`](crate::Collection::count).
    ///
    /// Sends `ConsistencyLevel: eventual`, which Graph's directory wants for it and the rest of the service ignores.
    #[must_use]
    pub fn count(self) -> Self {
        self.query("$count", true).eventual()
    }

    /// Content with data that may be some moments old (`ConsistencyLevel: eventual`): what Graph's directory wants for advanced filters, such as
    /// `endswith`, `ne` and `not`, together with [`count`](Self::count).
    #[must_use]
    pub fn eventual(self) -> Self {
        self.header("consistencylevel", "eventual")
    }
}

impl Query {
    /// Adds a condition to those that there are.
    pub(super) fn narrow<T>(&mut self, condition: Filter<T>) {
        let text = self.entry(Cow::Borrowed("$filter"));
        let condition = match text.as_str() {
            "" => condition,
            known => Filter::<T>::from(known).and(condition),
        };
        *text = condition.to_string();
    }

    /// Adds the options as those of an expanded property: `($select=id;$top=5)`.
    pub(super) fn write_nested(&self, list: &mut String) {
        for (position, (name, value)) in self.0.iter().enumerate() {
            list.push(if position == 0 { '(' } else { ';' });
            list.push_str(name);
            list.push('=');
            list.push_str(value);
        }
        if !self.0.is_empty() {
            list.push(')');
        }
    }
}

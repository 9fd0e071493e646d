//! Query options (OData URL Conventions 4.01, section 5), typed by the property constants.
//!
//! What a request offers follows from its answer: [`One`] entity can be selected from and expanded, [`Many`] can also be filtered, ordered and counted.
//! Texts are taken as they are: quoting and percent-encoding happen here.

mod expand;
mod filter;
mod list;
mod operand;
mod options;
mod orderby;
mod prefer;
mod primitive;
mod search;
mod select;
mod target;

use std::borrow::Cow;
use std::marker::PhantomData;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::Literal;

pub use expand::{Expansion, Expansions};
pub use filter::Filter;
pub use operand::{Item, Operand};
pub use options::{Listing, Options};
pub use orderby::{Order, Ordering};
pub use primitive::{Ordered, Primitive};
pub use search::Search;
pub use select::Selection;
pub use target::Target;

/// Of a request that reads one entity with the properties of `T`.
#[derive(Debug)]
pub struct One<T>(PhantomData<fn(T)>);

/// Of a request that reads a collection, whose items have the properties of `T`.
#[derive(Debug)]
pub struct Many<T>(PhantomData<fn(T)>);

/// Of a request for changes of a collection, whose items have the properties of `T`.
#[derive(Debug)]
pub struct Changes<T>(PhantomData<fn(T)>);

/// What must be encoded in a query for it to mean the same: all but what RFC 3986, section 3.4 allows there, and `&`, `+` and `#`, which separate.
const QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The query options of a request, in the order they were first given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(Cow<'static, str>, String)>);

impl Query {
    /// Sets an option.
    pub(crate) fn set(&mut self, name: impl Into<Cow<'static, str>>, value: String) {
        *self.entry(name.into()) = value;
    }

    /// The value of an option, to add to it; a new one is empty.
    pub(crate) fn entry(&mut self, name: Cow<'static, str>) -> &mut String {
        let position = self.0.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.0.push((name, String::new()));
            self.0.len() - 1
        });
        &mut self.0[position].1
    }

    /// About how many bytes it takes in a URL.
    pub(crate) fn capacity(&self) -> usize {
        self.0.iter().map(|(name, value)| name.len() + value.len() + value.len() / 2 + 2).sum()
    }

    /// Adds the options to a URL, percent-encoded.
    pub(crate) fn write(&self, url: &mut String) {
        for (position, (name, value)) in self.0.iter().enumerate() {
            url.push(if position == 0 { '?' } else { '&' });
            for part in utf8_percent_encode(name, QUERY) {
                // The name ends at the first equals sign.
                for (index, part) in part.split('=').enumerate() {
                    url.push_str(if index > 0 { "%3D" } else { "" });
                    url.push_str(part);
                }
            }
            url.push('=');
            url.extend(utf8_percent_encode(value, QUERY));
        }
    }
}

/// The value of a query option as it is meant, before it is percent-encoded: a text, a number, a Boolean, or a [`Literal`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw(String);

impl Raw {
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<Literal> for Raw {
    fn from(literal: Literal) -> Self {
        Self(literal.into_string())
    }
}

macro_rules! raw {
    ($($type:ty)*) => {$(
        impl From<$type> for Raw {
            fn from(value: $type) -> Self {
                Self(value.to_string())
            }
        }
    )*};
}

raw!(&str &String bool i32 i64 u32 u64 f64);

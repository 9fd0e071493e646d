//! Query options (OData URL Conventions 4.01, section 5), typed by the property constants.
//!
//! The type of a request's response decides which options it offers: [`One`] entity can be selected
//! from and expanded, [`Many`] can also be filtered, ordered and counted. Values are passed
//! unencoded; quoting and percent-encoding happen here.

mod expand;
mod expression;
mod filter;
mod list;
mod operand;
mod operators;
mod options;
mod orderby;
mod path;
mod prefer;
mod primitive;
mod search;
mod select;
mod target;
mod text;

use std::borrow::Cow;
use std::marker::PhantomData;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::Protocol;

pub use expand::{Expansion, Expansions, Levels};
pub use expression::{Expression, max_date_time, min_date_time, now, value};
pub use filter::{Condition, Filter};
pub use operand::{Item, Operand, Term, cast, is_of};
pub use options::{Choosing, Listing, Options, Shaping};
pub use orderby::{Order, Ordering};
pub use prefer::Lenient;
pub use primitive::{Numeric, Ordered, Primitive};
pub use search::Search;
pub use select::Selection;
pub use target::Target;
pub use text::Text;

/// The options of a request that reads one entity with the properties of `T`.
#[derive(Debug)]
pub struct One<T>(PhantomData<fn(T)>);

/// The options of a request that reads a collection, whose items have the properties of `T`.
#[derive(Debug)]
pub struct Many<T>(PhantomData<fn(T)>);

/// The options of a request for changes of a collection, whose items have the properties of `T`.
#[derive(Debug)]
pub struct Changes<T>(PhantomData<fn(T)>);

/// The options of a request for the number of items of a collection, which have the properties of
/// `T`.
#[derive(Debug)]
pub struct Total<T>(PhantomData<fn(T)>);

/// The characters that must be percent-encoded in a query: all except those that RFC 3986, section
/// 3.4 allows there, and also the separators `&`, `+` and `#`.
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

/// The characters that must be percent-encoded between the quotes of a string (OData ABNF 4.01,
/// `stringLiteral`).
const IN_QUOTES: &AsciiSet = &QUERY.add(b'/');

/// The query options of a request, in the order in which they were set first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(Cow<'static, str>, Text)>);

impl Query {
    /// Sets an option.
    pub(crate) fn set(&mut self, name: impl Into<Cow<'static, str>>, value: Text) {
        *self.entry(name.into()) = value;
    }

    /// The value of an option, for adding to it; empty if the option was not set yet.
    pub(crate) fn entry(&mut self, name: Cow<'static, str>) -> &mut Text {
        let position = self.0.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.0.push((name, Text::default()));
            self.0.len() - 1
        });
        &mut self.0[position].1
    }

    /// Returns true if an option is set.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// An estimate of the number of bytes in a URL.
    pub(crate) fn capacity(&self) -> usize {
        self.0.iter().map(|(name, value)| name.len() + value.capacity() + 2).sum()
    }

    /// Adds the options to a URL, percent-encoded. A literal that is not valid is written in
    /// quotes, and the error says why it is not valid.
    pub(crate) fn write(&self, protocol: &Protocol, url: &mut String) -> Result<(), Box<str>> {
        let mut result = Ok(());
        let mut rendered = String::new();
        for (position, (name, value)) in self.0.iter().enumerate() {
            url.push(if position == 0 { '?' } else { '&' });
            for part in utf8_percent_encode(name, QUERY) {
                // The service ends the name at the first equals sign, so those in it are encoded.
                for (index, part) in part.split('=').enumerate() {
                    url.push_str(if index > 0 { "%3D" } else { "" });
                    url.push_str(part);
                }
            }
            url.push('=');
            rendered.clear();
            let written = value.render(protocol, &mut rendered);
            result = result.and(written.map_err(|why| format!("the query option {name}: {why}").into()));
            for (index, part) in rendered.split('\'').enumerate() {
                url.push_str(if index > 0 { "'" } else { "" });
                url.extend(utf8_percent_encode(part, if index % 2 == 1 { IN_QUOTES } else { QUERY }));
            }
        }
        result
    }
}

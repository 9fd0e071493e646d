//! The terms of OData and of its reference pages; each kind has one table.
//!
//! | table | what a row holds | to add one |
//! | --- | --- | --- |
//! | [`Primitive`] | a primitive type: its name in CSDL, its spellings on pages, its form in JSON and in URLs, its type in Rust | a row of `primitives!` |
//! | `Column` | what a table's column holds, and the headings that say so | a row of `columns!` |
//! | `Topic` | what a section is about, and the headings that say so | a row of `topics!` |
//! | `QueryOption` | a system query option | a row of `query_options!` |
//! | `AnnotationKey` | a key in the comment before a code block | a row of `keys!` |
//!
//! Facts about properties have a table of the same kind beside the [`Facts`](crate::schema::Facts)
//! that they fill: `schema/fact.rs`.
//!
//! All stages use these tables, and none has a list of its own. Each table is a macro that
//! generates the enum and its functions from the same rows, so an incomplete row does not compile.

mod annotation;
mod column;
mod primitive;
mod query_option;
mod topic;

pub(crate) use annotation::AnnotationKey;
pub(crate) use column::Column;
pub use primitive::{JsonForm, Primitive, UrlForm};
pub(crate) use query_option::QueryOption;
pub(crate) use topic::Topic;

/// A text without the marks and the punctuation around it, as headings, labels and words are
/// compared with the tables: `Key` for `**Key**:`.
pub(crate) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

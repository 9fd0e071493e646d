//! The primitive types of OData that Rust has no equal of. They keep the text of the wire and parse
//! on demand: one odd date must not cost a page of results.

pub(crate) mod base64;
mod binary;
mod decimal;
mod duration;
mod moment;
mod text;

pub use binary::{Binary, Guid, Stream};
pub use decimal::Decimal;
pub use duration::Duration;
pub use moment::{Date, DateTimeOffset, TimeOfDay};
pub use text::InvalidText;

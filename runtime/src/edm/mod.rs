//! The primitive types of OData for which Rust has no equivalent. They keep the text they were read
//! from and parse it on demand, so that one invalid date does not make a whole page of results
//! unreadable.

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

//! The primitive types of OData for which Rust has no equivalent. They keep the text they were read
//! from and parse it on demand, so that one invalid date does not make a whole page of results
//! unreadable.

pub(crate) mod base64;
mod binary;
mod decimal;
mod duration;
mod moment;
mod text;

pub use self::{binary::*, decimal::*, duration::*, moment::*, text::*};

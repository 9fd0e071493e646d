//! Exports of the model for other tools, and of the schema for debugging (feature `export`).
//!
//! The same input gives the same bytes. Members are in the order of the model: types by name, and
//! the members of a type in the order of the pages.

mod csdl;
mod ir;
mod object;
mod requests;
mod service;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use csdl::csdl_json;
pub use ir::ir;
pub use requests::requests;

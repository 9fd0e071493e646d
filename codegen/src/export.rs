//! The model for other tools, and the intermediate representation for people who look for a fault
//! (feature `export`).
//!
//! Rule: the same input gives the same bytes. Members stand in the order of the model, which is
//! that of names, and of the pages within a type.

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

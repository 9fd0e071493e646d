//! Tests across the crates, as one program: each program would be linked with all of edmark.
//! `cargo test -p edmark-tests --test all corpus::` runs those of one file. Tests with snapshots
//! are programs of their own, beside this folder, since a snapshot is called after its program.

mod accidents;
mod bad_input;
#[path = "../../../codegen/tests/all/cargo.rs"]
mod cargo;
mod comments;
mod corpus;
mod determinism;
mod generated;
mod growth;
mod lengths;
mod licences;
mod parameters;
mod paths;
mod permissions;
mod queries;
mod readme;
mod rebuild;
mod requests;
mod sent;
mod services;
mod truth;
mod type_cells;

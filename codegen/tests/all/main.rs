//! All tests of the crate from outside, as one program: each program would be linked with all of
//! edmark. `cargo test -p edmark --test all diff::` runs those of one file.

mod action;
mod attributes;
#[cfg(all(feature = "cli", unix))]
mod cargo;
mod check;
mod command;
mod container;
mod corrections;
mod csdl;
mod diff;
mod explain;
mod guide;
mod keys;
mod links;
mod lint;
mod metadata;
mod nesting;
mod odd;
mod pages;
mod rerun;
mod selection;
#[cfg(all(feature = "cli", unix))]
mod server;
mod servers;
mod service;
mod stages;
mod stated;
mod systems;
mod watch;
mod writing;

//! All that only a crate has, beside the modules of its code: its manifest, the head of its root,
//! and its tests.

mod examples;
mod manifest;
mod quoted;
mod replays;
mod root;

pub(super) use self::examples::emit as emit_tests;
pub(super) use self::manifest::{cargo, rustfmt};
pub(super) use self::root::emit as root;

//! The options are in `edmark.toml`.

/// The generated types.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/directory.rs"));
}

/// The display name of a group.
pub fn name(team: &graph::Team) -> Option<&str> {
    team.display_name.as_deref()
}

/// The Rust name of the struct, from the derive that the configuration adds.
pub const NAME: &str = graph::Team::RUST_NAME;

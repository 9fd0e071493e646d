//! The options stand in `edmark.toml`.

/// What was generated.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/directory.rs"));
}

/// What a group is called.
pub fn name(team: &graph::Team) -> Option<&str> {
    team.display_name.as_deref()
}

/// What the struct is called, by the derive that the configuration adds.
pub const NAME: &str = graph::Team::RUST_NAME;

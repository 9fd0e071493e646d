//! A few types of the sample pages.

/// What was generated.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/graph.rs"));
}

/// What a message is about.
pub fn subject(message: &graph::Message) -> Option<&str> {
    message.subject.as_deref()
}

/// The names in Rust of the types, by the derive that the build script adds.
pub const TYPES: [&str; 3] = [graph::Message::RUST_NAME, graph::ItemBody::RUST_NAME, graph::Importance::RUST_NAME];

/// Whether the first of two importances comes before the other. The build script derives the order.
pub fn is_before(one: &graph::Importance, other: &graph::Importance) -> bool {
    one.cmp(other).is_lt()
}

//! A few types of the sample pages.

/// The generated types.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/graph.rs"));
}

/// The subject of a message.
pub fn subject(message: &graph::Message) -> Option<&str> {
    message.subject.as_deref()
}

/// The Rust names of the types, from the derive that the build script adds.
pub const TYPES: [&str; 3] = [graph::Message::RUST_NAME, graph::ItemBody::RUST_NAME, graph::Importance::RUST_NAME];

/// Returns true if the first of two importances comes before the other. The build script derives
/// the order.
pub fn is_before(one: &graph::Importance, other: &graph::Importance) -> bool {
    one.cmp(other).is_lt()
}

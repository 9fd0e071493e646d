//! A few types of the sample pages.

/// What was generated.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/graph.rs"));
}

/// What a message is about.
pub fn subject(message: &graph::Message) -> Option<&str> {
    message.subject.as_deref()
}

//! Messages; types that are shared with other crates are those of the crate `consumer-models`.

/// The generated types.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/graph.rs"));
}

use consumer_models::graph::{ItemBody, Recipient};
use graph::Message;

/// A message with a body and a recipient, both of types of another crate.
pub fn message(body: ItemBody, to: Recipient) -> Message {
    Message { body: Some(Box::new(body)), to_recipients: Some(vec![to]), ..Message::default() }
}

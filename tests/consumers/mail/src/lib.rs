//! Messages; the types that they share with others are those of the crate `consumer-models`.

/// What was generated.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/graph.rs"));
}

use consumer_models::graph::{ItemBody, Recipient};
use graph::Message;

/// A message with a body and a receiver, both of types that this crate does not have.
pub fn message(body: ItemBody, to: Recipient) -> Message {
    Message { body: Some(Box::new(body)), to_recipients: Some(vec![to]), ..Message::default() }
}

//! Types that other crates share.

/// The generated types.
pub mod graph {
    include!(concat!(env!("OUT_DIR"), "/graph.rs"));
}

/// The address of a recipient.
pub fn address(recipient: &graph::Recipient) -> Option<&str> {
    recipient.email_address.as_ref()?.address.as_deref()
}

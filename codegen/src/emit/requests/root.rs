//! The root of the tree: what a client is made into.

use super::super::doc::Doc;
use super::super::text::{Text, literal};
use super::Context;

pub(super) fn doc() -> Doc {
    let mut doc = Doc::default();
    doc.text("The service: where every request begins.");
    doc
}

/// The constructors; where the pages say where the service answers, that is a constant.
pub(super) fn constructors(out: &mut Text, context: &Context<'_>) {
    let (parameter, url) = match &context.model.service.root {
        Some(url) => {
            let mut doc = Doc::default();
            doc.text("Where the service answers.");
            doc.write(out, 1, "///");
            out.binding(1, "pub const BASE_URL: &'static str", &literal(url));
            out.push("\n");
            ("", "Self::BASE_URL")
        }
        None => ("base_url: &str", "base_url"),
    };
    let and = if parameter.is_empty() { "" } else { ", " };
    out.push(&format!(
        "    /// The service, by a transport that sends its requests.
    pub fn new({parameter}{and}transport: impl rt::Transport) -> Self {{
        Self::from_client(rt::Client::new({url}, transport))
    }}

    /// Requests as values only: they can be looked at, and sent by other means.
    pub fn offline({parameter}) -> Self {{
        Self::from_client(rt::Client::offline({url}))
    }}

    /// The service, by a client that is there already.
    pub fn from_client(client: rt::Client) -> Self {{
        Self(rt::At::root(client))
    }}

    /// What sends the requests.
    pub fn client(&self) -> &rt::Client {{
        self.0.client()
    }}
",
    ));
}

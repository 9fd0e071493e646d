//! A request selects properties of its response's type, or of types derived from it.

use graph_sample::{Graph, Group, Message, User};

fn main() {
    let graph = Graph::offline();
    let _ = graph.users().list().select(Group::MAIL_ENABLED);
    let _ = User::MANAGER.expand().select(Message::SUBJECT);
}

//! What is expanded is a navigation property of the response's type, or of a type derived from it.

use graph_sample::{Graph, Group, User};

fn main() {
    let graph = Graph::offline();
    let manager = || User::MANAGER.expand().select((User::ID, User::DISPLAY_NAME, User::ACCOUNT_ENABLED));
    let _ = graph.users().list().expand(manager());
    let _ = graph.groups().id("1").members().list().expand((User::MANAGER, Group::OWNERS));
    let _ = graph.users().list().expand(Group::OWNERS);
    let _ = graph.users().list().expand(User::DISPLAY_NAME);
}

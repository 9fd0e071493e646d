//! Only one entity can be referred to and bound, and only by a navigation property.

use edmark_runtime::{Reference, Update, With as _};
use graph_sample::{Graph, Group, User};

fn main() {
    let graph = Graph::offline();
    let ada = graph.users().id("ada");
    let _ = Reference::to(&ada);
    let _ = Update::<Group>::new().bind(Group::OWNERS, &ada).bind(Group::OWNERS, graph.users().id("bo"));
    let _ = Group::default().with_bound(Group::OWNERS, "https://x.example/users/bo");

    let _ = Reference::to(&graph.users());
    let _ = Update::<Group>::new().bind(Group::OWNERS, graph.users());
    let _ = Update::<Group>::new().bind(Group::OWNERS, 17);
    let _ = Update::<Group>::new().bind(Group::DISPLAY_NAME, &ada);
    let _ = Update::<Group>::new().bind(User::MANAGER, &ada);
}

//! One entity has no items to filter, to order or to limit, and what returns nothing no properties.

use graph_sample::{Graph, User};

fn main() {
    let user = Graph::offline().users().id("ada");
    let _ = user.get().select(User::MAIL).expand(User::MANAGER);
    let _ = user.get().filter(User::MAIL.eq("x"));
    let _ = user.get().orderby(User::MAIL);
    let _ = user.get().top(5);
    let _ = user.delete().select(User::MAIL);
}

//! An array of constants has values of one type; a tuple accepts any.

use graph_sample::{Graph, User};

fn main() {
    let users = Graph::offline().users();
    let _ = users.list().select([User::ID, User::DISPLAY_NAME, User::MAIL]);
    let _ = users.list().select((User::ID, User::ACCOUNT_ENABLED));
    let _ = users.list().select([User::ID, User::ACCOUNT_ENABLED]);
}

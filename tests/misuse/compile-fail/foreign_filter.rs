//! Conditions compare properties of the items with values of their types.

use graph_sample::{Graph, Group, User};

fn main() {
    let users = || Graph::offline().users().list();
    let _ = users().filter(User::ACCOUNT_ENABLED.eq(true)).filter("startswith(displayName,'A')");
    let _ = users().filter(Group::MAIL_ENABLED.eq(true));
    let _ = users().filter(User::ACCOUNT_ENABLED);
    let _ = users().filter(User::ACCOUNT_ENABLED.eq("true"));
    let _ = users().filter(User::MANAGER.eq("ada"));
    let _ = users().filter(User::BUSINESS_PHONES.eq("+1"));
    let _ = users().orderby(User::MANAGER);
}

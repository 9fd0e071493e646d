//! Lists the members of a group, which are users, groups and others: values declared as a base
//! type.
#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use edmark_examples::{Result, graph};
use graph_sample::{AnyDirectoryObject, User};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let id = std::env::args().nth(1).ok_or("the id of a group is missing")?;
    let graph = graph()?;
    let members = graph.groups().id(&id).members().list().send().await?;
    for member in members {
        match member.known() {
            AnyDirectoryObject::User(user) => println!("{}", user.mail.unwrap_or_default()),
            AnyDirectoryObject::Group(group) => println!("{}", group.display_name.unwrap_or_default()),
            // One of another type keeps all that was sent.
            other => println!("{other:?}"),
        }
    }

    // Or one kind alone, page by page; others are passed over.
    let mut users = graph.groups().id(&id).members().list().items_of::<User>();
    while let Some(user) = users.try_next().await? {
        println!("{}", user.display_name.unwrap_or_default());
    }
    Ok(())
}

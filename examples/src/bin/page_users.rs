//! Lists all users whose accounts are enabled, page by page.
#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use edmark_examples::{Result, graph};
use graph_sample::User;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let mut users = graph()?
        .users()
        .list()
        .filter(User::ACCOUNT_ENABLED.eq(true))
        .select([User::DISPLAY_NAME, User::MAIL])
        .top(100)
        .items();
    while let Some(user) = users.try_next().await? {
        println!("{} <{}>", user.display_name.unwrap_or_default(), user.mail.unwrap_or_default());
    }
    Ok(())
}

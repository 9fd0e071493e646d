//! Prints the users that have changed since the last run. The delta link for the next run is kept
//! in a file.
//!
//! `delta_users FILE`
#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use std::{env, fs};

use edmark_examples::{Result, graph};
use edmark_runtime::{Change, DeltaLink, DeltaRequest, Error};
use graph_sample::User;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let file = env::args().nth(1).ok_or("usage: delta_users FILE")?;
    let users = graph()?.users().delta().select([User::DISPLAY_NAME, User::JOB_TITLE]);
    let kept = fs::read_to_string(&file).ok().map(DeltaLink::new);
    let next = match round(users.clone(), kept.as_ref()).await {
        Err(Error::Resync(resync)) => {
            println!("the last time is too long ago: all users follow");
            round(users, resync.start()).await?
        }
        next => next?,
    };
    if let Some(link) = next {
        fs::write(&file, link.as_str())?;
    }
    Ok(())
}

/// The changes since a link was kept, or all users; returns the link for the next round.
async fn round(users: DeltaRequest<User>, kept: Option<&DeltaLink>) -> Result<Option<DeltaLink>, Error> {
    let mut changes = match kept {
        Some(link) => users.changes_since(link),
        None => users.changes(),
    };
    while let Some(change) = changes.try_next().await? {
        match change {
            Change::Item(user) => println!("changed: {}", user.display_name.unwrap_or_default()),
            Change::Removed(gone) => println!("removed: {}", gone.id().unwrap_or_default()),
        }
    }
    Ok(changes.link().cloned())
}

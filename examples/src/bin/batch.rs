//! Reads several resources with one batch request.
#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use edmark_examples::{Result, graph};
use graph_sample::{Message, User};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let graph = graph()?;
    let mut batch = graph.client().batch();
    let me = batch.add(&graph.me().get().select([User::DISPLAY_NAME]))?;
    let mail = batch.add(&graph.me().messages().list().select([Message::SUBJECT]).top(3))?;
    let folders = batch.add(&graph.me().mail_folders().list())?;
    batch.send().await?;

    println!("{}", batch.response(me)?.display_name.unwrap_or_default());
    for message in batch.response(mail)? {
        println!("- {}", message.subject.unwrap_or_default());
    }
    match batch.response(folders) {
        Ok(folders) => println!("{} folders", folders.value.len()),
        Err(error) => println!("no folders: {error}"),
    }
    Ok(())
}

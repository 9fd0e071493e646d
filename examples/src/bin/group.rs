//! Creates a group, and then changes two of its properties.
#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use edmark_examples::{Result, graph};
use edmark_runtime::Update;
use graph_sample::Group;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let graph = graph()?;
    let circle = Group {
        display_name: Some("Reading Circle".to_owned()),
        description: Some("Books we read together".to_owned()),
        group_types: Some(vec!["Unified".to_owned()]),
        mail_enabled: Some(true),
        mail_nickname: Some("reading".to_owned()),
        security_enabled: Some(false),
        ..Group::default()
    };
    let created = graph.groups().create(&circle).send().await?;
    let id = created.id.ok_or("the service sent no id")?;

    // One property is set, one cleared, and the rest is left as it is.
    let change = Update::<Group>::new().set(Group::DESCRIPTION, "Books we talk about").clear(Group::CLASSIFICATION);
    graph.groups().id(&id).update(&change).send().await?;
    println!("{id}");
    Ok(())
}

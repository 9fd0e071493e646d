//! Lists the latest messages with their times and subjects.
#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use edmark_examples::{Result, graph};
use graph_sample::Message;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let page = graph()?
        .me()
        .messages()
        .list()
        .select((Message::SUBJECT, Message::RECEIVED_DATE_TIME))
        .orderby(Message::RECEIVED_DATE_TIME.desc())
        .top(10)
        .send()
        .await?;
    for message in page {
        let received = message.received_date_time.as_ref().map_or("(no date)", |date| date.as_str());
        println!("{received}  {}", message.subject.as_deref().unwrap_or("(no subject)"));
    }
    Ok(())
}

//! The program of the README: requests the signed-in user.
#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use edmark_runtime::transport::Reqwest;
use edmark_runtime::{Client, Token};
use graph_sample::{Graph, User};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::var("GRAPH_TOKEN").map_err(|_| "set GRAPH_TOKEN to an access token")?;
    let url = std::env::var("GRAPH_URL").unwrap_or_else(|_| Graph::BASE_URL.to_owned());
    let client = Client::new(&url, Reqwest::new()?).with_tokens(Token::bearer(&token)?);

    let me = Graph::from_client(client).me().get().select((User::DISPLAY_NAME, User::MAIL)).send().await?;
    println!("{} <{}>", me.display_name.unwrap_or_default(), me.mail.unwrap_or_default());
    Ok(())
}

//! The code that the example programs share: a client for the service, configured by environment
//! variables.
//!
//! ```text
//! GRAPH_TOKEN=eyJ0eXAi… cargo run -p edmark-examples --bin list_mail
//! ```

use std::env;
use std::error::Error;

use edmark_runtime::transport::Reqwest;
use edmark_runtime::{Client, Token};
use graph_sample::Graph;

/// Any error; the examples report it and stop.
pub type Result<T = (), E = Box<dyn Error + Send + Sync>> = std::result::Result<T, E>;

/// The client for the service, with the token in the variable `GRAPH_TOKEN`. `GRAPH_URL` can set
/// another address, such as that of a test server.
///
/// # Errors
/// If there is no token, or it is not valid.
pub fn graph() -> Result<Graph> {
    let token = env::var("GRAPH_TOKEN").map_err(|_| "set GRAPH_TOKEN to an access token")?;
    let url = env::var("GRAPH_URL").unwrap_or_else(|_| Graph::BASE_URL.to_owned());
    let client = Client::new(&url, Reqwest::new()?).with_tokens(Token::bearer(&token)?);
    Ok(Graph::from_client(client))
}

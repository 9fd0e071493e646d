//! A service that responds to every request with one user, for the first request of a newcomer. It
//! prints its address, and ends with the script that started it. It uses only the standard library.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}/v1.0", listener.local_addr()?);
    for connection in listener.incoming() {
        let mut connection = connection?;
        let mut lines = BufReader::new(connection.try_clone()?).lines();
        let asked = lines.next().transpose()?.unwrap_or_default();
        // An empty line ends the headers; a GET has no body.
        while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
        let (status, body) = match asked.starts_with("GET /v1.0/me?") {
            true => ("200 OK", r#"{"displayName":"Ada","mail":"ada@contoso.com"}"#),
            false => ("404 Not Found", r#"{"error":{"code":"notFound","message":"another request"}}"#),
        };
        write!(
            connection,
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )?;
    }
    Ok(())
}

//! A server whose responses are given byte by byte, because server libraries do not send invalid
//! responses.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use edmark_runtime::At;

/// A request as it was received.
#[derive(Clone, Debug, Default)]
pub(crate) struct Received {
    /// `GET /path?query HTTP/1.1`
    pub(crate) line: String,
    /// The headers, with names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }
}

/// A function that is called when a request has arrived, and writes the response or not.
type Answer = dyn Fn(&Received, &mut TcpStream) + Send + Sync;

/// A server on 127.0.0.1 that runs until the test program ends.
pub(crate) struct Server {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Starts a server with this function. The connection is closed after each response.
    pub(crate) fn start(answer: impl Fn(&Received, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1.0", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let (log, answer): (_, Arc<Answer>) = (Arc::clone(&received), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    if let Some(request) = read(&stream) {
                        log.lock().unwrap().push(request.clone());
                        answer(&request, &mut stream);
                    }
                });
            }
        });
        Self { url, received }
    }

    /// Starts a server that responds to every request with these bytes.
    pub(crate) fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::start(move |_, stream| drop(stream.write_all(&answer)))
    }

    /// The root of the service, through a transport and with these retries.
    pub(crate) fn patient(&self, transport: impl edmark_runtime::Transport, retry: edmark_runtime::Retry) -> At {
        At::root(edmark_runtime::Client::new(&self.url, transport).with_retry(retry))
    }

    /// The requests that arrived.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The root of the service, through a transport.
    pub(crate) fn service(&self, transport: impl edmark_runtime::Transport) -> At {
        At::root(edmark_runtime::Client::new(&self.url, transport))
    }
}

/// A complete response.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
}

fn read(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|length| *length > 0).map(|_| line.trim_end().to_owned())
    };
    let mut request = Received { line: line()?, ..Received::default() };
    while let Some((name, value)) = line()?.split_once(':') {
        request.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    request.body.resize(length, 0);
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}

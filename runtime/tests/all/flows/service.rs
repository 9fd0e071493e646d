//! A mock service, without a network and without waiting.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use edmark_runtime::{At, BoxError, BoxFuture, Client, Content, Method, Request, Token, Transport, Untyped, response};

pub(crate) const BASE: &str = "https://graph.microsoft.com/v1.0";
const TOKEN: &str = "very-secret-token";

type Answer = http::Response<Content>;
type Script = dyn Fn(usize, &http::Request<Vec<u8>>) -> Result<Answer, BoxError> + Send + Sync;

/// A service whose responses are made by a function of the number of the request, from 0, and the
/// request.
pub(crate) struct Service {
    script: Box<Script>,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    requests: Vec<http::Request<Vec<u8>>>,
    waits: Vec<Duration>,
}

impl Service {
    pub(crate) fn new(script: impl Fn(usize, &http::Request<Vec<u8>>) -> Answer + Send + Sync + 'static) -> Arc<Self> {
        Self::failing(move |number, request| Ok(script(number, request)))
    }

    /// A service whose connections can fail.
    pub(crate) fn failing(
        script: impl Fn(usize, &http::Request<Vec<u8>>) -> Result<Answer, BoxError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { script: Box::new(script), log: Mutex::default() })
    }

    /// A client with a token.
    pub(crate) fn client(self: &Arc<Self>) -> Client {
        Client::new(BASE, Arc::clone(self)).with_tokens(Token::bearer(TOKEN).unwrap())
    }

    /// The method and address of each request, with ` anonymous` after those without a token.
    pub(crate) fn asked(&self) -> Vec<String> {
        let authorised = |request: &http::Request<_>| {
            request.headers().get("authorization").is_some_and(|value| value == &format!("Bearer {TOKEN}"))
        };
        let told = |request: &http::Request<Vec<u8>>| {
            let mark = if authorised(request) { "" } else { " anonymous" };
            format!("{} {}{mark}", request.method(), request.uri().to_string().replace(BASE, ""))
        };
        self.log.lock().unwrap().requests.iter().map(told).collect()
    }

    pub(crate) fn request(&self, number: usize) -> http::Request<Vec<u8>> {
        self.log.lock().unwrap().requests[number].clone()
    }

    /// The waits that the client asked for, in seconds.
    pub(crate) fn waits(&self) -> Vec<f64> {
        self.log.lock().unwrap().waits.iter().map(Duration::as_secs_f64).collect()
    }
}

impl Transport for Service {
    fn send(&self, request: http::Request<Vec<u8>>) -> BoxFuture<'_, Result<Answer, BoxError>> {
        let mut log = self.log.lock().unwrap();
        let number = log.requests.len();
        assert!(number < 5000, "no end");
        let answer = (self.script)(number, &request);
        log.requests.push(request);
        Box::pin(async move {
            once_pending().await;
            answer
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.log.lock().unwrap().waits.push(duration);
        Box::pin(async {})
    }
}

/// Is pending once, because on a network nothing is ready at once.
pub(crate) async fn once_pending() {
    let mut pending = true;
    std::future::poll_fn(move |context| {
        if std::mem::take(&mut pending) {
            context.waker().wake_by_ref();
            std::task::Poll::Pending
        } else {
            std::task::Poll::Ready(())
        }
    })
    .await;
}

/// A JSON response with a status.
pub(crate) fn json(status: u16, body: &str) -> Answer {
    with(status, &[("content-type", "application/json")], body)
}

/// A response with a status and headers.
pub(crate) fn with(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut answer = http::Response::builder().status(status);
    for (name, value) in headers {
        answer = answer.header(*name, *value);
    }
    answer.body(Content::from(body.to_owned())).unwrap()
}

/// A request for a collection.
pub(crate) fn users(client: &Client) -> edmark_runtime::ListRequest<Untyped> {
    Request::new(Method::Get, At::root(client.clone()).segment("users"), response::json)
}

pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    pollster::block_on(future)
}

/// The `id` of an item.
pub(crate) fn id(item: &Untyped) -> String {
    serde_json::to_value(item).unwrap()["id"].as_str().unwrap().to_owned()
}

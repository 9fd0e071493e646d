//! Long-running operations: the client requests their status monitor until they have ended.

mod progress;

use std::fmt;
use std::time::Duration;

use http::header::LOCATION;
use http::{Method, Request, Uri};

pub use self::progress::{Failed, Finished, Progress, Running};
use crate::link::{Link, LinkError};
use crate::manner::Manner;
use crate::retry_after::retry_after;
use crate::sent::scrubbed;
use crate::transport::Timeout;
use crate::{Accepted, Client, Error, ServiceError};

/// The first wait if there is no `Retry-After`. Each later one is longer by half, up to
/// `LONGEST_WAIT`.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The minimum wait, so that `Retry-After: 0` does not cause a busy loop.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);

/// The default limit for the sum of all waits.
const PATIENCE: Duration = Duration::from_secs(60 * 60);

const LOCATION_HEADER: &str = "the Location header";

/// A long-running operation, such as the copy of a folder.
///
/// ```no_run
/// # use edmark_runtime::{Accepted, Client, Request};
/// # async fn example(client: Client, copy: Request<Accepted>) -> Result<(), edmark_runtime::Error> {
/// let finished = copy.send().await?.monitor(&client)?.wait().await?;
/// println!("the copy is {:?}", finished.resource_id);
/// # Ok(())
/// # }
/// ```
///
/// The status monitor may be at the service itself, and is then requested with the token. It may
/// also be elsewhere, as for Graph's drives, and is then requested without one.
#[must_use = "a monitor does nothing until it is waited for"]
pub struct Monitor {
    client: Client,
    link: Link,
    wait: Duration,
    asked: Option<Duration>,
    patience: Duration,
}

impl Accepted {
    /// The monitor with which to wait for the operation.
    ///
    /// # Errors
    /// [`Error::Link`] if the response has no `Location`, or an invalid one.
    pub fn monitor(&self, client: &Client) -> Result<Monitor, Error> {
        let location = self.location.as_deref().ok_or_else(|| LinkError::Missing { what: LOCATION_HEADER.into() })?;
        let mut monitor = Monitor::new(client, location)?;
        monitor.asked = self.retry_after;
        Ok(monitor)
    }
}

impl Monitor {
    /// A monitor for the address of a `Location` header, for example of an operation that was
    /// started in an earlier run.
    ///
    /// # Errors
    /// [`Error::Link`] if it is not a valid address, or leads from https to http.
    pub fn new(client: &Client, location: &str) -> Result<Self, Error> {
        let link = Link::operation(client, location, LOCATION_HEADER)?;
        Ok(Self { client: client.clone(), link, wait: FIRST_WAIT, asked: None, patience: PATIENCE })
    }

    /// Sets the maximum sum of all waits. The default is one hour.
    pub fn for_at_most(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The address of the status monitor. It may grant access by itself: treat it as a secret.
    pub fn location(&self) -> String {
        self.uri().to_string()
    }

    /// Requests the state of the operation once.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn ask(&mut self) -> Result<Progress, Error> {
        let mut request = Request::new(Vec::new());
        *request.method_mut() = Method::GET;
        *request.uri_mut() = self.uri().clone();
        let away = matches!(self.link, Link::Away(_));
        request.extensions_mut().insert(if away { Manner::once().hidden() } else { Manner::once() });
        let (client, link) = (&self.client, &self.link);
        // A redirect leads to the created resource. It is the response, so it is not followed.
        let exchange = async |request| {
            let response = match link {
                Link::Home(_) => client.send(request).await?,
                Link::Away(_) => client.send_anonymous(request).await?,
            };
            client.read(response).await
        };
        let response = scrubbed(client.within(request, Timeout::whole, exchange).await?);
        self.asked = retry_after(response.headers());
        let (parts, body) = response.into_parts();
        let is_redirect = parts.status.is_redirection() && parts.headers.contains_key(LOCATION);
        if parts.status.is_success() || is_redirect {
            Progress::read(&parts, &body)
        } else {
            Err(ServiceError::read(&parts, &body).into())
        }
    }

    /// Waits until the operation has ended. Waits between requests as long as the service asks for,
    /// or else one second at first and then longer and longer, up to half a minute.
    ///
    /// # Errors
    /// [`Error::Operation`] if the operation failed, [`Error::Unfinished`] if it takes too long
    /// (`wait` can be called again), and those of any request. If the service is busy (429 or 503),
    /// the request is repeated.
    pub async fn wait(&mut self) -> Result<Finished, Error> {
        let mut left = self.patience;
        let mut wait = self.asked.take();
        loop {
            if let Some(wait) = wait {
                let wait = wait.max(SHORTEST_WAIT);
                left = left.checked_sub(wait).ok_or(Error::Unfinished)?;
                self.client.sleep(wait).await;
            }
            match self.ask().await {
                Ok(Progress::Finished(finished)) => return Ok(finished),
                Ok(Progress::Failed(failed)) => return Err(Error::Operation(Box::new(failed))),
                Ok(Progress::Running(_)) => {}
                Err(Error::Service(error)) if matches!(error.status().as_u16(), 429 | 503) => {
                    self.asked = error.retry_after()
                }
                Err(error) => return Err(error),
            }
            wait = self.asked.take().or(Some(self.wait));
            self.wait = (self.wait * 3 / 2).min(LONGEST_WAIT);
        }
    }

    fn uri(&self) -> &Uri {
        let (Link::Home(uri) | Link::Away(uri)) = &self.link;
        uri
    }
}

impl fmt::Debug for Monitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Monitor").field("at", &crate::origin::shown(self.uri())).finish_non_exhaustive()
    }
}

//! Operations that go on after the service has answered (202): asked about until they are done.

mod progress;

use std::fmt;
use std::time::Duration;

use http::{Method, Request, Uri};

pub use self::progress::{Failed, Finished, Progress, Running};
use crate::client::{Manner, scrubbed};
use crate::link::{Link, LinkError};
use crate::retry_after::retry_after;
use crate::{Accepted, Client, Error, ServiceError};

/// Without a `Retry-After`, the first wait; each later one is half as long again, up to the
/// longest.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// However impatient the service is: `Retry-After: 0` must not make a busy loop.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);

/// How long an operation may take, unless told otherwise.
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
/// The address to ask may be the service's own, and is then asked with the token, or another's,
/// which Graph uses for drives and which needs none.
pub struct Monitor {
    client: Client,
    link: Link,
    wait: Duration,
    asked: Option<Duration>,
    patience: Duration,
}

impl Accepted {
    /// The operation, to be waited for.
    ///
    /// # Errors
    /// [`Error::Link`] if the service did not say where to ask, or with an address that is none.
    pub fn monitor(&self, client: &Client) -> Result<Monitor, Error> {
        let location = self.location.as_deref().ok_or(LinkError::Missing { what: LOCATION_HEADER })?;
        let mut monitor = Monitor::new(client, location)?;
        monitor.asked = self.retry_after;
        Ok(monitor)
    }
}

impl Monitor {
    /// An operation by the address that a `Location` header had: one that was begun in another run.
    ///
    /// # Errors
    /// [`Error::Link`] if it is no address, or leads from https to http.
    pub fn new(client: &Client, location: &str) -> Result<Self, Error> {
        let link = Link::operation(client, location, LOCATION_HEADER)?;
        Ok(Self { client: client.clone(), link, wait: FIRST_WAIT, asked: None, patience: PATIENCE })
    }

    /// The same, but waiting no longer than this in all. Otherwise it is an hour.
    #[must_use]
    pub fn for_at_most(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The address that is asked. It may open a door by itself: treat it as a secret.
    pub fn location(&self) -> String {
        self.uri().to_string()
    }

    /// How the operation goes.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn ask(&mut self) -> Result<Progress, Error> {
        let mut request = Request::new(Vec::new());
        *request.method_mut() = Method::GET;
        *request.uri_mut() = self.uri().clone();
        request.extensions_mut().insert(Manner::once());
        let (client, link) = (&self.client, &self.link);
        // A redirection leads to what was made, and is not followed: it is the answer.
        let exchange = async |request| {
            let response = match link {
                Link::Home(_) => client.send(request).await?,
                Link::Away(_) => client.send_anonymous(request).await?,
            };
            client.read(response).await
        };
        let response = scrubbed(client.within(request, exchange).await?);
        self.asked = retry_after(response.headers());
        let (parts, body) = response.into_parts();
        if parts.status.is_success() || parts.status.is_redirection() {
            Progress::read(&parts, &body)
        } else {
            Err(ServiceError::read(&parts, &body).into())
        }
    }

    /// Waits until the operation is done, asking when the service says so, or else after a second
    /// and then ever more seldom, every half minute at most.
    ///
    /// # Errors
    /// [`Error::Operation`] if the operation failed, [`Error::Unfinished`] if it takes too long (it
    /// can be waited for again), and those of any request. While the service is busy (429 or 503),
    /// it is asked again.
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

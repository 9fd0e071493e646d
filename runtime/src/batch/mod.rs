//! JSON batches: several requests in one (OData JSON 4.01, section 19), in the form that Graph
//! supports.

mod document;
mod error;
mod exchange;
mod plan;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use http::Response;

pub use self::error::BatchError;
use self::exchange::Exchange;
use crate::sent::scrubbed;
use crate::{At, Client, Decode, Error, Head, Reference, Request, ServiceError};

/// Requests that are sent together, and their responses.
///
/// Steps are sent in the order in which they were added, at most as many in one `POST …/$batch` as
/// the service accepts ([`Protocol::batch_limit`](crate::Protocol::batch_limit)). A step that
/// depends on others is only executed when they have succeeded. Those were added before it, so they
/// are in the same batch or in an earlier one.
///
/// Steps that the service throttles are sent again after the time it asks for, together with the
/// steps that failed only because they depend on a throttled one. The rules are those of the client
/// or of the step's request ([`Retry`](crate::Retry)). Other failed steps are not sent again.
///
/// ```no_run
/// # use edmark_runtime::{Client, Collection, Json, Request};
/// # async fn example(client: Client, me: Request<Json>, messages: Request<Collection<Json>>) -> Result<(), edmark_runtime::Error> {
/// let mut batch = client.batch();
/// let me = batch.add(&me)?;
/// let messages = batch.add_after(&messages, &[me.id()])?;
/// batch.send().await?;
/// let me: Json = batch.response(me)?;
/// let messages: Collection<Json> = batch.response(messages)?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a batch does nothing until it is sent"]
pub struct Batch {
    client: Client,
    serial: u64,
    exchange: Exchange,
    groups: usize,
}

/// Identifies a group of steps of a [`Batch`]: see [`Batch::group`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BatchGroup {
    batch: u64,
    index: usize,
}

/// A step of a [`Batch`] whose response is decoded as an `R`.
pub struct Step<R> {
    id: StepId,
    decode: Decode<R>,
}

/// Identifies a step of a [`Batch`], without the type of its response.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StepId {
    batch: u64,
    index: usize,
}

impl Batch {
    /// Creates a batch without steps.
    pub fn new(client: Client) -> Self {
        // Distinguishes the steps of two batches; the number has no other meaning.
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        let exchange = Exchange::new(client.protocol().max_batch_steps(), client.retry());
        Self { client, serial: SERIAL.fetch_add(1, Ordering::Relaxed), exchange, groups: 0 }
    }

    /// Adds a step.
    ///
    /// # Errors
    /// If the request cannot be built, or does not go to the service of this batch.
    pub fn add<R, O>(&mut self, request: &Request<R, O>) -> Result<Step<R>, Error> {
        self.add_after(request, &[])
    }

    /// Adds a step that is executed only when others have succeeded: `dependsOn`.
    ///
    /// Graph supports either chains, where each step depends on the one before, or several steps
    /// that all depend on the same one.
    ///
    /// # Errors
    /// If the request cannot be built, or does not go to the service of this batch, or one of
    /// `after` is a step of another batch.
    pub fn add_after<R, O>(&mut self, request: &Request<R, O>, after: &[StepId]) -> Result<Step<R>, Error> {
        self.push(request, after, None)
    }

    /// Begins a group of steps of which all are carried out, or none (`atomicityGroup`; OData
    /// Protocol 4.01, section 11.7.4). They are added one after the other, with
    /// [`add_to`](Self::add_to), and are at most as many as one batch can have.
    ///
    /// ```
    /// # use edmark_runtime::{At, Client, Json, Method, Request, response};
    /// # let client = Client::offline("https://zoo.example/v4");
    /// # let request = |path: &str| At::root(client.clone()).segment(path).request(Method::Delete, response::nothing);
    /// let mut batch = client.batch();
    /// let group = batch.group();
    /// batch.add_to(group, &request("Lions"), &[])?;
    /// batch.add_to(group, &request("Tigers"), &[])?;
    /// # Ok::<_, edmark_runtime::Error>(())
    /// ```
    pub fn group(&mut self) -> BatchGroup {
        self.groups += 1;
        BatchGroup { batch: self.serial, index: self.groups }
    }

    /// Adds a step to a group; it is executed only when the steps in `after` have succeeded.
    ///
    /// # Errors
    /// Those of [`add_after`](Self::add_after), and if the group is one of another batch, if other
    /// steps were added after its steps, or if it has as many steps as one batch can have: in two
    /// batches it would not be carried out as a whole.
    pub fn add_to<R, O>(
        &mut self,
        group: BatchGroup,
        request: &Request<R, O>,
        after: &[StepId],
    ) -> Result<Step<R>, Error> {
        if group.batch != self.serial {
            return Err(BatchError::OtherBatch.into());
        }
        self.push(request, after, Some(group.index))
    }

    fn push<R, O>(
        &mut self,
        request: &Request<R, O>,
        after: &[StepId],
        group: Option<usize>,
    ) -> Result<Step<R>, Error> {
        let mut depends_on = after.iter().map(|id| self.index(*id)).collect::<Result<Vec<_>, _>>()?;
        depends_on.sort_unstable();
        depends_on.dedup();
        let index = self.exchange.add(&self.client, request.http()?, depends_on, group)?;
        Ok(Step { id: StepId { batch: self.serial, index }, decode: request.decode_fn() })
    }

    /// The place of the entity that an earlier step creates or reads: `$0` (OData JSON 4.01,
    /// section 19.1). A request for it has to depend on that step, and both have to be sent in the
    /// same `POST …/$batch`.
    ///
    /// ```
    /// use edmark_runtime::{At, Client, Json, Method, Request, response};
    /// let client = Client::offline("https://zoo.example/v4");
    /// let create: Request<Json> = At::root(client.clone()).segment("Lions").request(Method::Post, response::json);
    /// let mut batch = client.batch();
    /// let lion = batch.add(&create)?;
    /// let cubs = batch.result_of(lion.id())?.segment("Cubs");
    /// assert_eq!(cubs.path().as_str(), "/$0/Cubs");
    /// batch.add_after(&cubs.request(Method::Get, response::json::<Json>), &[lion.id()])?;
    /// # Ok::<_, edmark_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the step is one of another batch.
    pub fn result_of(&self, step: StepId) -> Result<At, Error> {
        let index = self.index(step)?;
        Ok(At::root(self.client.clone()).segment(&format!("${index}")))
    }

    /// A reference to the entity that an earlier step creates or reads, for `$ref` requests and
    /// bindings: see [`result_of`](Self::result_of).
    ///
    /// # Errors
    /// If the step is one of another batch.
    pub fn reference_to(&self, step: StepId) -> Result<Reference, Error> {
        Ok(Reference::new(format!("${}", self.index(step)?)))
    }

    /// The number of steps.
    pub fn len(&self) -> usize {
        self.exchange.len()
    }

    /// Returns true if there are no steps.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sends the steps that have no response yet, batch by batch.
    ///
    /// A step that fails is not an error of this method but of its [`response`](Self::response).
    ///
    /// # Errors
    /// If a batch cannot be sent, or the response to a whole batch is an error. Responses to
    /// earlier batches are kept, and another call continues with the remaining steps. If a whole
    /// batch is throttled (429 or 503), that response counts for each of its steps.
    pub async fn send(&mut self) -> Result<(), Error> {
        while let Some(request) = self.exchange.http(&self.client)? {
            let response = self.client.exchange(request).await?;
            if let Some(wait) = self.exchange.receive(scrubbed(response))? {
                self.client.sleep(wait).await;
            }
        }
        Ok(())
    }

    /// Decodes the response to a step.
    ///
    /// # Errors
    /// If the response is an error or cannot be decoded, if there is no response to the step, and
    /// if it was not sent yet.
    pub fn response<R>(&self, step: Step<R>) -> Result<R, Error> {
        self.response_with_head(step).map(|(value, _)| value)
    }

    /// Decodes the response to a step, with its head: the status and the headers.
    ///
    /// # Errors
    /// Those of [`response`](Self::response).
    pub fn response_with_head<R>(&self, step: Step<R>) -> Result<(R, Head), Error> {
        let response = self.exchange.response(self.index(step.id)?)?;
        let (mut parts, ()) = Response::new(()).into_parts();
        parts.status = response.status();
        parts.headers = response.headers().clone();
        parts.extensions = response.extensions().clone();
        if !parts.status.is_success() {
            return Err(ServiceError::read(&parts, response.body()).into());
        }
        let value = self.client.protocol().reading(|| (step.decode)(&parts, response.body()))?;
        Ok((value, Head::of(&parts)))
    }

    fn index(&self, id: StepId) -> Result<usize, BatchError> {
        if id.batch == self.serial { Ok(id.index) } else { Err(BatchError::OtherBatch) }
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("steps", &self.len()).finish_non_exhaustive()
    }
}

impl<R> Step<R> {
    /// The identifier of the step, for steps that depend on it.
    pub fn id(&self) -> StepId {
        self.id
    }
}

impl<R> Clone for Step<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Step<R> {}

impl<R> fmt::Debug for Step<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Step").field(&self.id.index).finish()
    }
}

impl fmt::Debug for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StepId").field(&self.index).finish()
    }
}

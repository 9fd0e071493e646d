//! Several requests in one: JSON batches (OData JSON 4.01, section 19), as Graph takes them.

mod document;
mod error;
mod exchange;
mod plan;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use http::Response;

pub use self::error::BatchError;
use self::exchange::Exchange;
use crate::client::scrubbed;
use crate::{Client, Decode, Error, Request, ServiceError};

/// Requests that go out together, and what comes back.
///
/// Steps are sent in the order in which they were added, at most 20 in one `POST …/$batch`: that is
/// what Graph takes. A step that depends on others is only carried out when they have succeeded;
/// these were added before, so they stand in the same batch or in an earlier one.
///
/// Steps that the service throttles are sent again when it says so, and with them those that failed
/// only because they depend on one; the others are not. 429 says that nothing was done; after a 503
/// with `Retry-After`, only requests are sent again whose repetition does no harm.
///
/// ```no_run
/// # use edmark_runtime::{Client, Collection, Json, Request};
/// # async fn example(client: Client, me: Request<Json>, messages: Request<Collection<Json>>) -> Result<(), edmark_runtime::Error> {
/// let mut batch = client.batch();
/// let me = batch.add(&me)?;
/// let messages = batch.add_after(&messages, &[me.id()])?;
/// batch.send().await?;
/// let me: Json = batch.answer(me)?;
/// let messages: Collection<Json> = batch.answer(messages)?;
/// # Ok(())
/// # }
/// ```
pub struct Batch {
    client: Client,
    serial: u64,
    exchange: Exchange,
}

/// A step of a [`Batch`] that is answered with an `R`.
pub struct Step<R> {
    id: StepId,
    decode: Decode<R>,
}

/// A step of a [`Batch`], whatever it is answered with.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StepId {
    batch: u64,
    index: usize,
}

impl Batch {
    /// A batch without steps.
    pub fn new(client: Client) -> Self {
        // Tells the steps of two batches apart; nothing else depends on the number.
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        Self { client, serial: SERIAL.fetch_add(1, Ordering::Relaxed), exchange: Exchange::default() }
    }

    /// Adds a step.
    ///
    /// # Errors
    /// If the request cannot be built, or does not go to the service of this batch.
    pub fn add<R, O>(&mut self, request: &Request<R, O>) -> Result<Step<R>, Error> {
        self.add_after(request, &[])
    }

    /// Adds a step that is carried out only when others have succeeded: `dependsOn`.
    ///
    /// Graph takes either chains, where each step depends on the one before, or several steps that
    /// all depend on the same one.
    ///
    /// # Errors
    /// If the request cannot be built, or does not go to the service of this batch, or one of
    /// `after` is a step of another batch.
    pub fn add_after<R, O>(&mut self, request: &Request<R, O>, after: &[StepId]) -> Result<Step<R>, Error> {
        let mut depends_on = after.iter().map(|id| self.index(*id)).collect::<Result<Vec<_>, _>>()?;
        depends_on.sort_unstable();
        depends_on.dedup();
        let index = self.exchange.add(&self.client, request.http()?, depends_on)?;
        Ok(Step { id: StepId { batch: self.serial, index }, decode: request.decode_fn() })
    }

    /// How many steps there are.
    pub fn len(&self) -> usize {
        self.exchange.len()
    }

    /// Whether there are no steps.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sends what was not answered yet, batch by batch.
    ///
    /// That a step fails is no error here, but in its [`answer`](Self::answer).
    ///
    /// # Errors
    /// If a batch cannot be sent, or is answered with an error as a whole. Earlier batches keep
    /// their answers; to send again goes on with the rest. Of a batch that is answered with 429 or
    /// 503, this is the answer to each step.
    pub async fn send(&mut self) -> Result<(), Error> {
        while let Some(request) = self.exchange.http(&self.client)? {
            let response = self.client.exchange(request).await?;
            if let Some(wait) = self.exchange.receive(scrubbed(response))? {
                self.client.sleep(wait).await;
            }
        }
        Ok(())
    }

    /// The answer to a step.
    ///
    /// # Errors
    /// If the service answered with an error, did not answer it, or with something that cannot be
    /// decoded; and if it was not sent yet.
    pub fn answer<R>(&self, step: Step<R>) -> Result<R, Error> {
        let response = self.exchange.answer(self.index(step.id)?)?;
        let (mut parts, ()) = Response::new(()).into_parts();
        parts.status = response.status();
        parts.headers = response.headers().clone();
        if !parts.status.is_success() {
            return Err(ServiceError::read(&parts, response.body()).into());
        }
        self.client.protocol().reading(|| (step.decode)(&parts, response.body()))
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
    /// The step, for others to depend on.
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

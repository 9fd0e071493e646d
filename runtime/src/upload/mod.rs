//! Upload sessions, which send large files in pieces.

mod error;
mod ranges;
mod source;
mod step;

use std::ops::Range;
use std::time::Duration;
use std::{fmt, io};

use http::header::{CONTENT_RANGE, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, Uri};
use serde::de::DeserializeOwned;

pub use self::error::UploadError;
pub use self::ranges::PIECE_UNIT;
use self::ranges::{Missing, content_range};
pub use self::source::{FileSource, Source};
use self::step::{Step, done, failure};
use crate::link::Link;
use crate::manner::Manner;
use crate::transport::Timeout;
use crate::{Client, Error, Json, Value, response, wire};

/// The default size of a piece in bytes: ten units, which is below the limits of mailboxes (4 MB)
/// and drives (60 MiB).
const PIECE: u64 = 10 * PIECE_UNIT;

/// The maximum number of attempts to send the same bytes.
const TRIES: u32 = 5;

/// The wait before the second attempt if the service does not ask for one; each later one is twice
/// as long.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// The maximum sum of the waits between two pieces that arrive.
const PATIENCE: Duration = Duration::from_secs(300);

const UPLOAD_URL: &str = "the upload URL";

/// The upload of a large file, piece by piece.
///
/// ```no_run
/// # use edmark_runtime::{Client, Collection, Error, FileSource, Json};
/// # async fn example(client: Client, session: edmark_runtime::Untyped) -> Result<(), Box<dyn std::error::Error>> {
/// // `session` is the response of `createUploadSession`.
/// let mut upload = client.upload::<Json>(&session, FileSource::open("town hall.mp4")?)?;
/// let uploaded = match upload.send().await {
///     Err(Error::Transport { .. }) => upload.send().await?, // goes on where it was interrupted
///     uploaded => uploaded?,
/// };
/// println!("{:?}", uploaded.item);
/// # Ok(())
/// # }
/// ```
///
/// The URL of a session grants access by itself. Requests to it have no token, and neither errors
/// nor `Debug` show it.
#[must_use = "an upload does nothing until it is sent"]
pub struct Upload<R> {
    client: Client,
    url: Uri,
    source: Box<dyn Source>,
    piece: u64,
    /// None if the service has to be asked for it.
    missing: Option<Missing>,
    progress: Box<dyn FnMut(u64, u64) + Send>,
    decode: Decode<R>,
}

/// The result of an upload.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Uploaded<R> {
    /// The created item. Drives send it in the response to the last piece, mailboxes do not. It is
    /// also none if that response was lost, and for a session with a deferred commit: see
    /// [`Upload::commit`].
    pub item: Option<R>,
    /// The address of the created item, if the service sends it, as mailboxes do.
    pub location: Option<String>,
}

type Decode<R> = crate::Decode<Option<R>>;

impl Client {
    /// Uploads to a session, which is the response of the service's `createUploadSession`. `R` is
    /// the type of the created item.
    ///
    /// # Errors
    /// [`Error::Upload`] if the session has no `uploadUrl` or the source is empty; [`Error::Link`]
    /// if the URL is not valid.
    pub fn upload<R: DeserializeOwned>(
        &self,
        session: &impl Value,
        source: impl Source + 'static,
    ) -> Result<Upload<R>, Error> {
        let session = wire::json(session);
        let url = session.get("uploadUrl").and_then(Json::as_str).ok_or(UploadError::NoUrl)?;
        let mut upload = Upload::resume(self, url, source)?;
        upload.missing = Some(Missing::all(upload.source.len()));
        Ok(upload)
    }
}

impl<R: DeserializeOwned> Upload<R> {
    /// Continues an upload that was started in an earlier run, given the URL of its session. Bytes
    /// that have arrived are not sent again.
    ///
    /// # Errors
    /// [`Error::Upload`] if the source is empty; [`Error::Link`] if the URL is not valid, or leads
    /// from https to http.
    pub fn resume(client: &Client, upload_url: &str, source: impl Source + 'static) -> Result<Self, Error> {
        if source.is_empty() {
            return Err(UploadError::Empty.into());
        }
        let (Link::Home(url) | Link::Away(url)) = Link::resolve(client, upload_url, UPLOAD_URL)?;
        Ok(Self {
            client: client.clone(),
            url,
            source: Box::new(source),
            piece: PIECE,
            missing: None,
            progress: Box::new(|_, _| {}),
            decode: response::optional,
        })
    }
}

impl<R> Upload<R> {
    /// Sets the size of the pieces in bytes. It is rounded down to a multiple of [`PIECE_UNIT`],
    /// and is at least one unit. The default is ten units.
    ///
    /// The limit of drives is 60 MiB for each piece, that of mailboxes 4 MB.
    pub fn pieces_of(mut self, bytes: u64) -> Self {
        self.piece = (bytes - bytes % PIECE_UNIT).max(PIECE_UNIT);
        self
    }

    /// Sets a function that is called after each piece with the number of bytes that have arrived,
    /// and the number of all.
    pub fn on_progress(mut self, progress: impl FnMut(u64, u64) + Send + 'static) -> Self {
        self.progress = Box::new(progress);
        self
    }

    /// The URL of the session, to be kept for [`resume`](Self::resume). It grants access by itself:
    /// treat it as a secret.
    pub fn url(&self) -> String {
        self.url.to_string()
    }

    /// Sends the missing bytes until all have arrived.
    ///
    /// If a piece is lost, or the service is busy or fails (429, 5xx), the service is asked for the
    /// ranges it expects, and these are sent, at most five times the same bytes. After an error,
    /// another call of `send` continues.
    ///
    /// # Errors
    /// [`Error::Upload`], and those of any request.
    pub async fn send(&mut self) -> Result<Uploaded<R>, Error> {
        let (mut tries, mut waited, mut least) = (0, Duration::ZERO, self.source.len());
        loop {
            let asked = self.missing.is_none();
            let step = match self.missing.take() {
                None => self.ask().await?,
                Some(missing) => match missing.next(self.piece) {
                    Some(range) => self.put(range).await?,
                    // All bytes have arrived, and the service waits for the commit.
                    None => return Ok(Uploaded { item: None, location: None }),
                },
            };
            match step {
                Step::Done(uploaded) => {
                    let total = self.source.len();
                    (self.progress)(total, total);
                    return Ok(uploaded);
                }
                Step::Missing(missing) => {
                    let (left, total) = (missing.bytes(), self.source.len());
                    (self.progress)(total - left, total);
                    if left < least {
                        (least, tries, waited) = (left, 0, Duration::ZERO);
                    } else if !asked {
                        // The service accepted the piece but still expects it.
                        tries += 1;
                        if tries >= TRIES {
                            return Err(UploadError::Stuck { missing: left, tries }.into());
                        }
                    }
                    self.missing = Some(missing);
                }
                Step::Again(wait, error) => {
                    tries += 1;
                    let wait = wait.unwrap_or(FIRST_WAIT * 2u32.pow(tries - 1));
                    waited = wait.saturating_add(waited);
                    if tries >= TRIES || waited > PATIENCE {
                        return Err(error);
                    }
                    self.client.sleep(wait).await;
                }
            }
        }
    }

    /// Creates the file after all bytes have arrived, for a session with a deferred commit
    /// (`deferCommit`).
    ///
    /// # Errors
    /// Those of any request.
    pub async fn commit(&mut self) -> Result<Uploaded<R>, Error> {
        let response = self.exchange(Method::POST, Vec::new(), None).await?;
        if response.status().is_success() { done(response, self.decode) } else { Err(failure(response)) }
    }

    /// Cancels the upload: the service discards the bytes that have arrived.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn cancel(self) -> Result<(), Error> {
        let response = self.exchange(Method::DELETE, Vec::new(), None).await?;
        if response.status().is_success() { Ok(()) } else { Err(failure(response)) }
    }

    /// Asks the service for the ranges it expects.
    async fn ask(&self) -> Result<Step<R>, Error> {
        let response = self.exchange(Method::GET, Vec::new(), None).await;
        self.step(response, None)
    }

    async fn put(&self, range: Range<u64>) -> Result<Step<R>, Error> {
        let bytes = self.source.read(range.clone()).await.map_err(UploadError::Source)?;
        if bytes.len() as u64 != range.end - range.start {
            return Err(UploadError::Source(io::ErrorKind::UnexpectedEof.into()).into());
        }
        let header = content_range(&range, self.source.len());
        let response = self.exchange(Method::PUT, bytes.into(), HeaderValue::try_from(header).ok()).await;
        self.step(response, Some(range.end))
    }

    fn step(&self, response: Result<Response<Vec<u8>>, Error>, sent: Option<u64>) -> Result<Step<R>, Error> {
        match response {
            Ok(response) => Step::read(response, self.source.len(), sent, self.decode),
            Err(error @ (Error::Transport { .. } | Error::Timeout { .. })) => Ok(Step::Again(None, error)),
            Err(error) => Err(error),
        }
    }

    /// Sends a request to the session, without a token.
    async fn exchange(
        &self,
        method: Method,
        body: Vec<u8>,
        range: Option<HeaderValue>,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = self.url.clone();
        if let Some(range) = range {
            request.headers_mut().insert(CONTENT_RANGE, range);
            request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        }
        request.extensions_mut().insert(Manner::once().hidden());
        let client = &self.client;
        let exchange = async |request| client.read(client.send_anonymous(request).await?).await;
        client.within(request, Timeout::whole, exchange).await
    }
}

impl<R> fmt::Debug for Upload<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("bytes", &self.source.len())
            .field("missing", &self.missing.as_ref().map(Missing::bytes))
            .finish_non_exhaustive()
    }
}

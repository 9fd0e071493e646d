//! Large files in pieces: upload sessions.

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
use crate::client::Manner;
use crate::link::Link;
use crate::{Client, Error, Json, Value, response, wire};

/// Ten units: within the 4 MB that mailboxes take, and the 60 MiB that drives do.
const PIECE: u64 = 10 * PIECE_UNIT;

/// How often the same bytes are sent before the upload is given up.
const TRIES: u32 = 5;

/// The wait before the second try, where the service asks for none; twice as long each time.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// How long a busy service is waited for between two pieces that arrive.
const PATIENCE: Duration = Duration::from_secs(300);

const UPLOAD_URL: &str = "the upload URL";

/// The upload of a large file, piece by piece.
///
/// ```no_run
/// # use edmark_runtime::{Client, Collection, Error, FileSource, Json};
/// # async fn example(client: Client, session: edmark_runtime::Untyped) -> Result<(), Box<dyn std::error::Error>> {
/// // `session` is what `createUploadSession` answered.
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
/// The URL of a session opens its door by itself. Requests to it have no token, errors and `Debug`
/// do not show it.
pub struct Upload<R> {
    client: Client,
    url: Uri,
    source: Box<dyn Source>,
    piece: u64,
    /// None while it has to be asked.
    missing: Option<Missing>,
    progress: Box<dyn FnMut(u64, u64) + Send>,
    decode: Decode<R>,
}

/// What was made of an upload.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Uploaded<R> {
    /// The new item. Drives send it with the answer to the last piece, mailboxes do not. None, too,
    /// when that answer was lost, and for a session that was created to defer its commit: see
    /// [`Upload::commit`].
    pub item: Option<R>,
    /// The address of the new item, where the service says it: mailboxes do.
    pub location: Option<String>,
}

type Decode<R> = crate::Decode<Option<R>>;

impl Client {
    /// Uploads to a session: what the service's `createUploadSession` answered. `R` is the type of
    /// the item that it becomes.
    ///
    /// # Errors
    /// [`Error::Upload`] if the session has no `uploadUrl` or the source is empty; [`Error::Link`]
    /// if the URL is none.
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
    /// An upload that was begun in another run, by the URL of its session. What has arrived is not
    /// sent again.
    ///
    /// # Errors
    /// [`Error::Upload`] if the source is empty; [`Error::Link`] if the URL is none, or leads from
    /// https to http.
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
    /// The same with pieces of another size, in bytes: rounded down to a multiple of
    /// [`PIECE_UNIT`], and at least one unit. Otherwise it is ten units.
    ///
    /// Drives take up to 60 MiB a piece, mailboxes 4 MB.
    #[must_use]
    pub fn pieces_of(mut self, bytes: u64) -> Self {
        self.piece = (bytes - bytes % PIECE_UNIT).max(PIECE_UNIT);
        self
    }

    /// The same, telling after each piece how many bytes have arrived, and how many there are.
    #[must_use]
    pub fn on_progress(mut self, progress: impl FnMut(u64, u64) + Send + 'static) -> Self {
        self.progress = Box::new(progress);
        self
    }

    /// The session's URL, to be kept for [`resume`](Self::resume). It opens a door by itself: treat
    /// it as a secret.
    pub fn url(&self) -> String {
        self.url.to_string()
    }

    /// Sends what has not arrived, until everything has.
    ///
    /// When a piece is lost on its way, or the service is busy or fails (429, 5xx), it is asked
    /// what it expects, and that is sent: five times the same bytes at most. After an error, `send`
    /// goes on where it was interrupted.
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
                    // Everything is there, and the service waits for the commit.
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
                        // Taken, and expected all the same.
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

    /// Makes the file appear, for a session that was created to defer that (`deferCommit`), when
    /// everything has arrived.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn commit(&mut self) -> Result<Uploaded<R>, Error> {
        let response = self.exchange(Method::POST, Vec::new(), None).await?;
        if response.status().is_success() { done(response, self.decode) } else { Err(failure(response)) }
    }

    /// Gives the upload up: the service throws away what has arrived.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn cancel(self) -> Result<(), Error> {
        let response = self.exchange(Method::DELETE, Vec::new(), None).await?;
        if response.status().is_success() { Ok(()) } else { Err(failure(response)) }
    }

    /// Asks what the service expects.
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
        request.extensions_mut().insert(Manner::once());
        let client = &self.client;
        let exchange = async |request| client.read(client.send_anonymous(request).await?).await;
        client.within(request, exchange).await
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

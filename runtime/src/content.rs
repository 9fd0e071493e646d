//! Bodies of responses that arrive in chunks.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::{BoxError, Error};

/// The body of a response, which arrives chunk by chunk.
///
/// It is a [`Stream`] of chunks; [`chunk`](Self::chunk) returns them one by one without a stream
/// library.
///
/// ```
/// # #[derive(Debug)] struct Failed;
/// # async fn example(mut file: Vec<u8>) -> Result<(), edmark_runtime::Error> {
/// use edmark_runtime::Content;
/// let mut content = Content::from("ab");
/// while let Some(chunk) = content.chunk().await {
///     file.extend_from_slice(&chunk?);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Content {
    source: Source,
    /// The response, for errors: `the response (200 OK) to GET
    /// https://graph.microsoft.com/v1.0/me`.
    name: Box<str>,
}

/// The name of a response whose request is not known.
const RESPONSE: &str = "the response";

enum Source {
    Whole(Bytes),
    Stream(Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>),
}

impl Content {
    /// An empty body.
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }

    /// Creates a body from a stream of chunks.
    pub fn stream(chunks: impl Stream<Item = Result<Bytes, BoxError>> + Send + 'static) -> Self {
        Self { source: Source::Stream(Box::pin(chunks)), name: RESPONSE.into() }
    }

    /// Waits for the next chunk, which is never empty; none at the end, and after an error.
    ///
    /// # Errors
    /// When the connection fails before the body's end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// Reads the whole body.
    ///
    /// # Errors
    /// If the body has more than `largest` bytes, and if the connection fails before its end.
    pub async fn collect(mut self, largest: u64) -> Result<Vec<u8>, Error> {
        let mut body = Vec::new();
        while let Some(chunk) = self.chunk().await {
            let chunk = chunk?;
            if (body.len() as u64).saturating_add(chunk.len() as u64) > largest {
                return Err(Error::TooLarge { what: self.name, largest });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// Reads the beginning of the body, at most `largest` bytes. If the connection fails, returns
    /// the bytes read until then.
    pub(crate) async fn beginning(mut self, largest: usize) -> Vec<u8> {
        let mut body = Vec::new();
        while let Some(Ok(chunk)) = self.chunk().await {
            let room = largest - body.len();
            body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
            if chunk.len() >= room {
                break;
            }
        }
        body
    }

    /// Sets the name of the response that errors mention.
    pub(crate) fn named(mut self, name: String) -> Self {
        self.name = name.into();
        self
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            let chunk = match &mut self.source {
                Source::Whole(bytes) => {
                    Some(Ok(std::mem::take(bytes))).filter(|chunk| !matches!(chunk, Ok(bytes) if bytes.is_empty()))
                }
                Source::Stream(stream) => match stream.as_mut().poll_next(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Some(Ok(chunk))) if chunk.is_empty() => continue,
                    Poll::Ready(chunk) => chunk,
                },
            };
            return Poll::Ready(match chunk {
                Some(Ok(chunk)) => Some(Ok(chunk)),
                Some(Err(source)) => {
                    self.source = Source::Whole(Bytes::new());
                    Some(Err(Error::interrupted(&self.name, source)))
                }
                None => {
                    self.source = Source::Whole(Bytes::new());
                    None
                }
            });
        }
    }
}

impl Stream for Content {
    type Item = Result<Bytes, Error>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(context)
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Whole(bytes) => write!(f, "Content({} bytes)", bytes.len()),
            Source::Stream(_) => f.write_str("Content(..)"),
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::empty()
    }
}

macro_rules! whole {
    ($($type:ty)*) => {$(
        impl From<$type> for Content {
            fn from(body: $type) -> Self {
                Self { source: Source::Whole(body.into()), name: RESPONSE.into() }
            }
        }
    )*};
}

whole!(Bytes Vec<u8> String &'static str);

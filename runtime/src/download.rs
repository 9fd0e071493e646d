//! Downloads as streams, without the whole content in memory.

use std::ops::{Bound, RangeBounds};

use http::Response;
use http::header::RANGE;

use crate::transport::Timeout;
use crate::{Content, Error, Request, ServiceError, redirect};

impl<O> Request<Vec<u8>, O> {
    /// Requests only a part of the content, given by byte positions (RFC 9110, section 14.2): `..`
    /// is everything, `1000..` the remainder of an interrupted download.
    ///
    /// A service that supports ranges responds with the status 206 and a `Content-Range`; another
    /// one responds with the whole content and 200.
    ///
    /// ```
    /// use edmark_runtime::{At, Client, Method, Request, response};
    /// let content = At::root(Client::offline("https://graph.microsoft.com/v1.0")).segment("me").segment("photo").segment("$value");
    /// let request: Request<Vec<u8>> = Request::new(Method::Get, content, response::bytes).range(1000..2000);
    /// assert_eq!(request.http()?.headers()["range"], "bytes=1000-1999");
    /// # Ok::<_, edmark_runtime::Error>(())
    /// ```
    pub fn range(self, range: impl RangeBounds<u64>) -> Self {
        let start = match range.start_bound() {
            Bound::Included(start) => *start,
            Bound::Excluded(start) => start.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(end) => Some(*end),
            // The header cannot express an empty range, so its first byte is requested.
            Bound::Excluded(end) => Some(end.saturating_sub(1).max(start)),
            Bound::Unbounded => None,
        };
        match end {
            None if start == 0 => self,
            None => self.header(RANGE.as_str(), &format!("bytes={start}-")),
            Some(end) => self.header(RANGE.as_str(), &format!("bytes={start}-{end}")),
        }
    }

    /// Sends the request and returns the content as a stream of chunks of any length. The headers
    /// of the response have its type and usually its length.
    ///
    /// A redirect to the storage of the content, as Graph uses it for files, is followed without
    /// the token.
    ///
    /// ```no_run
    /// # use edmark_runtime::Request;
    /// # async fn example(content: Request<Vec<u8>>, mut file: std::fs::File) -> Result<(), Box<dyn std::error::Error>> {
    /// use std::io::Write;
    /// let mut content = content.download().await?.into_body();
    /// while let Some(chunk) = content.chunk().await {
    ///     file.write_all(&chunk?)?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`send`](Self::send), and [`Error::Link`] for a redirect that cannot be followed.
    pub async fn download(self) -> Result<Response<Content>, Error> {
        let client = self.client();
        let response = client
            .within(self.http()?, Timeout::streamed, async |request| redirect::send(client, request).await)
            .await?;
        if response.status().is_success() {
            return Ok(response);
        }
        let (parts, body) = self.client().read(response).await?.into_parts();
        Err(ServiceError::read(&parts, &body).into())
    }
}

//! A body in chunks.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::error::Error;
use crate::response::hide_sessions;
use crate::transport::{BodyStream, TransportError, TransportResponse, full, read_body};

/// The body of a 2xx response in chunks, as they arrive. It ends after the last chunk or the first
/// error; dropping it gives up on the rest.
///
/// ```no_run
/// # async fn example(request: specwright_runtime::Request) -> Result<(), specwright_runtime::Error> {
/// let mut stream = request.send_stream().await?;
/// while let Some(chunk) = stream.next().await {
///     println!("{} bytes", chunk?.len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a body is not read until it is polled"]
pub struct ByteStream {
    operation: &'static str,
    response: TransportResponse,
    limit: u64,
}

impl ByteStream {
    pub(crate) fn new(
        operation: &'static str,
        mut response: TransportResponse,
        limit: u64,
    ) -> Self {
        hide_sessions(&mut response.headers);
        Self {
            operation,
            response,
            limit,
        }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// The header `Content-Type`, if there is one and it is text.
    pub fn content_type(&self) -> Option<&str> {
        self.headers().get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The next chunk, not empty; `None` at the end. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|cx| self.poll_chunk(cx)).await
    }

    /// The rest of the body, within the client's maximum.
    ///
    /// # Errors
    /// The body is larger than that, or ends too early.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let body = read_body(&mut self.response, self.limit).await;
        body.map_err(|error| self.failed(error))
    }

    /// The largest part of the body that may be held.
    pub(super) fn limit(&self) -> u64 {
        self.limit
    }

    /// Gives up on the rest.
    pub(super) fn end(&mut self) {
        self.response.body = nothing();
    }

    pub(super) fn failed(&self, error: TransportError) -> Error {
        error.during(self.operation).into()
    }

    pub(super) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            return Poll::Ready(match ready!(self.response.body.as_mut().poll_next(cx)) {
                Some(Ok(chunk)) if chunk.is_empty() => continue,
                Some(Ok(chunk)) => Some(Ok(chunk)),
                Some(Err(error)) => {
                    self.end();
                    Some(Err(self.failed(error)))
                }
                None => {
                    self.end();
                    None
                }
            });
        }
    }
}

fn nothing() -> BodyStream {
    full(Bytes::new())
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("operation", &self.operation)
            .field("status", &self.response.status)
            .field("headers", &self.response.headers)
            .finish_non_exhaustive()
    }
}

//! Streams of JSON values.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::byte_stream::ByteStream;
use super::records::Records;
use super::{exceeds, too_long};
use crate::error::{DecodeError, Error};
use crate::json::{FromJson, from_slice};

/// The JSON values of a response, as they arrive: one on each line (JSON Lines), or each behind a
/// record separator (RFC 7464). The stream ends with the response, and after an error other than a
/// decoding error.
#[must_use = "values are not read until they are polled"]
pub struct JsonLines<T> {
    texts: Texts,
    decode: fn(&[u8]) -> Result<T, DecodeError>,
}

impl<T: FromJson> JsonLines<T> {
    pub(crate) fn new(stream: ByteStream) -> Self {
        let records = Records::default();
        Self {
            texts: Texts { stream, records },
            decode: from_slice,
        }
    }
}

impl<T> JsonLines<T> {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.texts.stream.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.texts.stream.headers()
    }

    /// The next value; `None` at the end. Dropping the future loses nothing. After a value that does
    /// not fit, the next call goes on with the one behind.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| self.poll_value(cx)).await
    }

    fn poll_value(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let text = ready!(self.texts.poll(cx));
        Poll::Ready(text.map(|text| {
            (self.decode)(&text?).map_err(|error| {
                let stream = &self.texts.stream;
                error.during(stream.operation(), stream.status()).into()
            })
        }))
    }
}

impl<T> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_value(cx)
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JsonLines")
            .field(&self.texts.stream)
            .finish()
    }
}

/// The part that does not depend on the type of the values.
struct Texts {
    stream: ByteStream,
    records: Records,
}

impl Texts {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, Error>>> {
        loop {
            if let Some(text) = self.records.pop() {
                return Poll::Ready(Some(Ok(text)));
            }
            let limit = self.stream.limit();
            if exceeds(self.records.held(), limit) {
                self.stream.end();
                self.records = Records::default();
                let error = self.stream.failed(too_long("a value", limit));
                return Poll::Ready(Some(Err(error)));
            }
            match ready!(self.stream.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.records.push(&chunk),
                Some(Err(error)) => {
                    // What has arrived of the next value is no value.
                    self.records = Records::default();
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.records.finish();
                    return Poll::Ready(self.records.pop().map(Ok));
                }
            }
        }
    }
}

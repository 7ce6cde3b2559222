//! The bodies of requests.

mod boundary;
mod encoding;
mod file;
mod form;
mod multipart;
#[cfg(feature = "reqwest")]
mod open;

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::{BodyStream, TransportError, TransportErrorKind, full};

pub use encoding::Encoding;
pub use file::File;
pub use multipart::Multipart;

pub(crate) use form::urlencoded;

/// The body of a request: bytes, or a stream of them.
///
/// Clones of a stream share it: it can be sent once.
///
/// ```
/// use specwright_runtime::Body;
///
/// let body = Body::from("all of it");
/// assert_eq!(body.length(), Some(9));
/// ```
#[derive(Clone)]
pub struct Body(Content);

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Stream {
        source: Arc<Mutex<Option<BodyStream>>>,
        length: Option<u64>,
    },
}

impl Body {
    /// A body that is produced while it is sent. Its length is unknown unless it is
    /// [set](Self::with_length).
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::streaming(Box::pin(Source(Box::pin(stream))))
    }

    /// Declares the length of a stream in bytes, which is then sent as `Content-Length`. A stream
    /// of another length fails while it is sent. Bytes keep their own length.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Content::Stream { length, .. } = &mut self.0 {
            *length = Some(bytes);
        }
        self
    }

    /// The length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Content::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Stream { length, .. } => *length,
        }
    }

    /// All of it, unless it is a stream.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream { .. } => None,
        }
    }

    /// The chunks, for transports. A stream that was taken before is one that fails.
    pub fn into_stream(self) -> BodyStream {
        match self.0 {
            Content::Bytes(bytes) => full(bytes),
            Content::Stream { source, .. } => take(&source).unwrap_or_else(|| {
                let message = "the request's body is a stream that was sent already";
                let error = TransportError::new(TransportErrorKind::Other, message);
                Box::pin(Failed(Some(error)))
            }),
        }
    }

    pub(crate) fn streaming(stream: BodyStream) -> Self {
        Self(Content::Stream {
            source: Arc::new(Mutex::new(Some(stream))),
            length: None,
        })
    }

    /// The body for one attempt; `None` for a stream that an earlier attempt has taken.
    pub(crate) fn claim(&self) -> Option<Self> {
        match &self.0 {
            Content::Bytes(_) => Some(self.clone()),
            Content::Stream { source, length } => {
                let mut claimed = Self::streaming(take(source)?);
                if let Some(length) = length {
                    claimed = claimed.with_length(*length);
                }
                Some(claimed)
            }
        }
    }

    /// Whether the body can be sent any number of times.
    pub(crate) fn is_repeatable(&self) -> bool {
        matches!(self.0, Content::Bytes(_))
    }
}

fn take(source: &Mutex<Option<BodyStream>>) -> Option<BodyStream> {
    source.lock().unwrap_or_else(PoisonError::into_inner).take()
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("streamed", &!self.is_repeatable())
            .field("length", &self.length())
            .finish()
    }
}

macro_rules! from_bytes {
    ($($type:ty)*) => { $(
        impl From<$type> for Body {
            fn from(bytes: $type) -> Self {
                Self(Content::Bytes(bytes.into()))
            }
        }
    )* };
}

from_bytes!(Bytes Vec<u8> String &'static str &'static [u8]);

/// A caller's stream, with its errors as a transport's.
struct Source<S>(Pin<Box<S>>);

impl<S, E> Stream for Source<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(chunk.map(|chunk| chunk.map_err(|error| unreadable(error.into()))))
    }
}

/// The error for a body that could not be produced.
fn unreadable(error: Box<dyn Error + Send + Sync>) -> TransportError {
    let message = format!("the request's body cannot be read: {error}");
    TransportError::new(TransportErrorKind::Other, message).with_source(error)
}

struct Failed(Option<TransportError>);

impl Stream for Failed {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Err))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::VecDeque;
    use std::future::poll_fn;

    use super::*;

    /// A stream of these chunks.
    pub(crate) struct Chunks(pub(crate) VecDeque<Result<&'static str, &'static str>>);

    impl Stream for Chunks {
        type Item = Result<Bytes, &'static str>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.pop_front().map(|chunk| chunk.map(Into::into)))
        }
    }

    pub(crate) fn streamed(chunks: &[&'static str]) -> Body {
        Body::from_stream(Chunks(chunks.iter().map(|chunk| Ok(*chunk)).collect()))
    }

    /// All that the body produces.
    pub(crate) async fn collect(body: Body) -> Result<String, TransportError> {
        let mut stream = body.into_stream();
        let mut all = Vec::new();
        while let Some(chunk) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
            all.extend_from_slice(&chunk?);
        }
        Ok(String::from_utf8(all).unwrap())
    }

    #[tokio::test]
    async fn bytes_can_be_sent_again_and_a_stream_cannot() {
        for body in [
            Body::from("ab"),
            Body::from(b"ab".to_vec()),
            Body::from("ab".to_owned()),
            Body::from(&b"ab"[..]),
            Body::from(Bytes::from_static(b"ab")),
        ] {
            assert_eq!((body.length(), body.is_repeatable()), (Some(2), true));
            for _ in 0..2 {
                assert_eq!(collect(body.claim().unwrap()).await.unwrap(), "ab");
            }
        }
        let body = streamed(&["a", "b"]).with_length(2);
        assert_eq!((body.length(), body.is_repeatable()), (Some(2), false));
        let claimed = body.clone().claim().unwrap();
        assert_eq!(claimed.length(), Some(2));
        assert!(body.claim().is_none());
        assert_eq!(collect(claimed).await.unwrap(), "ab");
        let error = collect(body).await.unwrap_err();
        assert!(error.message().contains("sent already"), "{error}");
    }

    #[tokio::test]
    async fn an_error_of_the_stream_is_one_of_the_body() {
        let chunks = VecDeque::from([Ok("a"), Err("the disk is on fire")]);
        let error = collect(Body::from_stream(Chunks(chunks)))
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "the request's body cannot be read: the disk is on fire"
        );
        assert_eq!(error.kind(), TransportErrorKind::Other);
    }
}

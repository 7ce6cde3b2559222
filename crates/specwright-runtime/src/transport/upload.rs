//! Bodies of requests in the form that `reqwest` sends.

use std::error::Error;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::BodyStream;
use super::error::TransportError;
use crate::body::Body;

pub(super) fn body(body: Body) -> reqwest::Body {
    if let Some(bytes) = body.as_bytes() {
        return bytes.clone().into();
    }
    let length = body.length();
    reqwest::Body::wrap(Upload {
        stream: Mutex::new(body.into_stream()),
        length,
        sent: 0,
    })
}

/// What is wrong with the request's own body, if that is why sending failed.
pub(super) fn failure(error: &(dyn Error + 'static)) -> Option<String> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<TransportError>() {
            return Some(error.message().to_owned());
        }
        cause = error.source();
    }
    None
}

/// A stream as a body. The lock is never contended: it makes the stream shareable in the eyes of
/// the compiler, which `reqwest` asks for.
struct Upload {
    stream: Mutex<BodyStream>,
    /// The length that was promised.
    length: Option<u64>,
    sent: u64,
}

impl Upload {
    /// Counts a chunk; what is promised as `Content-Length` must be kept, or the server waits for
    /// the rest or takes it for another request.
    fn count(&mut self, chunk: Option<&Bytes>) -> Result<(), TransportError> {
        let Some(length) = self.length else {
            return Ok(());
        };
        let size = chunk.map_or(0, |chunk| u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        self.sent = self.sent.saturating_add(size);
        let is_short = chunk.is_none() && self.sent < length;
        if is_short || self.sent > length {
            let found = if is_short { "shorter" } else { "longer" };
            let message =
                format!("the request's body is {found} than its length of {length} bytes");
            return Err(TransportError::new(
                super::TransportErrorKind::Other,
                message,
            ));
        }
        Ok(())
    }
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let stream = self
            .stream
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let chunk = std::task::ready!(stream.as_mut().poll_next(cx)).transpose();
        let counted = chunk.and_then(|chunk| self.count(chunk.as_ref()).map(|()| chunk));
        Poll::Ready(counted.transpose().map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        match self.length {
            Some(length) => SizeHint::with_exact(length.saturating_sub(self.sent)),
            None => SizeHint::default(),
        }
    }
}

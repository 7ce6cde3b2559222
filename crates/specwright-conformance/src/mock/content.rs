//! The bodies of answers.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use hyper::{
    HeaderMap, Response, StatusCode,
    body::{Body, Frame, SizeHint},
    header::{HeaderName, HeaderValue},
};

use super::reply::Reply;

/// The answer as it is sent. A header field that HTTP cannot hold is left out: it comes from the description.
pub(crate) fn response(reply: Reply) -> Response<Content> {
    let mut response = Response::new(Content {
        data: reply.body.into(),
        cut: reply.cut.then_some(Cut::Before),
    });
    let status = StatusCode::from_u16(reply.status);
    *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers: &mut HeaderMap = response.headers_mut();
    for (name, value) in &reply.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
            headers.append(name, value);
        }
    }
    response
}

/// A body that may be cut in its middle.
#[derive(Debug, Default)]
pub(crate) struct Content {
    data: Bytes,
    cut: Option<Cut>,
}

#[derive(Debug, Clone, Copy)]
enum Cut {
    /// The first half has not been sent.
    Before,
    /// The first half is being sent.
    Sending,
    /// The first half has been sent.
    Sent,
}

impl Body for Content {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.cut {
            None if self.data.is_empty() => Poll::Ready(None),
            None => Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.data))))),
            Some(Cut::Before) => {
                self.cut = Some(Cut::Sending);
                let half = self.data.slice(..self.data.len() / 2);
                Poll::Ready(Some(Ok(Frame::data(half))))
            }
            // What has been handed over is written while the body has nothing further.
            Some(Cut::Sending) => {
                self.cut = Some(Cut::Sent);
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Some(Cut::Sent) => Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.cut.is_none() && self.data.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.len() as u64)
    }
}

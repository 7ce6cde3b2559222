//! What a connection begins with, before it is known to be HTTP/1.1.

use std::{
    future::poll_fn,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::{Buf as _, Bytes};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::timeout,
};

use super::{answer::LONGEST_TARGET, refusal, reply::Reply};

/// How much more than its target a request line may hold, in bytes.
const ROOM: usize = 256;

/// What a TLS client begins with: a record of a handshake (RFC 8446 §5.1).
const TLS: [u8; 2] = [22, 3];

/// How long and how much is still read from a client that has been refused, so that it gets to see why.
const DRAIN_TIME: Duration = Duration::from_millis(500);
const DRAIN_SIZE: usize = 1 << 20;

/// A stream of which something has been read already.
pub(crate) struct Begun<S> {
    read: Bytes,
    stream: S,
}

/// Reads the first line of the first request. `None` if the connection is over: because it was closed, or because its
/// first line was refused (400 for TLS, 414, 505).
pub(crate) async fn begin<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S) -> Option<Begun<S>> {
    let mut read = Vec::new();
    loop {
        let mut buffer = [0; 4096];
        let count = some(&mut stream, &mut buffer).await?;
        if count == 0 && read.is_empty() {
            return None;
        }
        read.extend_from_slice(buffer.get(..count).unwrap_or_default());
        match judge(&read) {
            Judgement::Unfinished if count > 0 => {}
            Judgement::Unfinished | Judgement::Passed => {
                let read = read.into();
                return Some(Begun { read, stream });
            }
            Judgement::Refused(status, detail) => {
                refuse(&mut stream, refusal::problem(status, detail)).await;
                return None;
            }
        }
    }
}

enum Judgement {
    Unfinished,
    Passed,
    Refused(u16, &'static str),
}

fn judge(read: &[u8]) -> Judgement {
    if read.starts_with(&TLS) {
        return Judgement::Refused(
            400,
            "this is TLS, and the mock speaks plain HTTP: use http://",
        );
    }
    // Empty lines may come first (RFC 9112 §2.2).
    let text = read.trim_ascii_start();
    let Some(end) = text.iter().position(|byte| *byte == b'\n') else {
        return if read.len() > LONGEST_TARGET + ROOM {
            Judgement::Refused(414, "the request line is too long")
        } else {
            Judgement::Unfinished
        };
    };
    let line = text.get(..end).unwrap_or_default().trim_ascii_end();
    let version = line.rsplit(|byte| *byte == b' ').next();
    match version {
        Some([b'H', b'T', b'T', b'P', b'/', major, b'.', minor])
            if major.is_ascii_digit() && minor.is_ascii_digit() && *major != b'1' =>
        {
            Judgement::Refused(505, "the mock speaks HTTP/1.1")
        }
        _ => Judgement::Passed,
    }
}

async fn refuse<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, reply: Reply) {
    let reason = hyper::StatusCode::from_u16(reply.status).ok();
    let reason = reason.and_then(|it| it.canonical_reason()).unwrap_or("");
    let mut bytes = format!("HTTP/1.1 {} {reason}\r\n", reply.status).into_bytes();
    for (name, value) in &reply.headers {
        bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    let end = format!(
        "content-length: {}\r\nconnection: close\r\n\r\n",
        reply.body.len()
    );
    bytes.extend_from_slice(end.as_bytes());
    bytes.extend_from_slice(&reply.body);
    let exchange = async {
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let write = poll_fn(|context| Pin::new(&mut *stream).poll_write(context, rest));
            let count = write.await.ok().filter(|it| *it > 0)?;
            rest = rest.get(count..).unwrap_or_default();
        }
        poll_fn(|context| Pin::new(&mut *stream).poll_shutdown(context))
            .await
            .ok()?;
        let mut drained = 0;
        while drained < DRAIN_SIZE {
            let mut buffer = [0; 4096];
            drained += some(stream, &mut buffer).await.filter(|it| *it > 0)?;
        }
        Some(())
    };
    // Whoever does not listen is not waited for.
    drop(timeout(DRAIN_TIME, exchange).await);
}

/// Reads what there is; 0 at the end, `None` after an error.
async fn some<S: AsyncRead + Unpin>(stream: &mut S, buffer: &mut [u8]) -> Option<usize> {
    let mut buffer = ReadBuf::new(buffer);
    poll_fn(|context| Pin::new(&mut *stream).poll_read(context, &mut buffer))
        .await
        .ok()?;
    Some(buffer.filled().len())
}

impl<S: AsyncRead + Unpin> AsyncRead for Begun<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.read.is_empty() {
            ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        } else {
            let count = self.read.len().min(buffer.remaining());
            buffer.put_slice(self.read.get(..count).unwrap_or_default());
            self.read.advance(count);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Begun<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

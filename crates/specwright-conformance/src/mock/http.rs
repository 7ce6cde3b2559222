//! Answers over HTTP/1.1.

use std::{
    convert::Infallible,
    future::poll_fn,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use hyper::{
    HeaderMap, Request, Response,
    body::{Body, Frame, Incoming, SizeHint},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use percent_encoding::percent_decode_str;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    record::Recorded,
    refusal,
    reply::Reply,
    state::{Asked, State},
};

/// How many connections are served at a time; further ones wait.
const CONNECTIONS: usize = 256;

/// How long a connection may take for the head of its next request.
const HEAD_TIME: Duration = Duration::from_secs(60);

/// How long a request may take for its body.
const BODY_TIME: Duration = Duration::from_secs(10);

/// The largest body that is read.
const BODY_SIZE: usize = 16 << 20;

/// The largest head that is read.
const HEAD_SIZE: usize = 1 << 14;

/// How long to wait when no connection can be accepted, for example for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(20);

/// Serves connections until it is dropped, which closes them all.
pub(crate) async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        while connections.len() >= CONNECTIONS {
            connections.join_next().await;
        }
        match listener.accept().await {
            Ok((stream, _)) => drop(connections.spawn(connection(stream, Arc::clone(&state)))),
            Err(_) => sleep(PAUSE).await,
        }
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    let service = service_fn(move |request| {
        let state = Arc::clone(&state);
        async move { Ok::<_, Infallible>(respond(&state, request).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service);
    // A client that breaks the protocol or goes away ends its connection and nothing else.
    drop(served.await);
}

async fn respond(state: &State, request: Request<Incoming>) -> Response<Content> {
    let (head, body) = request.into_parts();
    let (method, path) = (head.method.as_str(), head.uri.path());
    let query = pairs(head.uri.query().unwrap_or_default());
    let headers = fields(&head.headers);
    let (reply, operation) = match timeout(BODY_TIME, read(body)).await {
        Ok(Some(body)) => state.answer(&Asked {
            method,
            path,
            query: &query,
            raw_query: head.uri.query().unwrap_or_default(),
            headers: &head.headers,
            body: &body,
        }),
        Ok(None) => (
            refusal::problem(413, "the body is longer than 16 MiB"),
            None,
        ),
        Err(_) => (
            refusal::problem(408, "the body did not arrive in time"),
            None,
        ),
    };
    state.log.add(Recorded {
        operation: operation.map(str::to_owned),
        method: method.to_owned(),
        path: path.to_owned(),
        query,
        headers,
        status: reply.status,
    });
    if !reply.delay.is_zero() {
        sleep(reply.delay).await;
    }
    response(reply)
}

/// Reads the body to its end; `None` if it is too long or breaks off.
async fn read(mut body: Incoming) -> Option<Vec<u8>> {
    let mut read = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let data = frame.ok()?.into_data().unwrap_or_default();
        (read.len() + data.len() <= BODY_SIZE).then_some(())?;
        read.extend_from_slice(&data);
    }
    Some(read)
}

/// The names and values of a query, decoded as `application/x-www-form-urlencoded`.
fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn fields(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes())))
        .collect()
}

fn response(reply: Reply) -> Response<Content> {
    let mut builder = Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        builder = builder.header(name.as_ref(), value);
    }
    let content = Content {
        data: reply.body.into(),
        cut: reply.cut.then_some(Cut::Before),
    };
    builder.body(content).unwrap_or_else(|_| {
        let mut broken = Response::new(Content::default());
        *broken.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
        broken
    })
}

/// A body that may be cut in its middle.
#[derive(Debug, Default)]
struct Content {
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

/// The URL of the address for clients on the same machine.
pub(crate) fn url(address: SocketAddr, base: &str) -> String {
    let mut reachable = address;
    if address.ip().is_unspecified() {
        reachable.set_ip(if address.is_ipv4() {
            [127, 0, 0, 1].into()
        } else {
            std::net::Ipv6Addr::LOCALHOST.into()
        });
    }
    format!("http://{reachable}{base}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_decoded() {
        let own = |pairs: &[(&str, &str)]| -> Vec<_> {
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect()
        };
        assert_eq!(
            pairs("a=1&b=x%2By+z&&c&=d&a=%FF"),
            own(&[
                ("a", "1"),
                ("b", "x+y z"),
                ("c", ""),
                ("", "d"),
                ("a", "\u{fffd}")
            ])
        );
        assert_eq!(pairs(""), []);
    }

    #[test]
    fn an_unspecified_address_is_reached_over_loopback() {
        assert_eq!(
            url(([0, 0, 0, 0], 80).into(), "/api"),
            "http://127.0.0.1:80/api"
        );
        assert_eq!(url("[::]:80".parse().unwrap(), ""), "http://[::1]:80");
    }
}

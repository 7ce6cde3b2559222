//! Answers over HTTP/1.1.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use hyper::{
    HeaderMap, Request, Response, Version, body::Incoming, header::HOST, http::request::Parts,
    server::conn::http1, service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use percent_encoding::percent_decode_str;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    answer,
    content::{Content, response},
    intake::{Intake, Unread},
    preface,
    record::{Log, REMEMBERED_BODY, Recorded},
    refusal,
    reply::Reply,
    state::{Asked, State},
    switch::Switched,
};

/// How many connections are served at a time; further ones wait.
const CONNECTIONS: usize = 4_096;

/// How long a connection may take for the head of its next request.
const HEAD_TIME: Duration = Duration::from_secs(60);

/// The largest head that is read.
const HEAD_SIZE: usize = 1 << 15;

/// How long to wait when no connection can be accepted, for example for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(20);

/// What serves: a state, which may be exchanged for another one, and what outlives it.
#[derive(Debug)]
pub(crate) struct Live {
    state: RwLock<Arc<State>>,
    pub(crate) log: Log,
    requests: AtomicU64,
    intake: Intake,
}

impl Live {
    pub(crate) fn new(state: Arc<State>) -> Self {
        Self {
            state: RwLock::new(state),
            log: Log::default(),
            requests: AtomicU64::new(0),
            intake: Intake::default(),
        }
    }

    /// What the next request is answered from.
    pub(crate) fn state(&self) -> Arc<State> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&state)
    }

    /// Answers further requests from another state.
    pub(crate) fn replace(&self, state: Arc<State>) {
        let mut held = self.state.write().unwrap_or_else(PoisonError::into_inner);
        *held = state;
    }
}

/// Serves connections until it is dropped, which closes them all.
pub(crate) async fn serve(listener: TcpListener, live: Arc<Live>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        while connections.len() >= CONNECTIONS {
            connections.join_next().await;
        }
        match listener.accept().await {
            Ok((stream, _)) => {
                // Small answers are sent at once; where that cannot be had they are sent a little later.
                drop(stream.set_nodelay(true));
                connections.spawn(connection(stream, Arc::clone(&live)));
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Serves one connection to its end.
pub(crate) async fn connection<S>(stream: S, live: Arc<Live>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let Ok(Some(stream)) = timeout(HEAD_TIME, preface::begin(stream)).await else {
        return;
    };
    let service = service_fn(move |request| {
        let live = Arc::clone(&live);
        async move { Ok::<_, Infallible>(respond(&live, request).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service);
    // A client that breaks the protocol or goes away ends its connection and nothing else.
    drop(served.await);
}

async fn respond(live: &Live, request: Request<Incoming>) -> Response<Content> {
    let number = live.requests.fetch_add(1, Ordering::Relaxed);
    let (head, body) = request.into_parts();
    let query = pairs(head.uri.query().unwrap_or_default());
    let state = live.state();
    let (reply, operation, body): (_, _, Vec<u8>) = match live.intake.read(body).await {
        Ok(body) => {
            let (reply, operation) = answered(&state, &head, &query, &body.bytes);
            let kept = body.bytes.iter().take(REMEMBERED_BODY).copied();
            (reply, operation.map(str::to_owned), kept.collect())
        }
        Err((status, detail)) => (refusal::problem(status, detail), None, Vec::new()),
    };
    live.log.add(Recorded {
        operation,
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        raw_query: head.uri.query().unwrap_or_default().to_owned(),
        query,
        headers: fields(&head.headers),
        body,
        status: reply.status,
    });
    let delay = reply.delay + state.latency(number);
    if !delay.is_zero() {
        sleep(delay).await;
    }
    response(reply)
}

fn answered<'s>(
    state: &'s State,
    head: &Parts,
    query: &[(String, String)],
    body: &[u8],
) -> (Reply, Option<&'s str>) {
    if let Some((status, detail)) = objection(head) {
        return (refusal::problem(status, detail), None);
    }
    let faults = match Switched::of(&head.headers) {
        Ok(faults) => faults,
        Err(unknown) => return (refusal::problem(400, &unknown.to_string()), None),
    };
    let asked = Asked {
        method: head.method.as_str(),
        path: head.uri.path(),
        query,
        raw_query: head.uri.query().unwrap_or_default(),
        headers: &head.headers,
        body,
        faults,
    };
    answer::answer(state, &asked)
}

/// What is wrong with a head that hyper has let pass: RFC 9112 §3.2 asks for one `Host`.
fn objection(head: &Parts) -> Option<Unread> {
    let hosts = head.headers.get_all(HOST).iter().count();
    match hosts {
        1 => None,
        0 if head.version < Version::HTTP_11 => None,
        0 => Some((400, "the field `Host` is missing")),
        _ => Some((400, "there is more than one field `Host`")),
    }
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

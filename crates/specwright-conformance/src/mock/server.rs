//! A running mock.

use std::{net::SocketAddr, sync::Arc};

use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    task::JoinHandle,
};

use super::{
    Mock, MockError, Recorded, Script,
    http::{self, Live},
    route::base_path,
    state::State,
};

/// A running mock. It serves until it is shut down or dropped.
#[derive(Debug)]
pub struct MockServer {
    address: SocketAddr,
    url: String,
    /// The one that further requests are answered from.
    state: Arc<State>,
    live: Arc<Live>,
    serving: JoinHandle<()>,
}

impl MockServer {
    pub(crate) fn new(listener: TcpListener, address: SocketAddr, state: State) -> Self {
        let url = url(address, &state);
        let state = Arc::new(state);
        let live = Arc::new(Live::new(Arc::clone(&state)));
        let serving = tokio::spawn(http::serve(listener, Arc::clone(&live)));
        Self {
            address,
            url,
            state,
            live,
            serving,
        }
    }

    /// Answers further requests as another mock does, at the same address. Requests that are being answered finish as
    /// they began, connections stay open, and the requests so far stay recorded; lists begin anew.
    ///
    /// # Errors
    /// If a fault of the mock can show in no operation of its description; nothing changes then.
    pub fn replace(&mut self, mock: Mock) -> Result<(), MockError> {
        let state = Arc::new(State::new(mock)?);
        self.url = url(self.address, &state);
        self.live.replace(Arc::clone(&state));
        self.state = state;
        Ok(())
    }

    /// Answers further requests of operations as the script says, whatever they ask for; `None` ends it. Credentials are
    /// still demanded.
    pub fn script(&self, script: Option<Script>) {
        self.state.set_script(script);
    }

    /// The address that is listened on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for clients: `http`, the address, and the path of the description's first server.
    ///
    /// Without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The requests so far, oldest first; of very many, the latest 20,000 or what 32 MiB hold.
    ///
    /// Bytes that are no HTTP request are answered with a status but not kept.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.live.log.latest()
    }

    /// How many requests there were so far, also those that were refused.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.live.log.count()
    }

    /// The whole data set of a list operation, in the order in which it is served.
    ///
    /// It is as it was generated, whatever requests have changed. Empty if the description has no list operation of
    /// this id. Items that [`Fault::GrowingLastPage`] adds are included. A list below a parent
    /// (`/users/{user}/posts`) has a data set for each: this is that of the parent that was asked for first.
    ///
    /// [`Fault::GrowingLastPage`]: super::Fault::GrowingLastPage
    #[must_use]
    pub fn data(&self, operation: &str) -> &[Value] {
        self.state.data(operation)
    }

    /// The query parameters of a list operation by which it filters its items.
    #[must_use]
    pub fn filterable(&self, operation: &str) -> Vec<String> {
        self.state.filterable(operation)
    }

    /// Stops listening and closes every connection.
    pub async fn shutdown(mut self) {
        self.serving.abort();
        drop((&mut self.serving).await);
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The base URL of a mock at the address.
fn url(address: SocketAddr, state: &State) -> String {
    let server = state.description().document().servers.first();
    http::url(address, &server.map(base_path).unwrap_or_default())
}

/// A mock without a socket: it serves streams that the caller has.
#[derive(Debug, Clone)]
pub struct MockService {
    live: Arc<Live>,
}

impl MockService {
    pub(crate) fn new(state: State) -> Self {
        Self {
            live: Arc::new(Live::new(Arc::new(state))),
        }
    }

    /// Serves HTTP/1.1 on the stream until it ends or breaks the protocol.
    ///
    /// It needs a tokio runtime with time.
    pub async fn serve(&self, stream: impl AsyncRead + AsyncWrite + Unpin) {
        http::connection(stream, Arc::clone(&self.live)).await;
    }

    /// The requests so far, as [`MockServer::requests`] gives them.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.live.log.latest()
    }
}

//! A running mock.

use std::{net::SocketAddr, sync::Arc};

use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

use super::{Recorded, http, route::base_path, state::State};

/// A running mock. It serves until it is shut down or dropped.
#[derive(Debug)]
pub struct MockServer {
    address: SocketAddr,
    url: String,
    state: Arc<State>,
    serving: JoinHandle<()>,
}

impl MockServer {
    pub(crate) fn new(listener: TcpListener, address: SocketAddr, state: State) -> Self {
        let server = state.description().document().servers.first();
        let url = http::url(address, &server.map(base_path).unwrap_or_default());
        let state = Arc::new(state);
        let serving = tokio::spawn(http::serve(listener, Arc::clone(&state)));
        Self {
            address,
            url,
            state,
            serving,
        }
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

    /// The requests so far, oldest first; of very many, the latest 20,000.
    ///
    /// Bytes that are no HTTP request are answered with a status but not kept.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.state.log.latest()
    }

    /// How many requests there were so far, also those that were refused.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.state.log.count()
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

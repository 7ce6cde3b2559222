//! A transport that answers from memory, for what no schema-valid server sends.

use std::sync::{Arc, Mutex};

use specwright_behaviour::Api;
use specwright_runtime::{
    BoxFuture, HeaderMap, HeaderValue, StatusCode, Transport, TransportError, TransportRequest,
    TransportResponse,
};

/// Answers every request with the same JSON text, and remembers the requests.
#[derive(Clone)]
pub(crate) struct Canned {
    status: StatusCode,
    body: String,
    requests: Arc<Mutex<Vec<TransportRequest>>>,
}

impl Canned {
    pub(crate) fn new(body: impl Into<String>) -> Self {
        Self {
            status: StatusCode::OK,
            body: body.into(),
            requests: Arc::default(),
        }
    }

    pub(crate) fn status(mut self, status: u16) -> Self {
        self.status = StatusCode::from_u16(status).unwrap();
        self
    }

    /// A client with this transport and without any other setting.
    pub(crate) fn client<A: Api>(&self) -> A::Client {
        A::build(A::transport(A::builder(), self.clone())).unwrap()
    }

    /// The URLs that were asked for.
    pub(crate) fn urls(&self) -> Vec<String> {
        self.requests
            .lock()
            .unwrap()
            .iter()
            .map(|request| request.url.to_string())
            .collect()
    }

    pub(crate) fn requests(&self) -> Vec<TransportRequest> {
        self.requests.lock().unwrap().clone()
    }
}

impl Transport for Canned {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        self.requests.lock().unwrap().push(request);
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        let response = TransportResponse::full(self.status, headers, self.body.clone());
        Box::pin(async move { Ok(response) })
    }
}

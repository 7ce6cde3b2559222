//! A transport that notes requests and answers from memory.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use specwright_runtime::{
    BoxFuture, HeaderMap, HeaderValue, Method, StatusCode, ToJson, Transport, TransportError,
    TransportRequest, TransportResponse, Url,
};

/// What the server answers.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The media type, if there is a body.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// An argument of a call.
#[derive(Debug, Clone)]
pub struct Argument {
    /// Its identifier.
    pub name: String,
    /// Whether callers must give it.
    pub required: bool,
    /// Its value.
    pub value: Value,
}

/// A request that was sent.
#[derive(Debug, Clone)]
pub struct Received {
    /// The method.
    pub method: Method,
    /// The URL.
    pub url: Url,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Option<Vec<u8>>,
}

/// A server in memory.
#[derive(Debug, Clone)]
pub struct Wire(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    answer: Answer,
    given: Mutex<Vec<Argument>>,
    received: Mutex<Vec<Received>>,
}

impl Wire {
    /// A server that always answers the same.
    #[must_use]
    pub fn new(answer: Answer) -> Self {
        Self(Arc::new(Inner {
            answer,
            given: Mutex::default(),
            received: Mutex::default(),
        }))
    }

    /// Notes an argument.
    pub(crate) fn gave<T: ToJson + ?Sized>(&self, name: &str, required: bool, value: &T) {
        self.0.given.lock().unwrap().push(Argument {
            name: name.trim_start_matches("r#").to_owned(),
            required,
            value: crate::json(value),
        });
    }

    /// The arguments that were given.
    #[must_use]
    pub fn given(&self) -> Vec<Argument> {
        self.0.given.lock().unwrap().clone()
    }

    /// The requests that were sent.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.0.received.lock().unwrap().clone()
    }
}

impl Transport for Wire {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        Box::pin(async move {
            let mut body = None;
            if let Some(sent) = request.body {
                let mut stream = sent.into_stream();
                let mut bytes = Vec::new();
                while let Some(chunk) =
                    std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
                {
                    bytes.extend_from_slice(&chunk?);
                }
                body = Some(bytes);
            }
            self.0.received.lock().unwrap().push(Received {
                method: request.method,
                url: request.url,
                headers: request.headers,
                body,
            });
            let answer = &self.0.answer;
            let mut headers = HeaderMap::new();
            if let Some(content_type) = &answer.content_type {
                let value = HeaderValue::from_str(content_type).expect("a media type");
                headers.insert("content-type", value);
            }
            let status = StatusCode::from_u16(answer.status).expect("a status");
            Ok(TransportResponse::full(
                status,
                headers,
                answer.body.clone(),
            ))
        })
    }
}

//! How requests reach the server: a small object-safe trait, and the default that uses `reqwest`.
//!
//! A transport makes one attempt. It neither retries nor interprets statuses; it follows redirects
//! within the origin at most, because a request carries credentials.

mod body;
mod error;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "reqwest")]
mod upload;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::body::Body;
use crate::error::ConfigurationError;

#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use error::{TransportError, TransportErrorKind};

pub(crate) use body::{full, read_body};

/// A boxed future that can cross threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The body of a response, in chunks as they arrive.
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// Sends requests. Implement it to use another HTTP library, to record traffic, or to answer from
/// memory in tests:
///
/// ```
/// use specwright_runtime::{BoxFuture, Transport, TransportError, TransportRequest, TransportResponse};
/// use specwright_runtime::{HeaderMap, StatusCode};
///
/// struct Echo;
///
/// impl Transport for Echo {
///     fn send(&self, request: TransportRequest) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
///         Box::pin(async move {
///             let body = format!("{:?}", request.url.path());
///             Ok(TransportResponse::full(StatusCode::OK, HeaderMap::new(), body))
///         })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` and returns the response as soon as its head is there.
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>>;

    /// Waits before another attempt. A transport without a clock is ready at once, as this provided
    /// method is.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let _ = duration;
        Box::pin(std::future::ready(()))
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }
}

/// The transport of clients that are given none. Without certificates it is for `http` alone.
#[cfg(feature = "reqwest")]
pub(crate) fn default_transport(
    with_certificates: bool,
) -> Result<Arc<dyn Transport>, ConfigurationError> {
    let transport = if with_certificates {
        ReqwestTransport::new()
    } else {
        ReqwestTransport::without_certificates()
    };
    let transport = transport
        .map_err(|error| ConfigurationError::caused_by(error.message().to_owned(), error))?;
    Ok(Arc::new(transport))
}

#[cfg(not(feature = "reqwest"))]
pub(crate) fn default_transport(_: bool) -> Result<Arc<dyn Transport>, ConfigurationError> {
    Err(ConfigurationError::new(
        "no transport is set, and the feature `reqwest` with the default one is off",
    ))
}

/// A request ready to be sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct TransportRequest {
    /// The method.
    pub method: Method,
    /// The absolute URL; its query may hold a credential.
    pub url: Url,
    /// All headers but those that concern the connection. Credentials are marked sensitive.
    pub headers: HeaderMap,
    /// The body, if there is one. Its length, if known, is to be sent as `Content-Length`.
    pub body: Option<Body>,
    /// The longest the attempt may take, from connecting to the last byte of the response's body.
    pub timeout: Option<Duration>,
    /// The longest that may pass until the response's head is there, and from then on between two
    /// chunks of its body: for responses that may go on for longer than any timeout.
    pub idle_timeout: Option<Duration>,
}

impl TransportRequest {
    /// A request without headers, body and timeouts.
    pub fn new(method: Method, url: Url) -> Self {
        Self {
            method,
            url,
            headers: HeaderMap::new(),
            body: None,
            timeout: None,
            idle_timeout: None,
        }
    }
}

impl fmt::Debug for TransportRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportRequest")
            .field("method", &self.method)
            .field("origin", &self.url.origin().ascii_serialization())
            .field("path", &self.url.path())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("timeout", &self.timeout)
            .field("idle_timeout", &self.idle_timeout)
            .finish_non_exhaustive()
    }
}

/// A response whose body may still be arriving.
pub struct TransportResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body. Dropping it gives up on the rest.
    pub body: BodyStream,
}

impl TransportResponse {
    /// A response whose body is there already.
    pub fn full(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers,
            body: full(body.into()),
        }
    }
}

impl fmt::Debug for TransportResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportResponse")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

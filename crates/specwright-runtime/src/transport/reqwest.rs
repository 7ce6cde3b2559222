//! The default transport: `reqwest` over `rustls` with the `ring` provider and the platform's
//! certificate verifier.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};
use http_body::Body as _;
use reqwest::redirect::{Attempt, Policy};
use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;
use tokio::time::{Instant, Sleep};

use super::error::{TransportError, TransportErrorKind};
use super::upload;
use super::{BoxFuture, Transport, TransportRequest, TransportResponse};
use crate::body::Body;

/// How many redirects within the origin are followed.
const MOST_REDIRECTS: usize = 10;

/// Sends requests with `reqwest`: HTTP/1.1 and HTTP/2, pooled connections, no cookies, redirects
/// only within the origin of the request, proxies from the environment (`HTTPS_PROXY`, `NO_PROXY`,
/// …). Needs a Tokio runtime.
///
/// Uses the process-wide `rustls` provider if one is installed, else `ring`.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport that trusts what the operating system trusts.
    ///
    /// # Errors
    /// The system's certificates cannot be used, or the client cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::client_builder()?
            .build()
            .map(Self::from_client)
            .map_err(setup)
    }

    /// A transport for `http` URLs: it trusts no certificate, so no certificates are loaded.
    pub(crate) fn without_certificates() -> Result<Self, TransportError> {
        let tls = protocols()?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        configured(tls)
            .build()
            .map(Self::from_client)
            .map_err(setup)
    }

    /// The builder behind [`new`](Self::new), to be changed and handed to
    /// [`from_client`](Self::from_client).
    ///
    /// ```no_run
    /// use specwright_runtime::ReqwestTransport;
    ///
    /// let client = ReqwestTransport::client_builder()?.no_proxy().build()?;
    /// let transport = ReqwestTransport::from_client(client);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The system's certificates cannot be used.
    pub fn client_builder() -> Result<reqwest::ClientBuilder, TransportError> {
        let verifier = Verifier::new(provider()).map_err(setup)?;
        let tls = protocols()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(configured(tls))
    }

    /// A transport that uses `client` as it is. Its redirect policy should keep credentials within
    /// the origin, as that of [`client_builder`](Self::client_builder) does.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

fn provider() -> Arc<CryptoProvider> {
    CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()))
}

fn protocols() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, TransportError>
{
    ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(setup)
}

fn configured(mut tls: ClientConfig) -> reqwest::ClientBuilder {
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::custom(same_origin_only))
}

/// Follows redirects within the origin of the first request; others are handed out as the response.
fn same_origin_only(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let first = attempt.previous().first();
    if first.is_none_or(|first| first.origin() != attempt.url().origin()) {
        attempt.stop()
    } else if attempt.previous().len() > MOST_REDIRECTS {
        attempt.error("too many redirects")
    } else {
        attempt.follow()
    }
}

fn setup(error: impl Error + Send + Sync + 'static) -> TransportError {
    let message = format!("the HTTP client cannot be set up: {}", root_cause(&error));
    TransportError::new(TransportErrorKind::Other, message).with_source(error)
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let TransportRequest {
            method,
            url,
            mut headers,
            body,
            timeout,
            idle_timeout,
        } = request;
        if needs_zero_length(&method, body.as_ref()) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let mut request = reqwest::Request::new(method, url);
        *request.headers_mut() = headers;
        *request.body_mut() = body.map(upload::body);
        *request.timeout_mut() = timeout;
        let response = self.client.execute(request);
        Box::pin(async move {
            let response: http::Response<reqwest::Body> = match idle_timeout {
                None => response.await,
                Some(limit) => tokio::time::timeout(limit, response)
                    .await
                    .map_err(|_| idle())?,
            }
            .map_err(failed)?
            .into();
            let (head, body) = response.into_parts();
            let chunks = Chunks(Box::pin(body));
            Ok(TransportResponse {
                status: head.status,
                headers: head.headers,
                body: match idle_timeout {
                    None => Box::pin(chunks),
                    Some(limit) => Box::pin(IdleTimeout::new(chunks, limit)),
                },
            })
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // Not before it is polled: the clock is that of the runtime that polls.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

/// Whether the length of nothing must be said (RFC 9110, section 8.6): servers refuse a `POST`
/// without a length, and the library below does not send that of an empty body.
fn needs_zero_length(method: &Method, body: Option<&Body>) -> bool {
    match body {
        Some(body) => body.length() == Some(0),
        None => matches!(*method, Method::POST | Method::PUT),
    }
}

/// The data frames of a body.
struct Chunks(Pin<Box<reqwest::Body>>);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return Poll::Ready(match std::task::ready!(self.0.as_mut().poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Some(Ok(data)),
                    // Trailers are of no interest.
                    Err(_) => continue,
                },
                Some(Err(error)) => Some(Err(failed(error))),
                None => None,
            });
        }
    }
}

/// A body that ends in an error when nothing arrives for so long while somebody waits for it.
struct IdleTimeout {
    chunks: Chunks,
    limit: Duration,
    sleep: Pin<Box<Sleep>>,
    is_waiting: bool,
}

impl IdleTimeout {
    fn new(chunks: Chunks, limit: Duration) -> Self {
        let sleep = Box::pin(tokio::time::sleep(limit));
        Self {
            chunks,
            limit,
            sleep,
            is_waiting: false,
        }
    }
}

impl Stream for IdleTimeout {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(chunk) = Pin::new(&mut self.chunks).poll_next(cx) {
            self.is_waiting = false;
            return Poll::Ready(chunk);
        }
        if !self.is_waiting {
            self.is_waiting = true;
            // Further ahead than the clock goes is never.
            if let Some(until) = Instant::now().checked_add(self.limit) {
                self.sleep.as_mut().reset(until);
            }
        }
        self.sleep.as_mut().poll(cx).map(|()| Some(Err(idle())))
    }
}

fn idle() -> TransportError {
    let message = "nothing arrived for as long as the timeout";
    TransportError::new(TransportErrorKind::Timeout, message)
}

/// The error without the URL, whose query may hold a credential.
fn failed(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if let Some(message) = upload::failure(&error) {
        return TransportError::new(TransportErrorKind::Other, message).with_source(error);
    }
    let (kind, what) = if error.is_timeout() {
        (
            TransportErrorKind::Timeout,
            "the time for the attempt was over",
        )
    } else if error.is_connect() {
        (TransportErrorKind::Connect, "no connection to the server")
    } else if error.is_body() || error.is_decode() || error.is_request() {
        (
            TransportErrorKind::Interrupted,
            "the connection ended before the response was complete",
        )
    } else {
        (TransportErrorKind::Other, "the request failed")
    };
    let message = if kind == TransportErrorKind::Timeout {
        what.to_owned()
    } else {
        format!("{what}: {}", root_cause(&error))
    };
    TransportError::new(kind, message).with_source(error)
}

fn root_cause<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_set_up_for_https_without_a_process_wide_provider() {
        ReqwestTransport::without_certificates().unwrap();
        // A system without any certificates may refuse; it must say so and not panic.
        if let Err(error) = ReqwestTransport::new() {
            assert!(
                error
                    .to_string()
                    .starts_with("the HTTP client cannot be set up: "),
                "{error}"
            );
        }
    }
}

//! Requests: an operation, its parameters, and sending.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, COOKIE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use url::Url;

use crate::client::Client;
use crate::credential::Carried;
use crate::error::{ConfigurationError, Error};
use crate::json::{FromJson, ToJson, to_vec};
use crate::operation::Operation;
use crate::response::RawResponse;
use crate::transport::{BoxFuture, TransportRequest, read_body};
use crate::url_encoding::{encode, expand, is_dot_segment};

/// A call under way.
pub type Call<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// A request for one operation. Nothing is sent before [`send`](Self::send) or its like is awaited.
///
/// The setters take anything that has a text form. A value that cannot be sent is reported when the
/// request is.
#[derive(Clone)]
pub struct Request {
    client: Client,
    operation: &'static Operation,
    path: Vec<(&'static str, String)>,
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    body: Option<Bytes>,
    timeout: Duration,
    /// The first setter's value that cannot be sent.
    unusable: Option<String>,
}

impl Request {
    pub(crate) fn new(client: Client, operation: &'static Operation) -> Self {
        let timeout = client.shared().timeout;
        let (path, query, headers) = (Vec::new(), Vec::new(), HeaderMap::new());
        Self {
            client,
            operation,
            path,
            query,
            headers,
            body: None,
            timeout,
            unusable: None,
        }
    }

    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sets a parameter of the path. It is sent as one segment or part of one, whatever it
    /// contains; a value that would be dropped on the way (empty, `.` or `..`) is refused when the
    /// request is sent.
    pub fn path<T: ToString>(&mut self, name: &'static str, value: T) {
        set(&mut self.path, name, value.to_string());
    }

    /// Sets a parameter of the query, in place of earlier values.
    pub fn query<T: ToString>(&mut self, name: &'static str, value: T) {
        set(&mut self.query, name, value.to_string());
    }

    /// Sets a parameter of the query that is repeated for each value (OpenAPI, `style: form` with
    /// `explode: true`), in place of earlier values.
    pub fn query_each<T: ToString>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = T>,
    ) {
        self.query.retain(|(set, _)| *set != name);
        self.query
            .extend(values.into_iter().map(|value| (name, value.to_string())));
    }

    /// Sets a header, in place of earlier values.
    pub fn header<T: ToString>(&mut self, name: &'static str, value: T) {
        self.set_header(name, &value.to_string());
    }

    /// Sets the body to `value` as JSON.
    pub fn json<T: ToJson + ?Sized>(&mut self, value: &T) {
        match to_vec(value) {
            Ok(text) => self.body("application/json", text),
            Err(error) => self.refuse(format!("the request's body: {error}")),
        }
    }

    /// Sets the body.
    pub fn body(&mut self, content_type: &'static str, body: impl Into<Bytes>) {
        self.set_header("content-type", content_type);
        self.body = Some(body.into());
    }

    /// Sets the longest that one attempt may take, in place of the client's setting.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// Sends the request and reads the JSON body of a 2xx response.
    ///
    /// # Errors
    /// Any but pagination errors.
    pub fn send<T: FromJson + Send + 'static>(self) -> Call<T> {
        let response = self.successful();
        Box::pin(async move { Ok(response.await?.json()?) })
    }

    /// Sends the request and takes any 2xx response, whatever its body: for operations that answer
    /// with none.
    ///
    /// # Errors
    /// Any but decoding and pagination errors.
    pub fn send_unit(self) -> Call<()> {
        let response = self.successful();
        Box::pin(async move { response.await.map(drop) })
    }

    /// Sends the request and returns the response whatever its status, with its whole body, not
    /// decoded.
    ///
    /// # Errors
    /// Configuration and transport errors.
    pub async fn send_raw(self) -> Result<RawResponse, Error> {
        self.execute().await
    }

    /// Sends a copy of the request; statuses other than 2xx are errors.
    pub(crate) fn successful(&self) -> BoxFuture<'static, Result<RawResponse, Error>> {
        let response = self.execute();
        Box::pin(async move { response.await?.successful() })
    }

    /// The value of a query parameter that is set.
    pub(crate) fn query_value(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(set, _)| *set == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn remove_query(&mut self, name: &str) {
        self.query.retain(|(set, _)| *set != name);
    }

    /// Sends a copy of the request.
    fn execute(&self) -> BoxFuture<'static, Result<RawResponse, Error>> {
        let prepared = self.prepare();
        let (client, operation) = (self.client.clone(), self.operation.id);
        Box::pin(async move {
            let request = prepared?;
            let shared = client.shared();
            let failed = |error: crate::transport::TransportError| error.during(operation);
            let mut response = shared.transport.send(request).await.map_err(failed)?;
            let body = read_body(&mut response, shared.maximum_body)
                .await
                .map_err(failed)?;
            Ok(RawResponse::new(
                operation,
                response.status,
                response.headers,
                body,
            ))
        })
    }

    fn prepare(&self) -> Result<TransportRequest, ConfigurationError> {
        if let Some(reason) = &self.unusable {
            return Err(self.refused(reason));
        }
        let shared = self.client.shared();
        let mut query = self.encoded_query();
        let mut headers = self.headers.clone();
        headers.insert(USER_AGENT, shared.user_agent.clone());
        let accept = HeaderValue::from_str(self.operation.accept);
        headers.insert(
            ACCEPT,
            accept.map_err(|_| self.refused("the media types of `Accept` are no header value"))?,
        );
        for credential in shared.credentials_for(self.operation.security) {
            match credential {
                Carried::Header(name, value) => drop(headers.insert(name, value.clone())),
                Carried::Cookie(pair) => add_cookie(&mut headers, pair),
                Carried::Query(pair) => {
                    if !query.is_empty() {
                        query.push('&');
                    }
                    query.push_str(pair);
                }
            }
        }
        let mut request = TransportRequest::new(self.operation.method.clone(), self.url(&query)?);
        request.headers = headers;
        request.body = self.body.clone();
        request.timeout = Some(self.timeout);
        Ok(request)
    }

    fn url(&self, query: &str) -> Result<Url, ConfigurationError> {
        let path = expand(self.operation.path, |name| {
            let Some((_, value)) = self.path.iter().find(|(set, _)| *set == name) else {
                return Err(self.refused(&format!("the path parameter `{name}` is not set")));
            };
            if value.is_empty() {
                return Err(self.refused(&format!("the path parameter `{name}` is empty")));
            }
            Ok(encode(value).into_owned())
        })?;
        if path.split('/').any(is_dot_segment) {
            return Err(self.refused(&format!(
                "the path `{path}` has a segment `.` or `..`, which is not sent as such"
            )));
        }
        self.client.shared().base.with(&path, query)
    }

    fn encoded_query(&self) -> String {
        let pairs = self
            .query
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    fn set_header(&mut self, name: &'static str, value: &str) {
        match (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            (Ok(name), Ok(value)) => drop(self.headers.insert(name, value)),
            _ => self.refuse(format!("the header `{name}` cannot carry its value")),
        }
    }

    fn refuse(&mut self, reason: String) {
        self.unusable.get_or_insert(reason);
    }

    fn refused(&self, reason: &str) -> ConfigurationError {
        ConfigurationError::new(format!("{}: {reason}", self.operation.id))
    }
}

fn set(values: &mut Vec<(&'static str, String)>, name: &'static str, value: String) {
    let place = values
        .iter()
        .position(|(set, _)| *set == name)
        .unwrap_or(values.len());
    values.retain(|(set, _)| *set != name);
    values.insert(place, (name, value));
}

/// Adds `pair` to the one header that may carry cookies (RFC 6265, section 5.4).
fn add_cookie(headers: &mut HeaderMap, pair: &HeaderValue) {
    let joined = match headers.get(COOKIE) {
        Some(others) => {
            HeaderValue::from_bytes(&[others.as_bytes(), b"; ", pair.as_bytes()].concat())
        }
        None => Ok(pair.clone()),
    };
    // Header values joined by other allowed bytes are a header value.
    if let Ok(mut joined) = joined {
        joined.set_sensitive(true);
        headers.insert(COOKIE, joined);
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &self.headers)
            .field("body_len", &self.body.as_ref().map(Bytes::len))
            .finish_non_exhaustive()
    }
}

//! Error responses: a status other than 2xx.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

use super::decode::DecodeError;
use crate::json::{FromJson, Value, excerpt_at};
use crate::response::{RawResponse, ResponseHeaders};

/// The documented error responses of an operation.
pub trait ErrorResponse: Sized {
    /// Reads the body documented for the status of `response`, as JSON or text; `None` if the
    /// document says nothing about it.
    fn from_response(response: &RawResponse) -> Option<Result<Self, DecodeError>>;
}

/// An error response, body included.
#[derive(Clone)]
pub struct ApiError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    response: RawResponse,
    /// What the body says, where that is known.
    reason: Option<String>,
}

impl ApiError {
    pub(crate) fn new(response: RawResponse) -> Self {
        Self(Box::new(Inner {
            response,
            reason: None,
        }))
    }

    /// The same error with what the body says, for its message.
    pub(crate) fn because(mut self, reason: Option<String>) -> Self {
        self.0.reason = reason;
        self
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static str {
        self.0.response.operation()
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.response.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.0.response.headers()
    }

    /// The response itself.
    pub fn response(&self) -> &RawResponse {
        &self.0.response
    }

    /// The body, possibly empty, not necessarily JSON.
    pub fn bytes(&self) -> &Bytes {
        self.0.response.body()
    }

    /// The body as text, if it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.0.response.body()).ok()
    }

    /// The body as any JSON, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        self.0.response.json().ok()
    }

    /// The body as JSON of one type, whatever the status.
    ///
    /// # Errors
    /// The body is not JSON, or does not fit `T`.
    pub fn body<T: FromJson>(&self) -> Result<T, DecodeError> {
        self.0.response.json()
    }

    /// The body as the operation's documented error type; `None` if the document says nothing about
    /// this status.
    pub fn body_as<E: ErrorResponse>(&self) -> Option<Result<E, DecodeError>> {
        E::from_response(&self.0.response)
    }

    /// The headers as the type that the document gives them.
    ///
    /// # Errors
    /// A required header is absent, or a value does not fit.
    pub fn headers_as<H: ResponseHeaders>(&self) -> Result<H, DecodeError> {
        self.0.response.headers_as()
    }

    /// How long the server asks to wait: the header `Retry-After` as seconds or as a date (RFC
    /// 9110, section 10.2.3). A date counts from the response's own `Date`, or from now if it has
    /// none.
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.header(RETRY_AFTER)?.trim();
        if let Ok(seconds) = value.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = httpdate::parse_http_date(value).ok()?;
        let sent = self
            .header(DATE)
            .and_then(|date| httpdate::parse_http_date(date).ok());
        Some(
            until
                .duration_since(sent.unwrap_or_else(SystemTime::now))
                .unwrap_or_default(),
        )
    }

    fn header(&self, name: http::HeaderName) -> Option<&str> {
        self.0.response.headers().get(name)?.to_str().ok()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: status {}", self.operation(), self.status().as_u16())?;
        if let Some(reason) = self.status().canonical_reason() {
            write!(f, " {reason}")?;
        }
        if let Some(reason) = &self.0.reason {
            return write!(f, ": {reason}");
        }
        let excerpt = excerpt_at(self.bytes().trim_ascii(), 0);
        if excerpt.is_empty() {
            Ok(())
        } else {
            write!(f, ": {excerpt}")
        }
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ApiError").field(&self.0.response).finish()
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(headers: &[(http::HeaderName, &str)], body: &'static str) -> ApiError {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), value.parse().unwrap()))
            .collect();
        let body = Bytes::from_static(body.as_bytes());
        ApiError::new(RawResponse::new(
            "listThings",
            StatusCode::TOO_MANY_REQUESTS,
            headers,
            body,
        ))
    }

    #[test]
    fn retry_after_takes_seconds_and_dates() {
        let seconds = |headers: &[_]| error(headers, "").retry_after().map(|wait| wait.as_secs());
        assert_eq!(seconds(&[]), None);
        assert_eq!(seconds(&[(RETRY_AFTER, " 60 ")]), Some(60));
        assert_eq!(seconds(&[(RETRY_AFTER, "soon")]), None);
        let date = (DATE, "Tue, 15 Nov 1994 08:12:31 GMT");
        assert_eq!(
            seconds(&[date.clone(), (RETRY_AFTER, "Tue, 15 Nov 1994 08:13:01 GMT")]),
            Some(30)
        );
        assert_eq!(
            seconds(&[date, (RETRY_AFTER, "Tue, 15 Nov 1994 08:00:00 GMT")]),
            Some(0)
        );
    }

    #[test]
    fn the_message_has_operation_status_and_the_start_of_the_body() {
        let long = error(
            &[],
            "{\"message\": \"too many requests, please come back in a minute or so\"}",
        )
        .to_string();
        assert_eq!(
            long,
            "listThings: status 429 Too Many Requests: {\"message\": \"too many requests, please come back in a minute…"
        );
        assert_eq!(
            error(&[], " \n").to_string(),
            "listThings: status 429 Too Many Requests"
        );
    }

    #[test]
    fn a_documented_body_is_read_whole_or_not_at_all() {
        #[derive(Debug)]
        struct Message(String);
        impl ErrorResponse for Message {
            fn from_response(response: &RawResponse) -> Option<Result<Self, DecodeError>> {
                (response.status() == 429).then(|| response.json().map(Self))
            }
        }
        let read = |body| error(&[], body).body_as::<Message>().unwrap();
        assert_eq!(read("\"slow\"").unwrap().0, "slow");
        assert_eq!(
            read("\"slow\" down").unwrap_err().message(),
            "unexpected text after the value"
        );
        assert_eq!(
            read("7").unwrap_err().message(),
            "expected a string, found a number"
        );
    }
}

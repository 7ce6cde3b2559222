//! A response with its whole body, of any status, and what is read from it.

mod headers;
mod typed;

use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, StatusCode};

use crate::error::{ApiError, DecodeError, Error};
use crate::json::{FromJson, JsonError, JsonErrorKind, excerpt_at, parse};

pub use headers::{HeaderReader, ResponseHeaders};
pub use typed::{Response, SuccessResponse};

/// Status, headers and body, as they came.
#[derive(Clone)]
pub struct RawResponse {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl RawResponse {
    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        mut headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        hide_sessions(&mut headers);
        Self {
            operation,
            status,
            headers,
            body,
        }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body, without the rest.
    pub fn into_body(self) -> Bytes {
        self.body
    }

    /// The header `Content-Type`, if there is one and it is text.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The body as JSON, whatever the status and the content type.
    ///
    /// # Errors
    /// The body is not JSON, or does not fit `T`.
    pub fn json<T: FromJson>(&self) -> Result<T, DecodeError> {
        parse(&self.body).map_err(|error| DecodeError::in_response(&error, self))
    }

    /// The body as text: UTF-8, without a byte order mark.
    ///
    /// # Errors
    /// The body is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        match std::str::from_utf8(&self.body) {
            Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()),
            Err(error) => {
                let error = JsonError::new(JsonErrorKind::InvalidUtf8, error.valid_up_to());
                Err(DecodeError::in_text(&error, self))
            }
        }
    }

    /// The headers as the type that the document gives them.
    ///
    /// # Errors
    /// A required header is absent, or a value does not fit.
    pub fn headers_as<H: ResponseHeaders>(&self) -> Result<H, DecodeError> {
        H::from_headers(&HeaderReader::new(
            self.operation,
            self.status,
            &self.headers,
        ))
    }

    /// The error for a status that the document does not know, for
    /// [`SuccessResponse::from_response`].
    pub fn undocumented_status(&self) -> DecodeError {
        let message = "the document says nothing about this status".to_owned();
        DecodeError::about(self.operation, self.status, message)
    }

    /// Whether there is nothing to decode: by the status (RFC 9110, sections 15.3.5 and 15.3.6), or
    /// because the body is empty.
    fn is_empty(&self) -> bool {
        let by_status = matches!(
            self.status,
            StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT
        );
        by_status || self.body.is_empty()
    }

    /// The body as JSON; `None` if there is nothing to decode.
    pub(crate) fn optional<T: FromJson>(&self) -> Result<Option<T>, DecodeError> {
        if self.is_empty() {
            Ok(None)
        } else {
            self.json().map(Some)
        }
    }

    pub(crate) fn into_head(self) -> (&'static str, StatusCode, HeaderMap) {
        (self.operation, self.status, self.headers)
    }

    /// The response itself if its status is 2xx.
    pub(crate) fn successful(self) -> Result<Self, Error> {
        if self.status.is_success() {
            Ok(self)
        } else {
            Err(Error::Api(ApiError::new(self)))
        }
    }
}

/// A session is as good as a password: `Debug` must not show it.
pub(crate) fn hide_sessions(headers: &mut HeaderMap) {
    for (name, value) in headers {
        if name == SET_COOKIE {
            value.set_sensitive(true);
        }
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body_len", &self.body.len())
            .field("excerpt", &excerpt_at(&self.body, 0))
            .finish()
    }
}

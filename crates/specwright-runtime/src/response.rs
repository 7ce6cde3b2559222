//! A response with its whole body, of any status.

use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, StatusCode};

use crate::error::{ApiError, DecodeError, Error};
use crate::json::{FromJson, excerpt_at, parse};

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
        // A session is as good as a password: `Debug` must not show it.
        for (name, value) in &mut headers {
            if name == SET_COOKIE {
                value.set_sensitive(true);
            }
        }
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

    /// The response itself if its status is 2xx.
    pub(crate) fn successful(self) -> Result<Self, Error> {
        if self.status.is_success() {
            Ok(self)
        } else {
            Err(Error::Api(ApiError::new(self)))
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

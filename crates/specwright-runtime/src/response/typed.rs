//! Responses as one type.

use http::{HeaderMap, StatusCode};

use super::{HeaderReader, RawResponse, ResponseHeaders};
use crate::error::DecodeError;

/// The documented results of an operation that differ by status.
pub trait SuccessResponse: Sized + Send + 'static {
    /// Reads what is documented for the status of `response`, which is a 2xx.
    ///
    /// # Errors
    /// The body does not fit, or the document says nothing about the status:
    /// [`RawResponse::undocumented_status`].
    fn from_response(response: &RawResponse) -> Result<Self, DecodeError>;
}

/// A decoded response with its status and headers.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: T,
    operation: &'static str,
}

impl<T> Response<T> {
    pub(crate) fn new(response: RawResponse, body: T) -> Self {
        let (operation, status, headers) = response.into_head();
        Self {
            status,
            headers,
            body,
            operation,
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
}

//! What can go wrong with a call, by cause.

mod api;
mod configuration;
mod decode;

use std::fmt;

use http::StatusCode;

pub use api::{ApiError, ErrorResponse};
pub use configuration::ConfigurationError;
pub use decode::DecodeError;

use crate::pagination::PaginationError;
use crate::transport::TransportError;

/// The error of every call.
///
/// No variant shows a credential, neither by `Display` nor by `Debug`. What a server writes into
/// its own response is shown as it is.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client or the request is not usable as configured; nothing was sent.
    Configuration(ConfigurationError),
    /// No complete response arrived.
    Transport(TransportError),
    /// The server answered with a status other than 2xx.
    Api(ApiError),
    /// The server answered with 2xx and a body that does not fit the documented type.
    Decode(DecodeError),
    /// The server's pages do not lead on; going on would loop or lose items.
    Pagination(PaginationError),
}

impl Error {
    /// The error response, if the server sent one.
    pub fn api(&self) -> Option<&ApiError> {
        if let Self::Api(error) = self {
            Some(error)
        } else {
            None
        }
    }

    /// The decoding problem, if the body did not fit.
    pub fn decode(&self) -> Option<&DecodeError> {
        if let Self::Decode(error) = self {
            Some(error)
        } else {
            None
        }
    }

    /// The pagination problem, if the pages do not lead on.
    pub fn pagination(&self) -> Option<&PaginationError> {
        if let Self::Pagination(error) = self {
            Some(error)
        } else {
            None
        }
    }

    /// The transport problem, if no complete response arrived.
    pub fn transport(&self) -> Option<&TransportError> {
        if let Self::Transport(error) = self {
            Some(error)
        } else {
            None
        }
    }

    /// The configuration problem, if nothing could be sent.
    pub fn configuration(&self) -> Option<&ConfigurationError> {
        if let Self::Configuration(error) = self {
            Some(error)
        } else {
            None
        }
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => error.status(),
            Self::Configuration(_) | Self::Transport(_) | Self::Pagination(_) => None,
        }
    }

    /// Whether the same request may succeed later: a failed connection, a timeout or a body cut
    /// short, and the statuses 408, 425, 429, 500, 502, 503 and 504.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_retryable(),
            Self::Api(error) => matches!(
                error.status().as_u16(),
                408 | 425 | 429 | 500 | 502 | 503 | 504
            ),
            Self::Configuration(_) | Self::Decode(_) | Self::Pagination(_) => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Pagination(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The message is the cause's own, so the chain goes on behind it.
        match self {
            Self::Configuration(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Api(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Pagination(error) => error.source(),
        }
    }
}

impl From<ConfigurationError> for Error {
    fn from(error: ConfigurationError) -> Self {
        Self::Configuration(error)
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<PaginationError> for Error {
    fn from(error: PaginationError) -> Self {
        Self::Pagination(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_small_and_can_cross_threads() {
        fn crosses_threads<T: Send + Sync + 'static>() {}
        crosses_threads::<Error>();
        assert!(
            size_of::<Error>() <= 2 * size_of::<usize>(),
            "{} bytes",
            size_of::<Error>()
        );
    }
}

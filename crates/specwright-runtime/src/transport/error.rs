//! Why no complete response arrived.

use std::error::Error;
use std::fmt;

/// The stage at which an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: name resolution, TCP or TLS.
    Connect,
    /// The time for the attempt was over.
    Timeout,
    /// The connection ended before the response was complete.
    Interrupted,
    /// The body is larger than the client takes.
    TooLarge {
        /// the most the client takes, in bytes
        limit: u64,
    },
    /// Anything else.
    Other,
}

/// A failed attempt.
#[derive(Debug)]
pub struct TransportError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: TransportErrorKind,
    operation: Option<&'static str>,
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// An error with a message that must not show a credential.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            message: message.into(),
            source: None,
        }))
    }

    /// The same error with its cause.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn during(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// The stage at which the attempt failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// The operation that was called, if it was one.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Whether the same request may succeed later. A request that is not idempotent may have been
    /// carried out all the same, unless the connection failed.
    pub fn is_retryable(&self) -> bool {
        use TransportErrorKind::{Connect, Interrupted, Timeout};
        matches!(self.0.kind, Connect | Timeout | Interrupted)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

//! Tokens that are fetched when they are needed.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::error::{ConfigurationError, Error};
use crate::secret::Secret;
use crate::transport::BoxFuture;

/// Where bearer tokens come from.
///
/// ```
/// use specwright_runtime::{BoxFuture, Credential, Secret, TokenError, TokenProvider};
///
/// struct FromFile(std::path::PathBuf);
///
/// impl TokenProvider for FromFile {
///     fn token(&self, _refresh: bool) -> BoxFuture<'_, Result<Secret, TokenError>> {
///         Box::pin(async {
///             let text = std::fs::read_to_string(&self.0);
///             let text = text.map_err(|error| TokenError::caused_by("no token in the file", error))?;
///             Ok(Secret::from(text.trim()))
///         })
///     }
/// }
///
/// let credential = Credential::provider(FromFile("/run/secrets/token".into()));
/// # let _ = credential;
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// The token for a request. It is asked for before every request, so it should be kept as long
    /// as it is valid. `refresh` says that the server has just refused the token given before (status
    /// 401): a fresh one is wanted; it is asked for once for each request.
    fn token(&self, refresh: bool) -> BoxFuture<'_, Result<Secret, TokenError>>;
}

impl<T: TokenProvider + ?Sized> TokenProvider for Arc<T> {
    fn token(&self, refresh: bool) -> BoxFuture<'_, Result<Secret, TokenError>> {
        (**self).token(refresh)
    }
}

impl fmt::Debug for dyn TokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenProvider")
    }
}

/// Why there is no token: any [`Error`], which becomes that of the call.
#[derive(Debug)]
pub struct TokenError(Error);

impl TokenError {
    /// An error of a provider, which becomes [`Error::Configuration`]. The message must not show a
    /// credential.
    pub fn new(message: impl Into<String>) -> Self {
        Self(ConfigurationError::new(message).into())
    }

    /// The same with its cause.
    pub fn caused_by(
        message: impl Into<String>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self(ConfigurationError::caused_by(message, source).into())
    }

    /// The error of the call.
    pub fn into_error(self) -> Error {
        self.0
    }
}

/// Errors of any part of the library, such as [`TransportError`](crate::TransportError).
impl<E: Into<Error>> From<E> for TokenError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

//! Credentials and how a request carries them (OpenAPI, Security Scheme Object).

mod client_credentials;
mod gate;
mod grant;
mod token;

use std::sync::Arc;

use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

use crate::base64;
use crate::error::ConfigurationError;
use crate::secret::Secret;
use crate::url_encoding::encode;

pub use client_credentials::ClientCredentials;
pub use token::{TokenError, TokenProvider};

/// What proves to the server who is calling.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Credential {
    /// `Authorization: Bearer …` (RFC 6750, section 2.1).
    Bearer(Secret),
    /// `Authorization: Basic …` (RFC 7617).
    Basic {
        /// the user name, without a colon
        user: String,
        /// the password
        password: Secret,
    },
    /// A key in a header, query parameter or cookie of its own.
    ApiKey {
        /// where the key goes
        place: ApiKeyPlace,
        /// the name of the header, parameter or cookie
        name: &'static str,
        /// the key
        value: Secret,
    },
    /// `Authorization: Scheme …`, for another scheme (RFC 9110, section 11.6.2).
    Authorization {
        /// the name of the scheme, such as `Digest`
        scheme: &'static str,
        /// what follows it
        value: Secret,
    },
    /// `Authorization: Bearer …` with a token that is fetched when it is needed.
    Provider(Arc<dyn TokenProvider>),
}

impl Credential {
    /// A bearer token.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self::Bearer(token.into())
    }

    /// A user name, without a colon, and a password.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::Basic {
            user: user.into(),
            password: password.into(),
        }
    }

    /// A key in the header, query parameter or cookie `name`.
    pub fn api_key(place: ApiKeyPlace, name: &'static str, value: impl Into<Secret>) -> Self {
        Self::ApiKey {
            place,
            name,
            value: value.into(),
        }
    }

    /// The value of the header `Authorization` behind the name of another scheme.
    pub fn authorization(scheme: &'static str, value: impl Into<Secret>) -> Self {
        Self::Authorization {
            scheme,
            value: value.into(),
        }
    }

    /// Bearer tokens that are fetched when they are needed, such as [`ClientCredentials`].
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self::Provider(Arc::new(provider))
    }
}

/// Where an API key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApiKeyPlace {
    /// a header
    Header,
    /// a query parameter
    Query,
    /// a cookie
    Cookie,
}

/// A credential in the form in which requests carry it, checked once.
pub(crate) enum Carried {
    Header(HeaderName, HeaderValue),
    /// `name=value`, encoded.
    Query(String),
    /// `name=value`.
    Cookie(HeaderValue),
    /// The scheme, and where its tokens come from.
    Provider(&'static str, Arc<dyn TokenProvider>),
}

/// The header `Authorization` with a token.
pub(crate) fn bearer(scheme: &str, token: &Secret) -> Result<HeaderValue, ConfigurationError> {
    sensitive(scheme, &format!("Bearer {}", present(scheme, token)?))
}

impl Credential {
    /// Checks the credential of `scheme`. Errors name the scheme and never show the credential.
    pub(crate) fn carried(&self, scheme: &'static str) -> Result<Carried, ConfigurationError> {
        match self {
            Self::Bearer(token) => Ok(Carried::Header(AUTHORIZATION, bearer(scheme, token)?)),
            Self::Authorization {
                scheme: name,
                value,
            } => {
                if HeaderName::from_bytes(name.as_bytes()).is_err() {
                    let message = format!("`{name}` of `{scheme}` is no authorization scheme");
                    return Err(ConfigurationError::new(message));
                }
                let value = present(scheme, value)?;
                Ok(Carried::Header(
                    AUTHORIZATION,
                    sensitive(scheme, &format!("{name} {value}"))?,
                ))
            }
            Self::Provider(provider) => Ok(Carried::Provider(scheme, Arc::clone(provider))),
            Self::Basic { user, password } => {
                if user.contains(':') {
                    let message = format!("the user name of `{scheme}` must not contain a colon");
                    return Err(ConfigurationError::new(message));
                }
                let pair = base64::encode(format!("{user}:{}", password.expose()).as_bytes());
                Ok(Carried::Header(
                    AUTHORIZATION,
                    sensitive(scheme, &format!("Basic {pair}"))?,
                ))
            }
            Self::ApiKey { place, name, value } => {
                let value = present(scheme, value)?;
                match place {
                    ApiKeyPlace::Header => {
                        let header = HeaderName::from_bytes(name.as_bytes()).map_err(|error| {
                            ConfigurationError::caused_by(
                                format!("`{name}` of `{scheme}` is no header name"),
                                error,
                            )
                        })?;
                        Ok(Carried::Header(header, sensitive(scheme, value)?))
                    }
                    ApiKeyPlace::Query => Ok(Carried::Query(format!(
                        "{}={}",
                        encode(name),
                        encode(value)
                    ))),
                    ApiKeyPlace::Cookie if value.contains([';', ',', ' ', '"', '\\']) => {
                        Err(unsuitable(scheme))
                    }
                    ApiKeyPlace::Cookie => Ok(Carried::Cookie(sensitive(
                        scheme,
                        &format!("{name}={value}"),
                    )?)),
                }
            }
        }
    }
}

fn present<'a>(scheme: &str, secret: &'a Secret) -> Result<&'a str, ConfigurationError> {
    if secret.expose().trim().is_empty() {
        return Err(ConfigurationError::new(format!(
            "the credential of `{scheme}` is empty"
        )));
    }
    Ok(secret.expose())
}

fn sensitive(scheme: &str, text: &str) -> Result<HeaderValue, ConfigurationError> {
    if !text.is_ascii() {
        return Err(unsuitable(scheme));
    }
    let mut value = HeaderValue::from_str(text).map_err(|_| unsuitable(scheme))?;
    value.set_sensitive(true);
    Ok(value)
}

fn unsuitable(scheme: &str) -> ConfigurationError {
    let message = format!(
        "the credential of `{scheme}` has characters that a header cannot carry, such as a line break or an accented letter"
    );
    ConfigurationError::new(message)
}

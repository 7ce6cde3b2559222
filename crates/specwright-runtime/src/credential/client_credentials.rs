//! The client credentials grant (RFC 6749, section 4.4), with its token kept while it is valid.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method};
use url::Url;

use super::gate::Gate;
use super::grant::{self, Grant};
use super::sensitive;
use super::token::{TokenError, TokenProvider};
use crate::base64;
use crate::client::{DEFAULT_TIMEOUT, DEFAULT_USER_AGENT};
use crate::error::ConfigurationError;
use crate::secret::Secret;
use crate::transport::{BoxFuture, Transport, TransportRequest, default_transport};
use crate::url_encoding::encode_form;

/// Gets tokens from an authorization server by the client's own id and secret (RFC 6749, section
/// 4.4).
///
/// A token is kept until 30 seconds before it expires, or a tenth of its life if that is less. At
/// any time one request for a token is under way, however many calls wait for it. A call that the
/// API answers with 401 asks for a fresh token once and is repeated.
///
/// ```
/// use specwright_runtime::{ClientCredentials, Credential};
///
/// let tokens = ClientCredentials::new("https://login.example.com/token", "my-app", "s3cr3t")
///     .scope("things:read things:write");
/// let credential = Credential::provider(tokens);
/// # let _ = credential;
/// ```
pub struct ClientCredentials {
    token_url: String,
    client_id: String,
    client_secret: Secret,
    scope: Option<String>,
    audience: Option<String>,
    in_body: bool,
    timeout: Duration,
    transport: OnceLock<Arc<dyn Transport>>,
    gate: Gate,
    cache: Mutex<Cache>,
}

#[derive(Default)]
struct Cache {
    token: Option<Token>,
    /// How many tokens were received so far.
    received: u64,
}

struct Token {
    text: Secret,
    /// When another token should be fetched, if that is known.
    stale: Option<Instant>,
}

impl ClientCredentials {
    /// Credentials for the token endpoint at `token_url`, an absolute `http` or `https` URL. Nothing
    /// is sent before the first call.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
    ) -> Self {
        Self {
            token_url: token_url.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            scope: None,
            audience: None,
            in_body: false,
            timeout: DEFAULT_TIMEOUT,
            transport: OnceLock::new(),
            gate: Gate::default(),
            cache: Mutex::default(),
        }
    }

    /// Asks for these scopes, separated by spaces.
    #[must_use]
    pub fn scope(mut self, scopes: impl Into<String>) -> Self {
        self.scope = Some(scopes.into());
        self
    }

    /// Asks for a token for this audience: a parameter that some servers have beyond the RFC.
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// Sends id and secret in the body (`client_secret_post`) in place of basic authentication
    /// (`client_secret_basic`).
    #[must_use]
    pub fn send_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Sets the longest that one request for a token may take. 60 seconds by default.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Replaces the default transport.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        let transport: Arc<dyn Transport> = Arc::new(transport);
        self.transport = OnceLock::from(transport);
        self
    }

    async fn valid_token(&self, refresh: bool) -> Result<Secret, TokenError> {
        let received = {
            let cache = self.cache();
            if let (false, Some(token)) = (refresh, cache.valid()) {
                return Ok(token);
            }
            cache.received
        };
        let _passage = self.gate.pass().await;
        {
            let cache = self.cache();
            // While waiting somebody else may have got a token that is as fresh as can be.
            if (!refresh || cache.received != received)
                && let Some(token) = cache.valid()
            {
                return Ok(token);
            }
        }
        let asked = Instant::now();
        let grant = self.ask().await?;
        let text = grant.token.clone();
        self.cache().keep(grant, asked);
        Ok(text)
    }

    async fn ask(&self) -> Result<Grant, TokenError> {
        let request = self.request()?;
        let transport = self.usable_transport(&request.url)?;
        Ok(grant::fetch(&*transport, request).await?)
    }

    fn request(&self) -> Result<TransportRequest, ConfigurationError> {
        let mut form = vec![("grant_type", "client_credentials")];
        form.extend(self.scope.as_deref().map(|scope| ("scope", scope)));
        form.extend(
            self.audience
                .as_deref()
                .map(|audience| ("audience", audience)),
        );
        if self.in_body {
            form.push(("client_id", &self.client_id));
            form.push(("client_secret", self.client_secret.expose()));
        }
        let mut request = TransportRequest::new(Method::POST, token_url(&self.token_url)?);
        let headers = &mut request.headers;
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        headers.insert(USER_AGENT, HeaderValue::from_static(DEFAULT_USER_AGENT));
        if !self.in_body {
            // Both are encoded before they are joined (RFC 6749, section 2.3.1).
            let (id, secret) = (
                encode_form(&self.client_id),
                encode_form(self.client_secret.expose()),
            );
            let pair = base64::encode(format!("{id}:{secret}").as_bytes());
            headers.insert(
                AUTHORIZATION,
                sensitive("client credentials", &format!("Basic {pair}"))?,
            );
        }
        let pairs = form
            .iter()
            .map(|(name, value)| format!("{name}={}", encode_form(value)));
        request.body = Some(pairs.collect::<Vec<_>>().join("&").into());
        request.timeout = Some(self.timeout);
        Ok(request)
    }

    fn usable_transport(&self, url: &Url) -> Result<Arc<dyn Transport>, ConfigurationError> {
        if let Some(transport) = self.transport.get() {
            return Ok(Arc::clone(transport));
        }
        let transport = default_transport(url.scheme() != "http")?;
        Ok(Arc::clone(self.transport.get_or_init(|| transport)))
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cache {
    fn valid(&self) -> Option<Secret> {
        let token = self.token.as_ref()?;
        let is_stale = token.stale.is_some_and(|stale| Instant::now() >= stale);
        (!is_stale).then(|| token.text.clone())
    }

    fn keep(&mut self, grant: Grant, asked: Instant) {
        self.received += 1;
        self.token = Some(Token {
            text: grant.token,
            stale: grant.life.and_then(|life| asked.checked_add(usable(life))),
        });
    }
}

/// How long a token of this life is used.
fn usable(life: Duration) -> Duration {
    life.saturating_sub(Duration::from_secs(30).min(life / 10))
}

fn token_url(text: &str) -> Result<Url, ConfigurationError> {
    let url = Url::parse(text)
        .map_err(|error| ConfigurationError::caused_by("the token URL is invalid", error))?;
    let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if is_bare && matches!(url.scheme(), "http" | "https") {
        return Ok(url);
    }
    Err(ConfigurationError::new(
        "the token URL must be http or https, without a user name, password or fragment",
    ))
}

impl TokenProvider for ClientCredentials {
    fn token(&self, refresh: bool) -> BoxFuture<'_, Result<Secret, TokenError>> {
        Box::pin(self.valid_token(refresh))
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL is not checked yet, so it may hold a password.
        f.debug_struct("ClientCredentials")
            .field("client_id", &self.client_id)
            .field("client_secret", &self.client_secret)
            .field("scope", &self.scope)
            .field("audience", &self.audience)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_used_until_shortly_before_it_expires() {
        let seconds = |life| usable(Duration::from_secs(life)).as_secs();
        assert_eq!(seconds(3600), 3570);
        assert_eq!(seconds(300), 270);
        assert_eq!(seconds(100), 90);
        assert_eq!(seconds(0), 0);
    }

    #[test]
    fn a_token_without_a_life_is_kept() {
        let now = Instant::now();
        let grant = |life| Grant {
            token: "t".into(),
            life,
        };
        let mut cache = Cache::default();
        assert!(cache.valid().is_none());
        cache.keep(grant(None), now);
        assert!(cache.valid().is_some());
        cache.keep(grant(Some(Duration::ZERO)), now);
        assert!(cache.valid().is_none());
        cache.keep(grant(Some(Duration::MAX)), now);
        assert!(cache.valid().is_some());
        assert_eq!(cache.received, 3);
    }

    #[test]
    fn a_token_url_with_a_password_is_refused_without_being_shown() {
        for url in [
            "https://u:s3cr3t@h/token",
            "ftp://h/s3cr3t",
            "s3cr3t",
            "https://h/#s3cr3t",
        ] {
            let error = token_url(url).unwrap_err();
            assert!(error.to_string().starts_with("the token URL"), "{error}");
            assert!(
                !format!("{error} {error:?}").contains("s3cr3t"),
                "{error:?}"
            );
        }
        assert!(token_url("http://127.0.0.1:1/token?tenant=a").is_ok());
    }
}

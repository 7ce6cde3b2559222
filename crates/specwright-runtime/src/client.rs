//! Clients: where requests go, with whose credentials, over which transport.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use url::Url;

use crate::base_url::BaseUrl;
use crate::credential::{Carried, Credential};
use crate::error::{ConfigurationError, Error};
use crate::operation::{Operation, Server};
use crate::request::Request;
use crate::transport::{Transport, default_transport};

pub(crate) const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);
const DEFAULT_MAXIMUM_BODY: u64 = 64 << 20;
pub(crate) const DEFAULT_USER_AGENT: &str =
    concat!("specwright-runtime/", env!("CARGO_PKG_VERSION"));

/// The part of a client that does not depend on the API. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What all requests of a client have in common.
pub(crate) struct Shared {
    pub(crate) base: BaseUrl,
    /// Whether the user has set the base URL, which then counts for all operations.
    pub(crate) base_is_set: bool,
    pub(crate) variables: Vec<(&'static str, String)>,
    pub(crate) credentials: Vec<(&'static str, Carried)>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) timeout: Duration,
    pub(crate) maximum_body: u64,
}

impl Client {
    /// A request for `operation`, to be filled in and sent.
    pub fn request(&self, operation: &'static Operation) -> Request {
        Request::new(self.clone(), operation)
    }

    /// The URL that operations' paths are appended to.
    pub fn base_url(&self) -> &Url {
        self.shared.base.as_url()
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

impl Shared {
    /// The URL that the path of `operation` is appended to.
    pub(crate) fn base_of(
        &self,
        operation: &Operation,
    ) -> Result<Cow<'_, BaseUrl>, ConfigurationError> {
        match operation.own_server() {
            Some(server) if !self.base_is_set => {
                let mut variables = self.variables.clone();
                variables.retain(|(name, _)| server.has_variable(name));
                BaseUrl::resolve(server.url, server, &variables).map(Cow::Owned)
            }
            _ => Ok(Cow::Borrowed(&self.base)),
        }
    }

    /// The credentials for the first alternative of `security` for which all are set; none if there
    /// is no such alternative: then the server decides.
    pub(crate) fn credentials_for(&self, security: &[&[&str]]) -> Vec<&Carried> {
        let of = |scheme: &&str| {
            self.credentials
                .iter()
                .find(|(name, _)| name == scheme)
                .map(|(_, carried)| carried)
        };
        security
            .iter()
            .filter(|schemes| !schemes.is_empty())
            .find_map(|schemes| schemes.iter().map(of).collect::<Option<Vec<_>>>())
            .unwrap_or_default()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<_> = self
            .shared
            .credentials
            .iter()
            .map(|(scheme, _)| scheme)
            .collect();
        f.debug_struct("Client")
            .field("base_url", &self.shared.base)
            .field("credentials", &schemes)
            .field("timeout", &self.shared.timeout)
            .finish_non_exhaustive()
    }
}

/// Collects what a [`Client`] needs. The last of repeated settings counts.
pub struct ClientBuilder {
    server: &'static Server,
    base_url: Option<String>,
    variables: Vec<(&'static str, String)>,
    credentials: Vec<(&'static str, Credential)>,
    transport: Option<Arc<dyn Transport>>,
    user_agent: Option<String>,
    timeout: Duration,
    maximum_body: u64,
}

impl ClientBuilder {
    /// A builder for clients of `server`.
    pub fn new(server: &'static Server) -> Self {
        Self {
            server,
            base_url: None,
            variables: Vec::new(),
            credentials: Vec::new(),
            transport: None,
            user_agent: None,
            timeout: DEFAULT_TIMEOUT,
            maximum_body: DEFAULT_MAXIMUM_BODY,
        }
    }

    /// Replaces the document's server URLs, for all operations. `{name}` stands for the server's variables, as in the
    /// document.
    pub fn base_url(&mut self, url: impl Into<String>) {
        self.base_url = Some(url.into());
    }

    /// Sets a variable of the server's URL, and of operations' own servers that have one of this name.
    /// It has no effect on a base URL that does not name it.
    pub fn server_variable(&mut self, name: &'static str, value: impl Into<String>) {
        self.variables.push((name, value.into()));
    }

    /// Sets the credential of a security scheme.
    pub fn credential(&mut self, scheme: &'static str, credential: Credential) {
        self.credentials.retain(|(name, _)| *name != scheme);
        self.credentials.push((scheme, credential));
    }

    /// Replaces the default transport.
    pub fn transport(&mut self, transport: impl Transport) {
        self.transport = Some(Arc::new(transport));
    }

    /// Sets the longest that one attempt may take, from connecting to the last byte of the body. 60
    /// seconds by default.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// Sets the header `User-Agent`. `specwright-runtime/` and its version by default.
    pub fn user_agent(&mut self, user_agent: impl Into<String>) {
        self.user_agent = Some(user_agent.into());
    }

    /// Sets the largest body of a response that is read, in bytes. 64 MiB by default.
    pub fn maximum_body(&mut self, bytes: u64) {
        self.maximum_body = bytes;
    }

    /// Checks the settings and makes the client. Nothing is sent.
    ///
    /// # Errors
    /// The base URL, a server variable, a credential or the user agent cannot be used, or no
    /// transport is available.
    pub fn build(self) -> Result<Client, Error> {
        let base_is_set = self.base_url.is_some();
        let template = self.base_url.as_deref().unwrap_or(self.server.url);
        let base = BaseUrl::resolve(template, self.server, &self.variables)?;
        let mut credentials = Vec::with_capacity(self.credentials.len());
        for (scheme, credential) in &self.credentials {
            credentials.push((*scheme, credential.carried(scheme)?));
        }
        let user_agent =
            HeaderValue::from_str(self.user_agent.as_deref().unwrap_or(DEFAULT_USER_AGENT))
                .map_err(|error| {
                    ConfigurationError::caused_by("the user agent is no header value", error)
                })?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => transport_for(&base, base_is_set)?,
        };
        let (timeout, maximum_body) = (self.timeout, self.maximum_body);
        Ok(Client {
            shared: Arc::new(Shared {
                base,
                base_is_set,
                variables: self.variables,
                credentials,
                transport,
                user_agent,
                timeout,
                maximum_body,
            }),
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not checked yet, so it may hold a password.
        f.debug_struct("ClientBuilder")
            .field("server", &self.server.url)
            .field("variables", &self.variables)
            .field("credentials", &self.credentials)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// A client whose requests all go to an `http` URL makes no TLS connection, so it loads no
/// certificates. Unless the base URL is set, operations may have servers of their own that are
/// `https`: then certificates are loaded if there are some.
fn transport_for(
    base: &BaseUrl,
    base_is_set: bool,
) -> Result<Arc<dyn Transport>, ConfigurationError> {
    match (base.as_url().scheme(), base_is_set) {
        ("http", true) => default_transport(false),
        ("http", false) => default_transport(true).or_else(|_| default_transport(false)),
        _ => default_transport(true),
    }
}

#[cfg(all(test, not(feature = "reqwest")))]
mod tests {
    use super::*;

    #[test]
    fn without_the_default_transport_one_must_be_given() {
        static SERVER: Server = Server {
            url: "https://example.com",
            variables: &[],
        };
        let error = ClientBuilder::new(&SERVER).build().unwrap_err();
        assert!(
            error.to_string().starts_with("no transport is set"),
            "{error}"
        );
    }
}

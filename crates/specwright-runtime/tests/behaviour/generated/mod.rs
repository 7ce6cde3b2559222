//! A client in the very words of the generator, by hand: what is here must compile against the
//! runtime unchanged.

pub mod conversations;
pub mod types;

use std::time::Duration;

use specwright_runtime as runtime;
use specwright_runtime::{Credential, Secret, Server, ServerVariable, Transport};

use self::conversations::Conversations;

static SERVER: Server = Server {
    url: "https://{subdomain}.mindhunters.ai",
    variables: &[ServerVariable {
        name: "subdomain",
        default: "demo",
        allowed: &[],
    }],
};

#[derive(Debug, Clone)]
pub struct Client {
    inner: runtime::Client,
}

impl Client {
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            inner: runtime::ClientBuilder::new(&SERVER),
        }
    }

    pub fn conversations(&self) -> Conversations<'_> {
        Conversations {
            client: &self.inner,
        }
    }
}

#[derive(Debug)]
pub struct ClientBuilder {
    inner: runtime::ClientBuilder,
}

impl ClientBuilder {
    pub fn bearer_token(mut self, token: impl Into<Secret>) -> Self {
        self.inner
            .credential("bearerAuth", Credential::Bearer(token.into()));
        self
    }

    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.inner.base_url(url.into());
        self
    }

    pub fn subdomain(mut self, value: impl Into<String>) -> Self {
        self.inner.server_variable("subdomain", value.into());
        self
    }

    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.inner.transport(transport);
        self
    }

    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.inner.timeout(timeout);
        self
    }

    pub fn build(self) -> Result<Client, runtime::Error> {
        Ok(Client {
            inner: self.inner.build()?,
        })
    }
}

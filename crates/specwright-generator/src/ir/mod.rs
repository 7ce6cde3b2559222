//! The facts about an API that a client needs, in the terms of OpenAPI and without names of any language.

mod operations;
mod types;

pub use operations::*;
pub use types::*;

/// An API.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The servers of the document, the default first.
    pub servers: Vec<Server>,
    /// The security schemes that operations name.
    pub security_schemes: Vec<SecurityScheme>,
    /// Tags with their descriptions.
    pub tags: Vec<Tag>,
    /// Every named type.
    pub types: Vec<TypeDef>,
    /// The operations that can be generated.
    pub operations: Vec<Operation>,
    /// What the API sends to its users: webhooks and callbacks.
    pub messages: Vec<Message>,
    /// Id and tags of every operation of the document.
    pub all_operations: Vec<OperationKey>,
}

/// A body that the API sends to its users.
#[derive(Debug, Clone)]
pub struct Message {
    /// The name of the webhook, or of the operation and its callback.
    pub words: Vec<String>,
    /// What it is.
    pub description: Option<String>,
    /// What it holds.
    pub body: TypeRef,
}

/// A server with its variables.
#[derive(Debug, Clone)]
pub struct Server {
    /// The URL template.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
    /// The variables in it.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone)]
pub struct ServerVariable {
    /// The name between braces.
    pub name: String,
    /// The value unless another is given.
    pub default: String,
    /// The values that are allowed; empty if any is.
    pub allowed: Vec<String>,
    /// What it is.
    pub description: Option<String>,
}

/// A security scheme.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// The name of the component.
    pub name: String,
    /// How it works.
    pub kind: SecurityKind,
    /// What it is.
    pub description: Option<String>,
}

/// How a security scheme works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// `Authorization` with another scheme of the IANA registry.
    Http {
        /// The scheme, for example `Digest`.
        scheme: String,
    },
    /// OAuth 2 or OpenID Connect, which come down to a bearer token.
    Token {
        /// The token URL and scopes of the client credentials flow (RFC 6749 section 4.4), if it is offered.
        client_credentials: Option<(String, Vec<String>)>,
    },
    /// A key in a query parameter, header or cookie.
    ApiKey {
        /// `query`, `header` or `cookie`.
        place: &'static str,
        /// The name there.
        name: String,
    },
}

/// A tag.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub description: Option<String>,
}

impl Api {
    /// The definition of a type.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }
}

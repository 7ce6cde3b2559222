//! Servers and operations as data: what generated code declares in statics.

/// A server of the document (OpenAPI, Server Object).
#[derive(Debug)]
pub struct Server {
    /// An absolute URL, with `{name}` where a variable goes.
    pub url: &'static str,
    /// The variables of `url`.
    pub variables: &'static [ServerVariable],
}

impl Server {
    pub(crate) fn has_variable(&self, name: &str) -> bool {
        self.variables.iter().any(|variable| variable.name == name)
    }
}

/// A variable of a server's URL (OpenAPI, Server Variable Object).
#[derive(Debug)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: &'static str,
    /// The value unless another is set.
    pub default: &'static str,
    /// The values that may be set; empty for any.
    pub allowed: &'static [&'static str],
}

/// An operation of the document (OpenAPI, Operation Object).
///
/// ```
/// use specwright_runtime::Operation;
///
/// static LIST_THINGS: Operation = Operation::new("listThings", "GET", "/things/{owner}")
///     .accept("application/json")
///     .security(&[&["bearer"], &["key", "basic"]]);
/// assert_eq!(LIST_THINGS.id(), "listThings");
/// ```
#[derive(Debug)]
pub struct Operation {
    id: &'static str,
    method: &'static str,
    path: &'static str,
    accept: &'static str,
    security: &'static [&'static [&'static str]],
    server: Option<&'static Server>,
}

impl Operation {
    /// An operation: its name, for errors; its method, any token (RFC 9110, section 9.1); and the
    /// path behind the server's URL, with `{name}` where a parameter goes. It accepts everything and
    /// is anonymous.
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            accept: "*/*",
            security: &[],
            server: None,
        }
    }

    /// Sets the value of the header `Accept`, which is always sent.
    pub const fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// Sets the security requirements: alternatives, each a list of schemes that go together.
    pub const fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Sets a server of the operation's own, which counts unless the client has a base URL set by
    /// its user.
    pub const fn server(mut self, server: &'static Server) -> Self {
        self.server = Some(server);
        self
    }

    /// The operation's name.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The method.
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The path behind the server's URL.
    pub fn path(&self) -> &'static str {
        self.path
    }

    pub(crate) fn accepted(&self) -> &'static str {
        self.accept
    }

    pub(crate) fn requirements(&self) -> &'static [&'static [&'static str]] {
        self.security
    }

    pub(crate) fn own_server(&self) -> Option<&'static Server> {
        self.server
    }
}

//! Servers and operations as data: what generated code declares in statics.

use http::Method;

/// A server of the document (OpenAPI, Server Object).
#[derive(Debug)]
pub struct Server {
    /// An absolute URL, with `{name}` where a variable goes.
    pub url: &'static str,
    /// The variables of `url`.
    pub variables: &'static [ServerVariable],
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
#[derive(Debug)]
pub struct Operation {
    /// The operation's name, for errors.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The path behind the server's URL, with `{name}` where a parameter goes.
    pub path: &'static str,
    /// The value of the header `Accept`, which is always sent.
    pub accept: &'static str,
    /// The security requirements: alternatives, each a list of schemes that go together. Empty for
    /// anonymous.
    pub security: &'static [&'static [&'static str]],
}

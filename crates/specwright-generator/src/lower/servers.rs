//! Servers.

use specwright_openapi::{OperationRef, openapiv3};

use super::Lowerer;
use crate::ir::{Server, ServerVariable};

impl Lowerer<'_> {
    /// The server that an operation or its path has of its own (OAS 3.0.3, Server Object).
    pub(super) fn own_server(&self, from: &OperationRef<'_>) -> Option<Server> {
        let own = self.description.servers(from);
        let first = own.first()?;
        (self.description.document().servers.first() != Some(first)).then(|| server(first))
    }
}

pub(super) fn server(server: &openapiv3::Server) -> Server {
    let variables = server.variables.iter().flatten();
    Server {
        url: server.url.clone(),
        description: server.description.clone(),
        variables: variables
            .map(|(name, variable)| ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                allowed: variable.enumeration.clone(),
                description: variable.description.clone(),
            })
            .collect(),
    }
}

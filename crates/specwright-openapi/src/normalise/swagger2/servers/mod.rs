//! `schemes`, `host` and `basePath` as servers (OpenAPI 2.0, Swagger Object; OAS 3.0.3, Server Object).
//!
//! Without a host the URL is relative to wherever the document comes from, and so is the scheme: what `schemes` says
//! then is up to whoever knows the host.

mod parameterized;

use specwright_diagnostics::Pointer;

use super::{
    build::{object, string, text},
    place::{Place, Record},
};
use crate::tree::{Node, Object};
use parameterized::PARAMETERIZED_HOST;

const SCHEMES: &[&str] = &["http", "https", "ws", "wss"];

/// Where an API is served.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    authority: Authority,
    base_path: String,
    schemes: Vec<String>,
    /// The field of the root that says most of it.
    field: Option<&'static str>,
}

/// What follows the scheme.
#[derive(Debug, Default)]
enum Authority {
    /// Whatever served the document.
    #[default]
    Same,
    Host(String),
    /// Azure's template and its variables, with a scheme before it or not.
    Template {
        template: String,
        has_scheme: bool,
        variables: Object,
    },
}

impl Hosts {
    pub(super) fn read(root: &Object) -> Self {
        let host = string(root, "host").filter(|host| !host.is_empty());
        let (authority, field) = match (parameterized::read(root), host) {
            (Some(template), _) => (template, Some(PARAMETERIZED_HOST)),
            (None, Some(host)) => (
                Authority::Host(without_scheme(host).to_owned()),
                Some("host"),
            ),
            (None, None) => (
                Authority::Same,
                root.contains("basePath").then_some("basePath"),
            ),
        };
        Self {
            authority,
            base_path: base_path(string(root, "basePath").unwrap_or_default()),
            schemes: root.get("schemes").map(schemes).unwrap_or_default(),
            field,
        }
    }

    /// The servers of the document; `None` if the default of 3.0 says the same.
    pub(super) fn servers(&self, record: &mut Record<'_>) -> Option<Node> {
        let servers = self.with_schemes(&self.schemes);
        if servers.is_empty() {
            return None;
        }
        let field = self.field.map(|field| Pointer::root().join(field));
        let source = field.unwrap_or_default();
        record.moved(&Place::new(Pointer::root().join("servers"), source));
        Some(Node::Array(servers))
    }

    /// The servers of the operation at `place`, if it has `schemes` of its own.
    pub(super) fn of_operation(
        &self,
        own: &Node,
        place: &Place,
        record: &mut Record<'_>,
    ) -> Option<Node> {
        let at = Place::new(place.normal.join("servers"), place.source.join("schemes"));
        let own = schemes(own);
        if own.is_empty() || own == self.schemes {
            return None;
        }
        if let Authority::Template { variables, .. } = &self.authority
            && !record.may_copy(variables, own.len(), &at.source)
        {
            return None;
        }
        let servers = self.with_schemes(&own);
        record.moved(&at);
        (!servers.is_empty() && servers != self.with_schemes(&self.schemes))
            .then_some(Node::Array(servers))
    }

    fn with_schemes(&self, schemes: &[String]) -> Vec<Node> {
        let path = &self.base_path;
        let after_scheme = match &self.authority {
            Authority::Same if path.is_empty() => return Vec::new(),
            Authority::Same => return vec![server(path.clone(), None)],
            Authority::Template {
                template,
                has_scheme: true,
                variables,
            } => return vec![server(format!("{template}{path}"), Some(variables))],
            Authority::Template {
                template,
                variables,
                ..
            } => (template, Some(variables)),
            Authority::Host(host) => (host, None),
        };
        let (authority, variables) = after_scheme;
        let https = ["https".to_owned()];
        let schemes = if schemes.is_empty() { &https } else { schemes };
        let url = |scheme: &String| format!("{scheme}://{authority}{path}");
        schemes
            .iter()
            .map(|scheme| server(url(scheme), variables))
            .collect()
    }
}

fn server(url: String, variables: Option<&Object>) -> Node {
    let mut server = object([("url", text(url))]);
    if let Some(variables) = variables.filter(|it| it.iter().next().is_some()) {
        server.insert("variables".to_owned(), Node::Object(variables.clone()));
    }
    Node::Object(server)
}

/// The known schemes of a list, each once.
fn schemes(list: &Node) -> Vec<String> {
    let given: Vec<&str> = list
        .as_array()
        .unwrap_or_default()
        .iter()
        .filter_map(Node::as_str)
        .collect();
    let mut schemes = Vec::new();
    for scheme in given {
        if SCHEMES.contains(&scheme) && !schemes.iter().any(|known| known == scheme) {
            schemes.push(scheme.to_owned());
        }
    }
    schemes
}

/// Hosts are names, but not everyone knows.
fn without_scheme(host: &str) -> &str {
    let host = host.split_once("://").map_or(host, |(_, host)| host);
    host.trim_end_matches('/')
}

/// With `/` before it and none after it, as the paths begin with one.
fn base_path(path: &str) -> String {
    let path = path.trim_end_matches('/');
    if path.is_empty() || path.starts_with('/') {
        return path.to_owned();
    }
    format!("/{path}")
}

#[cfg(test)]
mod tests {
    use crate::normalise::swagger2::testing::normal;

    #[test]
    fn each_scheme_makes_a_server() {
        let table = [
            ("host: a.example", "[{url: 'https://a.example'}]"),
            (
                "{host: 'a.example:81', basePath: /v1/, schemes: [http]}",
                "[{url: 'http://a.example:81/v1'}]",
            ),
            (
                "{host: a.example, basePath: v1, schemes: [https, http, https]}",
                "[{url: 'https://a.example/v1'}, {url: 'http://a.example/v1'}]",
            ),
            (
                "{host: 'https://a.example/', basePath: /}",
                "[{url: 'https://a.example'}]",
            ),
            ("{basePath: /v1, schemes: [https]}", "[{url: /v1}]"),
        ];
        for (root, expected) in table {
            normal(root).holds("/servers", expected);
        }
    }

    #[test]
    fn the_root_of_the_same_host_is_the_default() {
        for root in ["{}", "basePath: /", "schemes: [https]", "host: ''"] {
            normal(root).lacks("/servers");
        }
    }

    #[test]
    fn operations_have_servers_where_their_schemes_differ() {
        let paths =
            "paths: {/a: {get: {schemes: [wss]}, put: {schemes: [https]}, post: {schemes: []}}}";
        let normal = normal(&format!("host: a.example\n{paths}"));
        normal
            .holds("/paths/~1a/get", "servers: [{url: 'wss://a.example'}]")
            .stood("/paths/~1a/get/servers", "/paths/~1a/get/schemes")
            .holds("/paths/~1a/put", "{}")
            .holds("/paths/~1a/post", "{}")
            .stood("/servers", "/host");
    }
}

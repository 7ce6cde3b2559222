//! From methods and paths to operations.

use std::{borrow::Cow, cmp::Reverse, collections::HashMap};

use percent_encoding::percent_decode_str;
use specwright_openapi::{Description, OperationRef, openapiv3::Server};

use super::segment::Segment;

/// The operations of a description by method and path: a tree of the segments of all paths.
#[derive(Debug)]
pub(crate) struct Routes {
    /// The first is the root.
    nodes: Vec<Node>,
    /// The path template and the method of every operation, in the order of the description.
    places: Vec<(String, String)>,
    /// Every path once, with its base path, as it is shown.
    shown: Vec<String>,
}

#[derive(Debug, Default)]
struct Node {
    statics: HashMap<String, usize>,
    /// In the order in which they are tried.
    templates: Vec<(Segment, usize)>,
    /// The operations of the path that ends here.
    ends: Vec<End>,
}

/// An operation at the end of a path.
#[derive(Debug, PartialEq, Eq)]
struct End {
    method: String,
    operation: usize,
    /// What the query has to hold, where the path is written with one: names, with values unless they are templates.
    wanted: Vec<(String, Option<String>)>,
}

/// The operation for a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<'r> {
    /// The operation with this index.
    Operation(usize),
    /// There are operations with other methods at the path.
    OtherMethods(Vec<&'r str>),
    /// Nothing is at the path.
    Nothing,
}

impl Routes {
    pub(crate) fn new(description: &Description) -> Self {
        let mut routes = Self {
            nodes: vec![Node::default()],
            places: Vec::new(),
            shown: Vec::new(),
        };
        for (index, operation) in description.operations().enumerate() {
            for base in base_paths(description, &operation) {
                let end = routes.end_of(segments(&base, operation.path));
                let Some(node) = routes.nodes.get_mut(end) else {
                    continue;
                };
                if node.ends.is_empty() {
                    routes
                        .shown
                        .push(format!("{base}{}", parts(operation.path).0));
                }
                // Of paths that differ in the names of their parameters alone, the first one holds.
                node.ends.push(End {
                    method: operation.method.to_owned(),
                    operation: index,
                    wanted: wanted(operation.path),
                });
            }
            routes
                .places
                .push((operation.path.to_owned(), operation.method.to_owned()));
        }
        // Paths without parameters come before those with (OAS 3.0.3, Paths Object).
        for node in &mut routes.nodes {
            node.templates
                .sort_by_key(|(segment, _)| segment.is_whole());
            // What asks for more of the query is tried first.
            node.ends.sort_by_key(|end| Reverse(end.wanted.len()));
        }
        routes
    }

    /// The node at which the path ends, made where it is missing.
    fn end_of(&mut self, segments: Vec<Segment>) -> usize {
        let mut at = 0;
        for segment in segments {
            let next = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else {
                return at;
            };
            at = match segment {
                Segment::Static(text) => *node.statics.entry(text).or_insert(next),
                template => match node.templates.iter().find(|(it, _)| *it == template) {
                    Some((_, known)) => *known,
                    None => {
                        node.templates.push((template, next));
                        next
                    }
                },
            };
            if at == next {
                self.nodes.push(Node::default());
            }
        }
        at
    }

    /// The path template and the method of the operation with this index.
    pub(crate) fn place(&self, operation: usize) -> Option<(&str, &str)> {
        let (path, method) = self.places.get(operation)?;
        Some((path, method))
    }

    /// Every path with its base path.
    pub(crate) fn shown(&self) -> &[String] {
        &self.shown
    }

    /// Whether any operation has this method.
    pub(crate) fn knows(&self, method: &str) -> bool {
        self.places.iter().any(|(_, known)| known == method)
    }

    /// Finds the operation; `path` is as it was sent, the query decoded. `HEAD` is answered like `GET`.
    pub(crate) fn find(&self, method: &str, path: &str, query: &[(String, String)]) -> Found<'_> {
        let ends = self.ends(path);
        let with = |method: &str| {
            let all = || ends.iter().flat_map(|ends| ends.iter());
            let mut of_method = all().filter(|end| end.method == method && end.is_met(query));
            of_method.next()
        };
        let found = with(method).or_else(|| with("GET").filter(|_| method == "HEAD"));
        match found {
            Some(end) => Found::Operation(end.operation),
            None => match methods(&ends) {
                methods if methods.is_empty() || methods.contains(&method) => Found::Nothing,
                methods => Found::OtherMethods(methods),
            },
        }
    }

    /// The methods of all operations at the path, which is as it was sent.
    pub(crate) fn methods_at(&self, path: &str) -> Vec<&str> {
        methods(&self.ends(path))
    }

    /// What ends at the path, by every way that fits, the best one first.
    fn ends(&self, path: &str) -> Vec<&[End]> {
        let parts: Vec<Cow<'_, str>> = path
            .split('/')
            .skip(1)
            .map(|part| percent_decode_str(part).decode_utf8_lossy())
            .collect();
        let mut ends = Vec::new();
        // Nodes that are still to be seen, each with the number of parts before it; the next one is the last.
        let mut waiting = vec![(0, 0)];
        while let Some((at, depth)) = waiting.pop() {
            let Some(node) = self.nodes.get(at) else {
                continue;
            };
            let Some(part) = parts.get(depth) else {
                if !node.ends.is_empty() {
                    ends.push(node.ends.as_slice());
                }
                continue;
            };
            let templates = node.templates.iter().rev();
            let fitting = templates.filter(|(segment, _)| segment.fits(part));
            waiting.extend(fitting.map(|(_, next)| (*next, depth + 1)));
            waiting.extend(
                node.statics
                    .get(part.as_ref())
                    .map(|next| (*next, depth + 1)),
            );
        }
        ends
    }
}

impl End {
    fn is_met(&self, query: &[(String, String)]) -> bool {
        self.wanted.iter().all(|(name, value)| {
            let mut sent = query.iter().filter(|(key, _)| key == name);
            sent.any(|(_, sent)| value.as_ref().is_none_or(|value| value == sent))
        })
    }
}

/// All methods, each once.
fn methods<'r>(ends: &[&'r [End]]) -> Vec<&'r str> {
    let mut methods: Vec<&str> = Vec::new();
    for end in ends.iter().flat_map(|ends| ends.iter()) {
        if !methods.contains(&end.method.as_str()) {
            methods.push(&end.method);
        }
    }
    methods
}

/// A path, and the query or fragment that some documents write into it to tell operations apart; without optional
/// parameters (`{?limit}`), which are no part of OpenAPI.
fn parts(path: &str) -> (&str, &str) {
    let at = path.find(['?', '#']).unwrap_or(path.len());
    let (plain, rest) = path.split_at_checked(at).unwrap_or((path, ""));
    match plain.strip_suffix('{') {
        Some(plain) => (plain, ""),
        None => (plain, rest),
    }
}

/// What such a query or fragment asks for; a fragment is sent as a query if at all.
fn wanted(path: &str) -> Vec<(String, Option<String>)> {
    let named = parts(path).1.split(['?', '#', '&']);
    let named = named.filter(|part| !part.is_empty() && !part.starts_with('{'));
    named
        .map(|part| match part.split_once('=') {
            Some((name, value)) if !value.contains('{') => {
                (name.to_owned(), Some(value.to_owned()))
            }
            Some((name, _)) => (name.to_owned(), None),
            None => (part.to_owned(), None),
        })
        .collect()
}

/// The paths of the operation's servers, without repetitions; the empty one if it has none.
fn base_paths(description: &Description, operation: &OperationRef<'_>) -> Vec<String> {
    let mut paths: Vec<String> = description
        .servers(operation)
        .iter()
        .map(base_path)
        .collect();
    if paths.is_empty() {
        paths.push(String::new());
    }
    paths.sort();
    paths.dedup();
    paths
}

/// The path of a server's URL with the defaults of its variables, without a slash at the end.
pub(crate) fn base_path(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let path = match url.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .and_then(|at| rest.get(at..))
            .unwrap_or_default(),
        None => url,
    };
    let path = path.trim_end_matches('/');
    if path.is_empty() || path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    }
}

fn segments(base: &str, path: &str) -> Vec<Segment> {
    let base = base.split('/').skip(1);
    let base =
        base.map(|part| Segment::Static(percent_decode_str(part).decode_utf8_lossy().into_owned()));
    base.chain(parts(path).0.split('/').skip(1).map(Segment::parse))
        .collect()
}

#[cfg(test)]
mod tests {
    use specwright_openapi::{MemoryLoader, load};

    use super::*;

    fn routes(text: &str) -> (Routes, Vec<String>) {
        let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", text)).unwrap();
        let description = loaded.description.unwrap();
        (
            Routes::new(&description),
            description.operations().map(|it| it.id()).collect(),
        )
    }

    const API: &str = "
openapi: 3.0.3
info: {title: Files, version: '1'}
servers:
  - {url: 'https://{host}.example.com/{base}/', variables: {host: {default: a}, base: {default: v1}}}
  - {url: /mirror}
paths:
  /users/{id}: {get: {operationId: user, responses: {}}, delete: {operationId: remove, responses: {}}}
  /users/me: {get: {operationId: me, responses: {}}}
  /files/{name}.{kind}: {get: {operationId: file, responses: {}}}
  /files/{name}: {get: {operationId: plain, responses: {}}}
  /other: {get: {operationId: other, responses: {}, servers: [{url: 'https://example.org'}]}}
";

    #[test]
    fn paths_find_their_operation() {
        let (routes, ids) = routes(API);
        let cases = [
            ("GET", "/v1/users/7", Some("user")),
            ("GET", "/v1/users/me", Some("me")),
            ("GET", "/v1/users/m%65", Some("me")),
            ("GET", "/v1/users/a%2Fb", Some("user")),
            ("DELETE", "/v1/users/7", Some("remove")),
            ("HEAD", "/v1/users/7", Some("user")),
            ("GET", "/mirror/users/7", Some("user")),
            ("GET", "/v1/files/a.json", Some("file")),
            ("GET", "/v1/files/a.", Some("plain")),
            ("GET", "/v1/files/a", Some("plain")),
            ("GET", "/other", Some("other")),
            ("GET", "/v1/other", None),
            ("GET", "/users/7", None),
            ("GET", "/v1/users/", None),
            ("GET", "/v1/users/7/", None),
            ("GET", "/v1", None),
            ("GET", "", None),
            ("GET", "*", None),
        ];
        for (method, path, expected) in cases {
            let expected = expected.map_or(Found::Nothing, |id| {
                Found::Operation(ids.iter().position(|it| it == id).unwrap())
            });
            assert_eq!(routes.find(method, path, &[]), expected, "{method} {path}");
        }
    }

    #[test]
    fn other_methods_are_named() {
        let (routes, _) = routes(API);
        assert_eq!(
            routes.find("POST", "/v1/users/7", &[]),
            Found::OtherMethods(vec!["GET", "DELETE"])
        );
    }

    #[test]
    fn a_method_is_looked_for_at_every_path_that_fits() {
        let (routes, ids) = routes(API);
        let remove = ids.iter().position(|it| it == "remove").unwrap();
        assert_eq!(
            routes.find("DELETE", "/v1/users/me", &[]),
            Found::Operation(remove)
        );
    }

    #[test]
    fn paths_that_are_written_with_a_query_are_told_apart_by_it() {
        let (routes, ids) = routes(
            "
openapi: 3.0.3
info: {title: Blobs, version: '1'}
paths:
  /{name}?comp=acl&of={x}: {get: {operationId: acl, responses: {}}}
  /{name}?comp=list: {get: {operationId: list, responses: {}}}
  /#Action=Run: {post: {operationId: run, responses: {}}}
  /plain: {get: {operationId: plain, responses: {}}}
  /optional{?limit}: {get: {operationId: optional, responses: {}}}
",
        );
        let cases = [
            ("GET", "/a", "comp=acl&of=1", Some("acl")),
            ("GET", "/a", "comp=list&of=1", Some("list")),
            ("GET", "/a", "comp=acl", None),
            ("GET", "/plain", "", Some("plain")),
            ("GET", "/optional", "limit=1", Some("optional")),
            ("POST", "/", "Action=Run", Some("run")),
            ("POST", "/", "", None),
        ];
        for (method, path, query, expected) in cases {
            let query: Vec<(String, String)> = query
                .split('&')
                .filter_map(|it| it.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            let expected = expected.map_or(Found::Nothing, |id| {
                Found::Operation(ids.iter().position(|it| it == id).unwrap())
            });
            assert_eq!(
                routes.find(method, path, &query),
                expected,
                "{method} {path} {query:?}"
            );
        }
    }
}

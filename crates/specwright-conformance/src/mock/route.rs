//! From methods and paths to operations.

use indexmap::IndexSet;
use percent_encoding::percent_decode_str;
use specwright_openapi::{Description, OperationRef, openapiv3::Server};

/// The operations of a description by method and path.
#[derive(Debug)]
pub(crate) struct Routes {
    routes: Vec<Route>,
}

#[derive(Debug)]
struct Route {
    method: String,
    segments: Vec<Segment>,
    operation: usize,
}

/// One part of a path between slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Static(String),
    /// Text before, between and after the parameters, for example `["", ".json"]` for `{name}.json`.
    Template(Vec<String>),
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
        let mut routes = Vec::new();
        for (index, operation) in description.operations().enumerate() {
            for base in base_paths(description, &operation) {
                let segments = segments(&base, operation.path);
                routes.push(Route {
                    method: operation.method.to_owned(),
                    segments,
                    operation: index,
                });
            }
        }
        // Paths without parameters come before those with (OAS 3.0.3, Paths Object).
        routes.sort_by_cached_key(Route::rank);
        Self { routes }
    }

    /// Finds the operation; `path` is as it was sent. `HEAD` is answered like `GET`.
    pub(crate) fn find(&self, method: &str, path: &str) -> Found<'_> {
        let parts: Vec<String> = path
            .split('/')
            .skip(1)
            .map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned())
            .collect();
        let at_path: Vec<&Route> = self
            .routes
            .iter()
            .filter(|route| route.fits(&parts))
            .collect();
        let with = |method: &str| at_path.iter().find(|route| route.method == method);
        let found = with(method).or_else(|| with("GET").filter(|_| method == "HEAD"));
        match found {
            Some(route) => Found::Operation(route.operation),
            None if at_path.is_empty() => Found::Nothing,
            None => {
                let methods: IndexSet<&str> =
                    at_path.iter().map(|route| route.method.as_str()).collect();
                Found::OtherMethods(methods.into_iter().collect())
            }
        }
    }
}

impl Route {
    fn fits(&self, parts: &[String]) -> bool {
        self.segments.len() == parts.len()
            && self
                .segments
                .iter()
                .zip(parts)
                .all(|(segment, part)| segment.fits(part))
    }

    /// Which segments have parameters, from the left.
    fn rank(&self) -> Vec<u8> {
        let rank = |segment: &Segment| match segment {
            Segment::Static(_) => 0,
            Segment::Template(texts) if texts.iter().any(|it| !it.is_empty()) => 1,
            Segment::Template(_) => 2,
        };
        self.segments.iter().map(rank).collect()
    }
}

impl Segment {
    fn parse(text: &str) -> Self {
        let mut texts = Vec::new();
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once('{') {
            let Some((_, after)) = tail.split_once('}') else {
                break;
            };
            texts.push(before.to_owned());
            rest = after;
        }
        texts.push(rest.to_owned());
        match texts.as_slice() {
            [only] => Self::Static(only.clone()),
            _ => Self::Template(texts),
        }
    }

    /// Whether the part fits; a parameter takes at least one character.
    fn fits(&self, part: &str) -> bool {
        match self {
            Self::Static(text) => text == part,
            Self::Template(texts) => fits_between(texts, part),
        }
    }
}

/// Whether `part` is the texts with something between each two of them.
fn fits_between(texts: &[String], part: &str) -> bool {
    let [first, middle @ .., last] = texts else {
        return false;
    };
    let Some(mut rest) = part
        .strip_prefix(first.as_str())
        .and_then(|it| it.strip_suffix(last.as_str()))
    else {
        return false;
    };
    for text in middle {
        // The earliest place leaves the most to the parameters that follow.
        let start = rest.chars().next().map_or(0, char::len_utf8);
        let tail = rest.get(start..).unwrap_or_default();
        let Some(at) = tail.find(text.as_str()).filter(|_| start > 0) else {
            return false;
        };
        rest = tail.get(at + text.len()..).unwrap_or_default();
    }
    !rest.is_empty()
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
    base.chain(path.split('/').skip(1).map(Segment::parse))
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
            assert_eq!(routes.find(method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn other_methods_are_named() {
        let (routes, _) = routes(API);
        assert_eq!(
            routes.find("POST", "/v1/users/7"),
            Found::OtherMethods(vec!["GET", "DELETE"])
        );
    }

    #[test]
    fn a_method_is_looked_for_at_every_path_that_fits() {
        let (routes, ids) = routes(API);
        let remove = ids.iter().position(|it| it == "remove").unwrap();
        assert_eq!(
            routes.find("DELETE", "/v1/users/me"),
            Found::Operation(remove)
        );
    }

    #[test]
    fn a_segment_may_hold_several_parameters() {
        let segment = Segment::parse("{a}-{b}.{c}");
        for (part, fits) in [
            ("1-2.3", true),
            ("1--2.3", true),
            ("1-.3", false),
            ("1-2.", false),
            ("-2.3", false),
            ("1.2-3", false),
        ] {
            assert_eq!(segment.fits(part), fits, "{part}");
        }
        assert_eq!(Segment::parse("a{b"), Segment::Static("a{b".to_owned()));
    }
}

//! From methods and paths to operations, with the raw values of path parameters.

use percent_encoding::percent_decode_str;
use specwright_openapi::{Description, OperationRef, openapiv3::Server};

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match<'r> {
    /// An operation.
    Operation {
        /// Its number in the order of [`Description::operations`], from 0.
        operation: usize,
        /// The path parameters by name, as they were sent: still percent-encoded, in their style.
        parameters: Vec<(&'r str, String)>,
    },
    /// Operations, but with other methods: these.
    OtherMethods(Vec<&'r str>),
    /// Nothing.
    Nothing,
}

/// The operations of a description by method and path.
#[derive(Debug)]
pub(crate) struct Routes(Vec<Route>);

#[derive(Debug)]
struct Route {
    method: String,
    segments: Vec<Segment>,
    operation: usize,
}

/// One part of a path between slashes: texts and, between each two of them, a parameter.
#[derive(Debug)]
struct Segment {
    texts: Vec<String>,
    names: Vec<String>,
}

impl Routes {
    pub(crate) fn new(description: &Description) -> Self {
        let mut routes = Vec::new();
        for (index, operation) in description.operations().enumerate() {
            for base in bases(description, &operation) {
                let base = base.split('/').skip(1).map(|part| Segment {
                    texts: vec![decoded(part)],
                    names: Vec::new(),
                });
                let own = operation.path.split('/').skip(1).map(Segment::parse);
                routes.push(Route {
                    method: operation.method.to_owned(),
                    segments: base.chain(own).collect(),
                    operation: index,
                });
            }
        }
        // Paths without parameters come before those with (OAS 3.0.3, Paths Object).
        routes.sort_by_cached_key(|route| {
            let rank = |it: &Segment| match it.names.is_empty() {
                true => 0_u8,
                false if it.texts.iter().any(|text| !text.is_empty()) => 1,
                false => 2,
            };
            route.segments.iter().map(rank).collect::<Vec<_>>()
        });
        Self(routes)
    }

    /// What is at the path, which is as it was sent. `HEAD` finds what `GET` does where it is not described itself.
    pub(crate) fn find(&self, method: &str, path: &str) -> Match<'_> {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let at_path: Vec<(&Route, Vec<(&str, String)>)> = self
            .0
            .iter()
            .filter_map(|route| Some((route, route.parameters(&parts)?)))
            .collect();
        let with = |method: &str| at_path.iter().find(|(route, _)| route.method == method);
        match with(method).or_else(|| with("GET").filter(|_| method == "HEAD")) {
            Some((route, parameters)) => Match::Operation {
                operation: route.operation,
                parameters: parameters.clone(),
            },
            None if at_path.is_empty() => Match::Nothing,
            None => {
                let mut methods: Vec<&str> = Vec::new();
                for (route, _) in &at_path {
                    if !methods.contains(&route.method.as_str()) {
                        methods.push(&route.method);
                    }
                }
                Match::OtherMethods(methods)
            }
        }
    }
}

impl Route {
    /// The parameters, if the path fits.
    fn parameters(&self, parts: &[&str]) -> Option<Vec<(&str, String)>> {
        if self.segments.len() != parts.len() {
            return None;
        }
        let mut found = Vec::new();
        for (segment, part) in self.segments.iter().zip(parts) {
            segment.parameters(part, &mut found)?;
        }
        Some(found)
    }
}

impl Segment {
    fn parse(text: &str) -> Self {
        let (mut texts, mut names) = (Vec::new(), Vec::new());
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once('{') {
            let Some((name, after)) = tail.split_once('}') else {
                break;
            };
            texts.push(before.to_owned());
            names.push(name.to_owned());
            rest = after;
        }
        texts.push(rest.to_owned());
        Self { texts, names }
    }

    /// Adds the parameters in the part, each of at least one character; `None` if the part does not fit.
    fn parameters<'s>(&'s self, part: &str, found: &mut Vec<(&'s str, String)>) -> Option<()> {
        let [first, between @ ..] = self.texts.as_slice() else {
            return None;
        };
        if self.names.is_empty() {
            let fits = part == first || (part.contains('%') && decoded(part) == *first);
            return fits.then_some(());
        }
        let mut rest = part.strip_prefix(first.as_str())?;
        for (index, (name, text)) in self.names.iter().zip(between).enumerate() {
            let is_last = index + 1 == self.names.len();
            let start = rest.chars().next().map(char::len_utf8)?;
            let at = match (text.as_str(), is_last) {
                ("", true) => rest.len(),
                (text, true) => rest.strip_suffix(text)?.len(),
                // The earliest place leaves the most to the parameters that follow.
                (text, false) => start + rest.get(start..)?.find(text)?,
            };
            if at == 0 {
                return None;
            }
            found.push((name, rest.get(..at)?.to_owned()));
            rest = rest.get(at + text.len()..)?;
        }
        Some(())
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The paths of the operation's servers, without repetitions; the empty one if it has none.
fn bases(description: &Description, operation: &OperationRef<'_>) -> Vec<String> {
    let servers = description.servers(operation);
    let mut paths: Vec<String> = servers.iter().map(base).collect();
    if paths.is_empty() {
        paths.push(String::new());
    }
    paths.sort();
    paths.dedup();
    paths
}

/// The path of a server's URL with the defaults of its variables, without a slash at the end.
fn base(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)),
        None => Some(url),
    };
    let path = path.unwrap_or_default().trim_matches('/');
    if path.is_empty() {
        String::new()
    } else {
        format!("/{path}")
    }
}

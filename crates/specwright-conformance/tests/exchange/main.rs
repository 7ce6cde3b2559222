//! Requests and responses held against small documents.

mod bodies;
mod parameters;
mod responses;
mod robust;
mod security;
mod styles;
mod versions;

use hyper::{
    HeaderMap,
    header::{HeaderName, HeaderValue},
};
use specwright_conformance::exchange::{Exchanges, Match, Outcome, Request, Response, Verdict};
use specwright_openapi::{MemoryLoader, load_with_document};

/// The exchanges of a document.
#[expect(clippy::expect_used, reason = "documents of tests can be read")]
pub(crate) fn exchanges(text: &str) -> Exchanges {
    let loader = MemoryLoader::default().with("api.yaml", text);
    let loaded = load_with_document("api.yaml", &loader).expect("a document");
    let document = loaded.document.expect("a document");
    Exchanges::new(&loaded.description.expect("a description"), document)
}

/// The exchanges of a document of this version with these paths and what follows them.
pub(crate) fn of_paths(version: &str, paths: &str) -> Exchanges {
    exchanges(&format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}"
    ))
}

#[expect(clippy::expect_used, reason = "headers of tests are headers")]
pub(crate) fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        headers.append(
            name,
            HeaderValue::from_bytes(value.as_bytes()).expect("a value"),
        );
    }
    headers
}

/// What is known about a request written as `METHOD /path?query`.
pub(crate) fn ask(
    all: &Exchanges,
    line: &str,
    fields: &[(&str, &str)],
    body: Option<&[u8]>,
) -> Verdict {
    let (method, target) = line.split_once(' ').unwrap_or((line, ""));
    let (path, raw_query) = target.split_once('?').unwrap_or((target, ""));
    all.request(&Request {
        method,
        path,
        raw_query,
        headers: &headers(fields),
        body,
    })
}

/// What is known about a response to a request written as `METHOD /path`.
#[expect(clippy::panic, reason = "tests ask for operations that are there")]
pub(crate) fn answer(
    all: &Exchanges,
    line: &str,
    status: u16,
    fields: &[(&str, &str)],
    body: Option<&[u8]>,
) -> Verdict {
    let (method, path) = line.split_once(' ').unwrap_or((line, ""));
    let Match::Operation { operation, .. } = all.find(method, path) else {
        panic!("nothing at {line}");
    };
    all.response(
        operation,
        &Response {
            status,
            headers: &headers(fields),
            body,
        },
    )
}

/// The rules and messages of a verdict, and `undecided` for what is open.
pub(crate) fn told(verdict: &Verdict) -> Vec<String> {
    let findings = verdict.findings.iter().map(ToString::to_string);
    let open = verdict
        .undecided
        .iter()
        .map(|it| format!("undecided: {}", it.reason));
    findings.chain(open).collect()
}

/// The names of the rules of a verdict, and `?` for what is open.
pub(crate) fn rules(verdict: &Verdict) -> Vec<&'static str> {
    let findings = verdict.findings.iter().map(|it| it.rule.name);
    findings
        .chain(verdict.undecided.iter().map(|_| "?"))
        .collect()
}

pub(crate) fn assert_conforms(verdict: &Verdict, what: &str) {
    assert_eq!(
        verdict.outcome(),
        Outcome::Conforms,
        "{what}: {:#?}",
        told(verdict)
    );
}

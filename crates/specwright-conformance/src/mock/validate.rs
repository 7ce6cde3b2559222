//! Whether a request keeps to the description.

use std::borrow::Cow;

use hyper::{
    HeaderMap,
    header::{HeaderName, HeaderValue},
};
use serde_json::{Value, json};
use specwright_openapi::{OperationRef, diagnostics::Severity, pagination::RequestPlace};

use super::{
    refusal,
    reply::Reply,
    state::{Asked, State},
};
use crate::exchange::{Finding, Part, Request, Response, rules};

/// The answer to a request that breaks the contract of its operation: in the documented form of errors, or else a
/// problem (RFC 9457) that lists what is wrong. `None` if there is nothing to object to.
///
/// Called for every request that has been authenticated, before its answer is made. A page size that is too large is left
/// to the list where the server serves the largest one instead.
pub(crate) fn refused(
    state: &State,
    index: usize,
    asked: &Asked<'_>,
    operation: &OperationRef<'_>,
) -> Option<Reply> {
    let exchanges = state.exchanges()?;
    let verdict = exchanges.request(&Request {
        method: if asked.method == "HEAD" {
            operation.method
        } else {
            asked.method
        },
        path: asked.path,
        raw_query: asked.raw_query,
        headers: asked.headers,
        body: Some(asked.body).filter(|it| !it.is_empty()),
    });
    let clamped = state.clamped(index, operation);
    let wrong: Vec<&Finding> = verdict
        .findings
        .iter()
        .filter(|it| it.rule.severity == Severity::Error && it.rule.name != rules::SECURITY.name)
        .filter(|it| !clamped.is_some_and(|place| is_at(it, place)))
        .collect();
    let first = wrong.first()?;
    let candidates = statuses(first);
    let documented = |status: &&u16| refusal::is_documented(operation, **status);
    let status = candidates
        .iter()
        .find(documented)
        .or(candidates.first())
        .copied()?;
    let detail: Vec<String> = wrong.iter().map(|it| it.to_string()).collect();
    let detail = detail.join("; ");
    let description = state.description();
    Some(refusal::documented_or(
        description,
        operation,
        status,
        &detail,
        || {
            let errors = wrong.iter().map(|it| error(it)).collect();
            refusal::problem_with(status, &detail, errors)
        },
    ))
}

/// Whether the body of an answer surely breaks the contract of its operation.
pub(crate) fn is_invalid(state: &State, index: usize, reply: &Reply) -> bool {
    let Some(exchanges) = state.exchanges() else {
        return false;
    };
    let field = |(name, value): &(Cow<'static, str>, String)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(value).ok()?))
    };
    let headers: HeaderMap = reply.headers.iter().filter_map(field).collect();
    let verdict = exchanges.response(
        index,
        &Response {
            status: reply.status,
            headers: &headers,
            body: Some(&reply.body),
        },
    );
    let about_body = |it: &Finding| it.part == Part::Body && it.rule.severity == Severity::Error;
    verdict.findings.iter().any(about_body)
}

/// The statuses that tell of a finding, the best first; the first that is documented is taken.
fn statuses(finding: &Finding) -> &'static [u16] {
    if finding.rule.name == rules::CONTENT_TYPE.name {
        return &[415, 400, 422];
    }
    match finding.part {
        Part::Body if finding.rule.name == rules::INVALID_BODY.name => &[422, 400],
        Part::Path(_) => &[400, 422, 404],
        _ => &[400, 422],
    }
}

/// One thing that is wrong, as a member of a problem (RFC 9457 §3).
fn error(finding: &Finding) -> Value {
    let (place, name) = match &finding.part {
        Part::Path(name) => ("path", Some(name)),
        Part::Query(name) => ("query", Some(name)),
        Part::Header(name) => ("header", Some(name)),
        Part::Cookie(name) => ("cookie", Some(name)),
        Part::QueryString => ("query", None),
        Part::Body => ("body", None),
        Part::Method | Part::Url | Part::Status | Part::Credentials => ("request", None),
    };
    let mut error = json!({ "in": place, "rule": finding.rule.name, "detail": finding.message });
    if let (Some(name), Some(error)) = (name, error.as_object_mut()) {
        error.insert("name".to_owned(), name.as_str().into());
    }
    if let (false, Some(error)) = (finding.instance.is_root(), error.as_object_mut()) {
        error.insert("pointer".to_owned(), finding.instance.as_str().into());
    }
    error
}

/// Whether a finding is about what the request has at a place.
fn is_at(finding: &Finding, place: &RequestPlace) -> bool {
    match (place, &finding.part) {
        (RequestPlace::Query(wanted), Part::Query(name)) => wanted == name,
        (RequestPlace::Header(wanted), Part::Header(name)) => wanted.eq_ignore_ascii_case(name),
        (RequestPlace::Body(wanted), Part::Body) => finding.instance == *wanted,
        _ => false,
    }
}

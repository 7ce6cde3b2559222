//! Answers that tell of errors.

use serde_json::{Value, json};
use specwright_openapi::{
    Description, OperationRef, is_json,
    openapiv3::{ReferenceOr, Response, Schema, StatusCode},
};

use super::{
    random::Random,
    reply::Reply,
    value::{Choices, Generator, Kind, Presence, Shape},
};

/// Members of error bodies whose meaning is known by their name.
const KNOWN: [&str; 13] = [
    "message",
    "detail",
    "details",
    "description",
    "error_description",
    "title",
    "reason",
    "error",
    "code",
    "status",
    "success",
    "ok",
    "retry_after",
];

/// An error as the operation documents it for the status (or by default); else as a problem (RFC 9457).
pub(crate) fn documented(
    description: &Description,
    operation: &OperationRef<'_>,
    status: u16,
    detail: &str,
) -> Reply {
    documented_or(description, operation, status, detail, || {
        problem(status, detail)
    })
}

/// Whether the operation documents the status itself: exactly or by its range.
pub(crate) fn is_documented(operation: &OperationRef<'_>, status: u16) -> bool {
    let responses = &operation.operation.responses.responses;
    responses.contains_key(&StatusCode::Code(status))
        || responses.contains_key(&StatusCode::Range(status / 100))
}

/// An error as the operation documents it for the status (or by default), or else this one.
pub(crate) fn documented_or(
    description: &Description,
    operation: &OperationRef<'_>,
    status: u16,
    detail: &str,
    other: impl FnOnce() -> Reply,
) -> Reply {
    let response = response(description, operation, status);
    let media = response.and_then(|it| {
        it.content
            .iter()
            .find(|(name, media)| is_json(name) && media.schema.is_some())
    });
    let schema = media
        .and_then(|(_, media)| media.schema.as_ref())
        .and_then(|node| description.resolve(node));
    match (media, schema) {
        (Some((name, _)), Some(schema)) => Reply::json(
            status,
            name,
            &body(description, schema.object, status, detail),
        ),
        _ => other(),
    }
}

/// A problem (RFC 9457) with the member `errors`: everything that is wrong.
pub(crate) fn problem_with(status: u16, detail: &str, errors: Vec<Value>) -> Reply {
    let body = json!({
        "type": "about:blank", "title": title(status), "status": status, "detail": detail, "errors": errors,
    });
    Reply::json(status, "application/problem+json", &body)
}

/// A problem (RFC 9457), for what the description says nothing about.
pub(crate) fn problem(status: u16, detail: &str) -> Reply {
    let body = json!({ "type": "about:blank", "title": title(status), "status": status, "detail": detail });
    Reply::json(status, "application/problem+json", &body)
}

fn response<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    status: u16,
) -> Option<&'a Response> {
    let responses = &operation.operation.responses;
    let exact = responses.responses.get(&StatusCode::Code(status));
    let range = || responses.responses.get(&StatusCode::Range(status / 100));
    let node: &ReferenceOr<Response> = exact.or_else(range).or(responses.default.as_ref())?;
    description.resolve(node).map(|it| it.object)
}

/// What the schema requires, and what it has for telling people and programs of an error.
fn body(description: &Description, schema: &Schema, status: u16, detail: &str) -> Value {
    let none = Choices::new();
    let random = Random::of(0, "error");
    let mut body =
        Generator::new(description, &none, Presence::Named(&KNOWN), random).value(&[schema]);
    tell(description, &mut body, &[schema], status, detail, 0);
    body
}

/// Puts the error into the members that are meant for it.
fn tell(
    description: &Description,
    body: &mut Value,
    schemas: &[&Schema],
    status: u16,
    detail: &str,
    depth: usize,
) {
    let (Value::Object(object), true) = (body, depth < 3) else {
        return;
    };
    let shape = Shape::first(description, schemas);
    for (name, value) in object {
        let schemas = shape
            .properties
            .get(name.as_str())
            .map_or(&[][..], Vec::as_slice);
        let property = Shape::first(description, schemas);
        if value.is_object() || value.is_array() {
            tell(description, value, schemas, status, detail, depth + 1);
        } else if property.members.is_none()
            && property.text.format.is_none()
            && property.text.pattern.is_none()
        {
            *value = said(name, property.kind, status, detail).unwrap_or_else(|| value.take());
        }
    }
}

fn said(name: &str, kind: Option<Kind>, status: u16, detail: &str) -> Option<Value> {
    Some(match (name, kind) {
        ("title", Some(Kind::String)) => title(status).into(),
        ("error" | "code" | "reason" | "status", Some(Kind::String)) => code(status).into(),
        ("error", None) => code(status).into(),
        (
            "message" | "detail" | "details" | "description" | "error_description",
            Some(Kind::String) | None,
        ) => detail.into(),
        ("code" | "status", Some(Kind::Integer | Kind::Number)) => status.into(),
        ("success" | "ok" | "status", Some(Kind::Boolean)) => false.into(),
        ("retry_after", Some(Kind::Integer | Kind::Number)) => 0.into(),
        _ => return None,
    })
}

fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        413 => "Content Too Large",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        _ => hyper::StatusCode::from_u16(status)
            .ok()
            .and_then(|it| it.canonical_reason())
            .unwrap_or("Error"),
    }
}

/// The title as programs are told it.
fn code(status: u16) -> String {
    title(status).to_ascii_lowercase().replace(' ', "_")
}

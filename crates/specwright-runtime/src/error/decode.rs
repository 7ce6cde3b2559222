//! A response that does not fit its type.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::json::{JsonError, JsonErrorKind, excerpt_at, line_column, path_at};
use crate::response::RawResponse;

/// Where and why a JSON text, or another part of a response, does not fit the type it was read
/// into.
#[derive(Clone)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    operation: Option<&'static str>,
    status: Option<StatusCode>,
    content_type: Option<String>,
    kind: JsonErrorKind,
    path: String,
    message: String,
    excerpt: String,
    line: usize,
    column: usize,
    body: Bytes,
    /// The error is not about a place in the body.
    placeless: bool,
}

impl DecodeError {
    pub(crate) fn new(error: &JsonError, body: Bytes) -> Self {
        let (line, column) = line_column(&body, error.offset());
        Self(Box::new(Inner {
            operation: None,
            status: None,
            content_type: None,
            kind: error.kind().clone(),
            path: path_at(&body, error.offset()),
            message: error.kind().to_string(),
            excerpt: excerpt_at(&body, error.offset()),
            line,
            column,
            body,
            placeless: false,
        }))
    }

    /// The error for the body of `response`. When that is not JSON at all, the message says what it
    /// is.
    pub(crate) fn in_response(error: &JsonError, response: &RawResponse) -> Self {
        let mut decode = Self::new(error, response.body().clone());
        let inner = &mut *decode.0;
        inner.operation = Some(response.operation());
        inner.status = Some(response.status());
        inner.content_type = response.content_type().map(str::to_owned);
        if !error.kind().is_syntax() {
            return decode;
        }
        let media_type = inner.content_type.as_deref().and_then(not_json);
        if inner.body.trim_ascii().is_empty() {
            inner.message = "expected JSON, got an empty body".to_owned();
            inner.placeless = true;
        } else if let Some(media_type) = media_type {
            inner.message = format!("expected JSON, got {media_type}");
            inner.excerpt = excerpt_at(&inner.body, 0);
            inner.placeless = true;
        }
        decode
    }

    /// The error for the body of `response`, which should be text.
    pub(crate) fn in_text(error: &JsonError, response: &RawResponse) -> Self {
        let mut decode = Self::new(error, response.body().clone());
        let inner = &mut *decode.0;
        inner.operation = Some(response.operation());
        inner.status = Some(response.status());
        inner.content_type = response.content_type().map(str::to_owned);
        inner.message = "the body is not UTF-8 text".to_owned();
        inner.path = "$".to_owned();
        inner.placeless = true;
        decode
    }

    /// An error about a response that is not one of its body.
    pub(crate) fn about(operation: &'static str, status: StatusCode, message: String) -> Self {
        Self(Box::new(Inner {
            operation: Some(operation),
            status: Some(status),
            content_type: None,
            kind: JsonErrorKind::Custom(message.clone()),
            path: "$".to_owned(),
            message,
            excerpt: String::new(),
            line: 1,
            column: 1,
            body: Bytes::new(),
            placeless: true,
        }))
    }

    /// The same error as one of a response of `operation`.
    pub(crate) fn during(mut self, operation: &'static str, status: StatusCode) -> Self {
        self.0.operation = Some(operation);
        self.0.status = Some(status);
        self
    }

    /// The operation whose response this was, if it was one.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The status of the response, if it was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The `Content-Type` of the response, if it had one.
    pub fn content_type(&self) -> Option<&str> {
        self.0.content_type.as_deref()
    }

    /// What is wrong, for programs.
    pub fn kind(&self) -> &JsonErrorKind {
        &self.0.kind
    }

    /// The JSON path of the value: `$.data[2].created_at`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong, for people: `expected a string, found a number`.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// About sixty characters around the place, on one line.
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }

    /// The line of the place, from 1.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column of the place in characters, from 1.
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// The whole text.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }
}

/// The media type without its parameters, unless it is JSON (`application/json` or a `+json`
/// suffix, RFC 6839).
fn not_json(content_type: &str) -> Option<&str> {
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let lower = media_type.to_ascii_lowercase();
    let is_json = lower.ends_with("/json") || lower.ends_with("+json");
    (!media_type.is_empty() && !is_json).then_some(media_type)
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            operation,
            status,
            path,
            message,
            excerpt,
            line,
            column,
            placeless,
            ..
        } = &*self.0;
        if let Some(operation) = operation {
            write!(f, "{operation}: ")?;
        }
        if *placeless {
            f.write_str(message)?;
            if let Some(status) = status {
                write!(f, " (status {})", status.as_u16())?;
            }
        } else {
            write!(f, "{path}: {message} (line {line}, column {column})")?;
        }
        if excerpt.is_empty() {
            Ok(())
        } else {
            write!(f, ": {excerpt}")
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.0.operation)
            .field("status", &self.0.status)
            .field("content_type", &self.0.content_type)
            .field("path", &self.0.path)
            .field("message", &self.0.message)
            .field("line", &self.0.line)
            .field("column", &self.0.column)
            .field("excerpt", &self.0.excerpt)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for DecodeError {}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;
    use crate::json::Value;

    fn decode(content_type: &str, body: &'static str) -> DecodeError {
        let mut headers = HeaderMap::new();
        headers.insert(http::header::CONTENT_TYPE, content_type.parse().unwrap());
        let response = RawResponse::new(
            "listThings",
            StatusCode::OK,
            headers,
            Bytes::from_static(body.as_bytes()),
        );
        response.json::<Value>().unwrap_err()
    }

    #[test]
    fn html_is_called_by_its_name() {
        let error = decode(
            "text/html; charset=utf-8",
            "<!doctype html>\n<title>Sign in</title>",
        );
        assert_eq!(
            error.to_string(),
            "listThings: expected JSON, got text/html (status 200): <!doctype html>\\n<title>Sign in</title>"
        );
        assert_eq!(error.content_type(), Some("text/html; charset=utf-8"));
    }

    #[test]
    fn broken_json_is_placed_even_under_another_json_type() {
        let error = decode("application/vnd.api+json", "{\"a\": [1,]}");
        assert_eq!(
            error.to_string(),
            "listThings: $.a: expected a value after `,` (line 1, column 10): {\"a\": [1,]}"
        );
    }

    #[test]
    fn an_empty_body_is_said_to_be_empty() {
        assert_eq!(
            decode("application/json", " ").message(),
            "expected JSON, got an empty body"
        );
    }
}

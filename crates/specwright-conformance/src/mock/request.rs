//! What a request carries at a place of a page plan, and what the description says of such places.

use std::borrow::Cow;

use hyper::header::HeaderName;
use serde_json::Value;
use specwright_openapi::{
    Description, OperationRef,
    diagnostics::Pointer,
    is_json,
    openapiv3::{
        Header, Parameter, ParameterSchemaOrContent, ReferenceOr, Response, Schema, StatusCode,
    },
    pagination::RequestPlace,
    parameter_data,
};

use super::state::Asked;

/// The text or number at a place of a request; `body` is its JSON body, if it has one.
pub(crate) fn value_at<'r>(
    place: &RequestPlace,
    asked: &Asked<'r>,
    body: Option<&Value>,
) -> Option<Cow<'r, str>> {
    match place {
        RequestPlace::Query(name) => {
            let mut pairs = asked.query.iter();
            pairs
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str().into())
        }
        RequestPlace::Header(name) => {
            let value = asked.headers.get(name.as_str())?;
            Some(String::from_utf8_lossy(value.as_bytes()))
        }
        RequestPlace::Body(pointer) => match body?.pointer(pointer.as_str())? {
            Value::String(text) => Some(text.clone().into()),
            Value::Number(number) => Some(number.to_string().into()),
            _ => None,
        },
    }
}

/// What the description says of the value at a place of a request.
pub(crate) fn schema_of<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    place: &RequestPlace,
) -> Option<&'a Schema> {
    match place {
        RequestPlace::Body(pointer) => body_schema(description, operation, pointer),
        RequestPlace::Query(_) | RequestPlace::Header(_) => {
            let parameters = description.parameters(operation).into_iter();
            parameters
                .map(|(parameter, _)| parameter)
                .find(|parameter| is_at(parameter, place))
                .and_then(|parameter| parameter_schema(description, parameter))
        }
    }
}

/// What the description says of the JSON body of requests, at a pointer into it.
pub(crate) fn body_schema<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    pointer: &Pointer,
) -> Option<&'a Schema> {
    let body = description
        .resolve(operation.operation.request_body.as_ref()?)?
        .object;
    let (_, media) = body.content.iter().find(|(name, _)| is_json(name))?;
    description.schema_at(media.schema.as_ref()?, pointer)
}

fn is_at(parameter: &Parameter, place: &RequestPlace) -> bool {
    let found = &parameter_data(parameter).name;
    match (parameter, place) {
        (Parameter::Query { .. }, RequestPlace::Query(name)) => found == name,
        (Parameter::Header { .. }, RequestPlace::Header(name)) => found.eq_ignore_ascii_case(name),
        _ => false,
    }
}

/// What the description says of a parameter.
pub(crate) fn parameter_schema<'a>(
    description: &'a Description,
    parameter: &'a Parameter,
) -> Option<&'a Schema> {
    match &parameter_data(parameter).format {
        ParameterSchemaOrContent::Schema(schema) => description.resolve(schema).map(|it| it.object),
        ParameterSchemaOrContent::Content(_) => None,
    }
}

/// What the description says of a header field of the successful response: `None` if it does not name it, and an inner
/// `None` if it says nothing of its value.
pub(crate) fn header_schema<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    name: &str,
) -> Option<Option<&'a Schema>> {
    let header: &ReferenceOr<Header> = success(description, operation)?
        .headers
        .iter()
        .find(|(it, _)| it.eq_ignore_ascii_case(name))
        .map(|(_, header)| header)?;
    let header = description.resolve(header)?.object;
    Some(match &header.format {
        ParameterSchemaOrContent::Schema(schema) => description.resolve(schema).map(|it| it.object),
        ParameterSchemaOrContent::Content(_) => None,
    })
}

/// The name of a header field as it is sent; `None` if it cannot be one.
pub(crate) fn field_name(name: &str) -> Option<String> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    Some(name.as_str().to_owned())
}

/// Whether the operation names the status, or a range that has it.
pub(crate) fn documents(operation: &OperationRef<'_>, status: u16) -> bool {
    let responses = &operation.operation.responses.responses;
    responses.contains_key(&StatusCode::Code(status))
        || responses.contains_key(&StatusCode::Range(status / 100))
}

fn success<'a>(description: &'a Description, operation: &OperationRef<'a>) -> Option<&'a Response> {
    let responses = operation.operation.responses.responses.iter();
    let code = |status: &StatusCode| match status {
        StatusCode::Code(code) => *code,
        StatusCode::Range(digit) => digit.saturating_mul(100),
    };
    let (_, node) = responses
        .map(|(status, node)| (code(status), node))
        .filter(|(code, _)| (200..300).contains(code))
        .min_by_key(|(code, _)| *code)?;
    description.resolve(node).map(|it| it.object)
}

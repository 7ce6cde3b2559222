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

use super::{
    state::Asked,
    value::{Additional, Kind, Shape},
};

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
    let header: &ReferenceOr<Header> = successes(description, operation)
        .into_iter()
        .flat_map(|(_, response)| &response.headers)
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

/// The successful response that has a JSON body: its status, the media type that it is sent as, and its schema.
///
/// A body of any media type is JSON if it has a schema of an object or array; without a successful response, the
/// default one is that.
pub(crate) fn success_body<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Option<(u16, &'a str, &'a ReferenceOr<Schema>)> {
    successes(description, operation)
        .into_iter()
        .find_map(|(status, response)| {
            let json = response.content.iter().find(|(name, _)| is_json(name));
            if let Some((name, media)) = json {
                return Some((status, name.as_str(), media.schema.as_ref()?));
            }
            let schema = response.content.get("*/*")?.schema.as_ref()?;
            let object = description.resolve(schema)?.object;
            let kind = Shape::first(description, &[object]).kind;
            matches!(kind, Some(Kind::Object | Kind::Array)).then_some((
                status,
                "application/json",
                schema,
            ))
        })
}

/// The schema of the JSON body of the successful response.
pub(crate) fn success_schema<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Option<&'a Schema> {
    let (_, _, schema) = success_body(description, operation)?;
    description.resolve(schema).map(|it| it.object)
}

fn successes<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Vec<(u16, &'a Response)> {
    let responses = &operation.operation.responses;
    let code = |status: &StatusCode| match status {
        StatusCode::Code(code) => (false, *code),
        StatusCode::Range(digit) => (true, digit.saturating_mul(100)),
    };
    let mut nodes: Vec<_> = responses
        .responses
        .iter()
        .map(|(status, node)| (code(status), node))
        .filter(|((_, code), _)| (200..300).contains(code))
        .collect();
    nodes.sort_by_key(|(order, _)| *order);
    if nodes.is_empty() {
        nodes.extend(responses.default.as_ref().map(|node| ((false, 200), node)));
    }
    let resolved = nodes
        .into_iter()
        .filter_map(|((_, code), node)| Some((code, description.resolve(node)?.object)));
    resolved.collect()
}

/// What the description says of the values at a pointer into values that the schemas permit.
///
/// Of variants, the first one that leads there is taken.
pub(crate) fn schemas_at<'a>(
    description: &'a Description,
    schemas: &[&'a Schema],
    pointer: &Pointer,
) -> Option<Vec<&'a Schema>> {
    let mut schemas = schemas.to_vec();
    for name in pointer.segments() {
        let name = name.as_str();
        let leads = |variant: &'a ReferenceOr<Schema>| {
            let variant = description.resolve(variant).map(|it| it.object);
            variant.is_some_and(|it| {
                let shape = Shape::first(description, &[it]);
                shape.properties.contains_key(name)
            })
        };
        let shape = Shape::of(description, &schemas, &mut |variants| {
            variants.iter().position(leads).unwrap_or(0)
        });
        let additional = || match &shape.additional {
            Additional::Declared(schemas) => Some(schemas.clone()),
            Additional::Unsaid | Additional::Forbidden => None,
        };
        let below = match shape.properties.get(name) {
            Some(schemas) => Some(schemas.clone()),
            None if shape.kind == Some(Kind::Array) && name.parse::<usize>().is_ok() => {
                Some(shape.items.clone())
            }
            None => additional(),
        };
        schemas = below?;
    }
    Some(schemas)
}

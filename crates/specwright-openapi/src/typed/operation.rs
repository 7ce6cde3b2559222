//! Operations and what they consist of.

use indexmap::IndexMap;
use openapiv3::{
    Callback, Encoding, Header, HeaderStyle, MediaType, Operation, Parameter, ParameterData,
    ParameterSchemaOrContent, PathStyle, QueryStyle, RequestBody, Response, Responses, StatusCode,
};

use super::{
    example, extensions, flag, from_json, json, list, map, or_reference, path_item, plain,
    plain_object, schema, text,
};
use crate::tree::{Node, Object};

/// The extension that carries an operation's references to callbacks.
pub(crate) const CALLBACKS: &str = "x-specwright-callbacks";

pub(super) fn operation(object: &Object) -> Operation {
    Operation {
        tags: list(object, "tags", |node| node.as_str().map(str::to_owned)),
        summary: text(object, "summary"),
        description: text(object, "description"),
        external_docs: plain(object, "externalDocs"),
        operation_id: text(object, "operationId"),
        parameters: list(object, "parameters", |node| or_reference(node, parameter)),
        request_body: object
            .get("requestBody")
            .and_then(|node| or_reference(node, request_body)),
        responses: responses(object),
        callbacks: map(object, "callbacks", |node| {
            node.as_object()
                .filter(|it| !it.contains("$ref"))
                .and_then(callback)
        }),
        deprecated: flag(object, "deprecated"),
        security: super::security(object),
        servers: list(object, "servers", from_json),
        extensions: operation_extensions(object),
    }
}

/// With references to callbacks, for which `openapiv3` has no place: name to reference.
fn operation_extensions(object: &Object) -> IndexMap<String, serde_json::Value> {
    let mut extensions = extensions(object);
    let reference = |node: &Node| node.get("$ref").and_then(Node::as_str).map(Into::into);
    let references: IndexMap<String, serde_json::Value> = map(object, "callbacks", reference);
    if !references.is_empty() {
        let references = serde_json::Value::Object(references.into_iter().collect());
        extensions.insert(CALLBACKS.to_owned(), references);
    }
    extensions
}

pub(super) fn parameter(object: &Object) -> Option<Parameter> {
    let parameter_data = ParameterData {
        name: text(object, "name")?,
        description: text(object, "description"),
        required: flag(object, "required"),
        deprecated: object.get("deprecated").and_then(Node::as_bool),
        format: schema_or_content(object),
        example: json(object, "example"),
        examples: map(object, "examples", |node| or_reference(node, example)),
        explode: object.get("explode").and_then(Node::as_bool),
        extensions: extensions(object),
    };
    Some(match object.get("in")?.as_str()? {
        "query" => Parameter::Query {
            parameter_data,
            allow_reserved: flag(object, "allowReserved"),
            style: plain(object, "style").unwrap_or(QueryStyle::Form),
            allow_empty_value: object.get("allowEmptyValue").and_then(Node::as_bool),
        },
        "header" => Parameter::Header {
            parameter_data,
            style: HeaderStyle::Simple,
        },
        "path" => Parameter::Path {
            parameter_data,
            style: plain(object, "style").unwrap_or(PathStyle::Simple),
        },
        "cookie" => Parameter::Cookie {
            parameter_data,
            style: openapiv3::CookieStyle::Form,
        },
        _ => return None,
    })
}

/// A parameter without schema and content may be anything.
fn schema_or_content(object: &Object) -> ParameterSchemaOrContent {
    match object
        .get("schema")
        .and_then(|node| or_reference(node, schema::schema))
    {
        Some(schema) => ParameterSchemaOrContent::Schema(schema),
        None if object.contains("content") => {
            ParameterSchemaOrContent::Content(map(object, "content", media_type))
        }
        None => {
            ParameterSchemaOrContent::Schema(openapiv3::ReferenceOr::Item(schema::unconstrained()))
        }
    }
}

pub(super) fn request_body(object: &Object) -> Option<RequestBody> {
    Some(RequestBody {
        description: text(object, "description"),
        content: map(object, "content", media_type),
        required: flag(object, "required"),
        extensions: extensions(object),
    })
}

pub(super) fn media_type(node: &Node) -> Option<MediaType> {
    let object = node.as_object()?;
    Some(MediaType {
        schema: object
            .get("schema")
            .and_then(|node| or_reference(node, schema::schema)),
        example: json(object, "example"),
        examples: map(object, "examples", |node| or_reference(node, example)),
        encoding: map(object, "encoding", |node| node.as_object().map(encoding)),
        extensions: extensions(object),
    })
}

fn encoding(object: &Object) -> Encoding {
    Encoding {
        content_type: text(object, "contentType"),
        headers: map(object, "headers", |node| or_reference(node, header)),
        style: plain(object, "style"),
        explode: object
            .get("explode")
            .and_then(Node::as_bool)
            // OAS 3.0.3, Encoding Object: true for `form`, which is the default style, and false for all others.
            .unwrap_or_else(|| {
                object
                    .get("style")
                    .is_none_or(|it| it.as_str() == Some("form"))
            }),
        allow_reserved: flag(object, "allowReserved"),
        extensions: extensions(object),
    }
}

fn responses(object: &Object) -> Responses {
    let mut responses = Responses::default();
    let Some(members) = object.get("responses").and_then(Node::as_object) else {
        return responses;
    };
    for (key, node) in members.iter() {
        let Some(read) = or_reference(node, response) else {
            continue;
        };
        match status(key) {
            Some(status) => drop(responses.responses.insert(status, read)),
            None if key == "default" => responses.default = Some(read),
            None => {}
        }
    }
    responses.extensions = extensions(members);
    responses
}

fn status(key: &str) -> Option<StatusCode> {
    // `4xx` is misspelt, which is reported, and still says what is meant.
    let key = key.to_ascii_uppercase();
    match key.strip_suffix("XX") {
        Some(digit) => digit.parse().ok().map(StatusCode::Range),
        None => key.parse().ok().map(StatusCode::Code),
    }
}

pub(super) fn response(object: &Object) -> Option<Response> {
    Some(Response {
        description: text(object, "description").unwrap_or_default(),
        headers: map(object, "headers", |node| or_reference(node, header)),
        content: map(object, "content", media_type),
        links: map(object, "links", |node| or_reference(node, plain_object)),
        extensions: extensions(object),
    })
}

pub(super) fn header(object: &Object) -> Option<Header> {
    Some(Header {
        description: text(object, "description"),
        style: HeaderStyle::Simple,
        required: flag(object, "required"),
        deprecated: object.get("deprecated").and_then(Node::as_bool),
        format: schema_or_content(object),
        example: json(object, "example"),
        examples: map(object, "examples", |node| or_reference(node, example)),
        extensions: extensions(object),
    })
}

pub(super) fn callback(object: &Object) -> Option<Callback> {
    let items = object.iter().filter(|(key, _)| !key.starts_with("x-"));
    Some(
        items
            .filter_map(|(key, node)| Some((key.to_owned(), path_item(node.as_object()?))))
            .collect(),
    )
}

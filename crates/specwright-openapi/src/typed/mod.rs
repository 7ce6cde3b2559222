//! The bundled tree as `openapiv3` objects.
//!
//! The structure check has removed what does not fit, so these functions only move data. They are written by hand
//! because the `Deserialize` impls of `openapiv3` fail a whole document for one odd node. An object without a field
//! that it cannot do without (a parameter without `in`) is left out here; the structure check has reported it.

mod operation;
mod schema;

pub(crate) use operation::CALLBACKS;

use indexmap::IndexMap;
use openapiv3::{Components, Example, OpenAPI, PathItem, Paths, ReferenceOr};
use serde::de::DeserializeOwned;

use crate::tree::{Node, Object};

/// Where schemas carry their XML Object (OAS 3.0.3, XML Object).
pub(crate) const XML: &str = "x-specwright-xml";

/// Everything of the normal form.
pub(crate) fn document(root: &Object) -> OpenAPI {
    OpenAPI {
        openapi: text(root, "openapi").unwrap_or_default(),
        info: plain(root, "info").unwrap_or_default(),
        servers: list(root, "servers", from_json),
        paths: paths(root),
        components: root
            .get("components")
            .and_then(Node::as_object)
            .map(components),
        security: security(root),
        tags: list(root, "tags", from_json),
        external_docs: plain(root, "externalDocs"),
        extensions: extensions(root),
    }
}

fn paths(root: &Object) -> Paths {
    let mut paths = Paths::default();
    if let Some(object) = root.get("paths").and_then(Node::as_object) {
        let items = object.iter().filter(|(key, _)| key.starts_with('/'));
        paths.paths = items
            .filter_map(|(key, node)| {
                Some((
                    key.to_owned(),
                    ReferenceOr::Item(path_item(node.as_object()?)),
                ))
            })
            .collect();
        paths.extensions = extensions(object);
    }
    paths
}

pub(super) fn path_item(object: &Object) -> PathItem {
    let operation = |method: &str| {
        object
            .get(method)
            .and_then(Node::as_object)
            .map(operation::operation)
    };
    PathItem {
        summary: text(object, "summary"),
        description: text(object, "description"),
        get: operation("get"),
        put: operation("put"),
        post: operation("post"),
        delete: operation("delete"),
        options: operation("options"),
        head: operation("head"),
        patch: operation("patch"),
        trace: operation("trace"),
        servers: list(object, "servers", from_json),
        parameters: list(object, "parameters", |node| {
            or_reference(node, operation::parameter)
        }),
        extensions: extensions(object),
    }
}

/// The webhooks of 3.1 and later, which the normal form carries as an extension.
pub(crate) fn webhooks(root: &Object) -> IndexMap<String, PathItem> {
    map(root, "x-specwright-webhooks", |node| {
        node.as_object().map(path_item)
    })
}

/// By path, the operations for which 3.0 has no field: 3.2's `query` and `additionalOperations`, by method.
pub(crate) fn further_operations(
    root: &Object,
) -> IndexMap<String, IndexMap<String, openapiv3::Operation>> {
    let of_item = |node: &Node| {
        let operations = map(node.as_object()?, "x-specwright-operations", |node| {
            node.as_object().map(operation::operation)
        });
        (!operations.is_empty()).then_some(operations)
    };
    map(root, "paths", of_item)
}

fn components(object: &Object) -> Components {
    Components {
        schemas: map(object, "schemas", |node| or_reference(node, schema::schema)),
        responses: map(object, "responses", |node| {
            or_reference(node, operation::response)
        }),
        parameters: map(object, "parameters", |node| {
            or_reference(node, operation::parameter)
        }),
        examples: map(object, "examples", |node| or_reference(node, example)),
        request_bodies: map(object, "requestBodies", |node| {
            or_reference(node, operation::request_body)
        }),
        headers: map(object, "headers", |node| {
            or_reference(node, operation::header)
        }),
        security_schemes: map(object, "securitySchemes", |node| {
            or_reference(node, plain_object)
        }),
        links: map(object, "links", |node| or_reference(node, plain_object)),
        callbacks: map(object, "callbacks", |node| {
            or_reference(node, operation::callback)
        }),
        extensions: extensions(object),
    }
}

// ---- fields ---------------------------------------------------------------------------------------------------

fn text(object: &Object, key: &str) -> Option<String> {
    object.get(key)?.as_str().map(str::to_owned)
}

fn flag(object: &Object, key: &str) -> bool {
    object.get(key).and_then(Node::as_bool).unwrap_or_default()
}

fn json(object: &Object, key: &str) -> Option<serde_json::Value> {
    object.get(key).map(Node::to_json)
}

fn extensions(object: &Object) -> IndexMap<String, serde_json::Value> {
    let own = object.iter().filter(|(key, _)| key.starts_with("x-"));
    own.map(|(key, node)| (key.to_owned(), node.to_json()))
        .collect()
}

fn security(object: &Object) -> Option<Vec<openapiv3::SecurityRequirement>> {
    let requirements = object.get("security")?.as_array()?;
    Some(requirements.iter().filter_map(from_json).collect())
}

/// The usable elements of a list, which is empty when it is absent.
fn list<T>(object: &Object, key: &str, read: impl FnMut(&Node) -> Option<T>) -> Vec<T> {
    let items = object.get(key).and_then(Node::as_array).unwrap_or_default();
    items.iter().filter_map(read).collect()
}

/// The usable members of a map, which is empty when it is absent.
fn map<T>(
    object: &Object,
    key: &str,
    mut read: impl FnMut(&Node) -> Option<T>,
) -> IndexMap<String, T> {
    let members = object
        .get(key)
        .and_then(Node::as_object)
        .into_iter()
        .flat_map(Object::iter);
    members
        .filter_map(|(key, node)| Some((key.to_owned(), read(node)?)))
        .collect()
}

fn or_reference<T>(node: &Node, read: impl FnOnce(&Object) -> Option<T>) -> Option<ReferenceOr<T>> {
    let object = node.as_object()?;
    match object.get("$ref") {
        Some(Node::String(target)) => Some(ReferenceOr::Reference {
            reference: target.clone(),
        }),
        _ => read(object).map(ReferenceOr::Item),
    }
}

// ---- small objects without schemas, which openapiv3 reads itself --------------------------------------------------

fn plain<T: DeserializeOwned>(object: &Object, key: &str) -> Option<T> {
    object.get(key).and_then(from_json)
}

fn plain_object<T: DeserializeOwned>(object: &Object) -> Option<T> {
    serde_json::from_value(object.to_json()).ok()
}

/// By hand, because examples can be large.
fn example(object: &Object) -> Option<Example> {
    Some(Example {
        summary: text(object, "summary"),
        description: text(object, "description"),
        value: json(object, "value"),
        external_value: text(object, "externalValue"),
        extensions: extensions(object),
    })
}

fn from_json<T: DeserializeOwned>(node: &Node) -> Option<T> {
    serde_json::from_value(node.to_json()).ok()
}

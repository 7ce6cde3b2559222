//! Form parameters as the properties of an object (OpenAPI 2.0, Parameter Object, `in: formData`).

use std::collections::BTreeSet;

use specwright_diagnostics::Pointer;

use crate::{
    normalise::swagger2::{
        NOT_CARRIED,
        build::{is_extension, is_true, object, string, text},
        collection_format::{Carrier, Style},
        media_types::{self, MediaType, MediaTypes},
        parameters::Payload,
        place::{Place, Record},
        values::Value,
    },
    tree::{Node, Object},
};

const MULTIPART: &str = "multipart/form-data";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// The request body at `normal` that consists of `fields`; `None` if there are none.
pub(super) fn request_body(
    fields: Vec<Payload>,
    consumes: &MediaTypes,
    normal: Pointer,
    record: &mut Record<'_>,
) -> Option<Node> {
    let source = fields.first()?.source.clone();
    let mut types = types(&fields, consumes);
    let place = Place::new(normal, source.clone());
    record.moved(&place);
    let required = fields
        .iter()
        .any(|field| is_true(&field.object, "required"));
    let copies = types.len().saturating_sub(1);
    if !fields
        .iter()
        .all(|it| record.may_copy(&it.object, copies, &it.source))
    {
        types.truncate(1);
    }
    let mut fields = std::iter::repeat_n(fields, types.len());
    let content = media_types::content(
        &types,
        &place.normal.join("content"),
        record,
        |_, at, record| media_type(fields.next().unwrap_or_default(), at, &source, record),
    );
    let mut body = object([("content", content)]);
    if required {
        body.insert("required".to_owned(), Node::Bool(true));
    }
    Some(Node::Object(body))
}

/// What of `consumes` can hold a form; files need `multipart/form-data`.
fn types(fields: &[Payload], consumes: &MediaTypes) -> Vec<MediaType> {
    let has_file = fields.iter().any(|field| is_file(&field.object));
    let fits = |it: &&MediaType| it.is(MULTIPART) || (it.is(URL_ENCODED) && !has_file);
    let types: Vec<MediaType> = consumes.iter().filter(fits).cloned().collect();
    if types.is_empty() {
        let name = if has_file { MULTIPART } else { URL_ENCODED };
        return vec![MediaType::assumed(name)];
    }
    types
}

fn is_file(field: &Object) -> bool {
    let is = |object: &Object| string(object, "type") == Some("file");
    is(field) || field.get("items").and_then(Node::as_object).is_some_and(is)
}

/// The Media Type Object at `normal`.
fn media_type(
    fields: Vec<Payload>,
    normal: &Pointer,
    source: &Pointer,
    record: &mut Record<'_>,
) -> Object {
    let schema = Place::new(normal.join("schema"), source.clone());
    record.moved(&schema);
    let mut properties = Object::default();
    let mut required = BTreeSet::new();
    let mut encoding = Object::default();
    for field in fields {
        let Some(name) = string(&field.object, "name").map(str::to_owned) else {
            continue;
        };
        if is_true(&field.object, "required") {
            required.insert(name.clone());
        }
        let place = Place::new(schema.normal.join("properties").join(&name), field.source);
        let (property, style) = property(field.object, place, record);
        // Files are parts of their own, however many there are.
        if let Some(style) = style {
            encoding.insert(name.clone(), self::encoding(style));
        }
        properties.insert(name, property);
    }
    let mut schema = object([
        ("type", text("object")),
        ("properties", Node::Object(properties)),
    ]);
    if !required.is_empty() {
        let names = required.into_iter().map(Node::String).collect();
        schema.insert("required".to_owned(), Node::Array(names));
    }
    let mut media_type = object([("schema", Node::Object(schema))]);
    if encoding.iter().next().is_some() {
        media_type.insert("encoding".to_owned(), Node::Object(encoding));
    }
    media_type
}

/// The schema of a field, and how the elements of an array are put together.
fn property(field: Object, place: Place, record: &mut Record<'_>) -> (Node, Option<Style>) {
    if is_true(&field, "allowEmptyValue") && string(&field, "type") != Some("string") {
        let message = "later versions of the specification do not know `allowEmptyValue` for fields of a form: the \
                       field cannot be sent empty";
        record.lose(&NOT_CARRIED, &place.source.join("allowEmptyValue"), message);
    }
    let has_file = is_file(&field);
    let value = Value::read(field, Carrier::Form, place, record);
    let mut schema = value.schema;
    if let Node::Object(schema) = &mut schema {
        for (key, node) in value.rest.into_members() {
            if key == "description" || is_extension(&key) {
                schema.insert(key, node);
            }
        }
    }
    (schema, value.style.filter(|_| !has_file))
}

fn encoding(style: Style) -> Node {
    Node::Object(object([
        ("style", text(style.style)),
        ("explode", Node::Bool(style.explode)),
    ]))
}

#[cfg(test)]
mod tests;

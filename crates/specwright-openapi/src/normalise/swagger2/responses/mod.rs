//! Responses (OpenAPI 2.0, Response Object): one schema for all that `produces` lists.

use specwright_diagnostics::{Pointer, Rule, Severity};

use super::{
    build::{component, is_extension, redirected, reference, string, take_object},
    context::Context,
    media_types::{self, BYTES, JSON, MediaType, MediaTypes},
    place::{Place, Record},
    schemas, values,
};
use crate::tree::{Node, Object};

pub(super) static UNKNOWN_KEY: Rule = Rule {
    name: "example/no-media-type",
    severity: Severity::Warning,
    summary: "The examples of a response stand under media types.",
    explanation: "The keys of a response's `examples` are media types that the operation produces (OpenAPI 2.0, Example \
        Object), such as `application/json`. What stands under another key is an example of nothing and is left out.",
};

/// The Responses Object at `place` of an operation that produces `produces`.
pub(super) fn responses(
    node: Node,
    place: &Place,
    produces: &MediaTypes,
    context: &mut Context<'_>,
) -> Node {
    let Node::Object(responses) = node else {
        return node;
    };
    let rewritten = responses.into_members().map(|(key, node)| {
        let node = match node {
            Node::Object(object) if !is_extension(&key) => {
                referred(object, &place.join(&key), produces, context)
            }
            other => other,
        };
        (key, node)
    });
    Node::Object(rewritten.collect())
}

fn referred(
    response: Object,
    place: &Place,
    produces: &MediaTypes,
    context: &mut Context<'_>,
) -> Node {
    let Some(target) = string(&response, "$ref") else {
        return self::response(response, place, produces, &mut context.record);
    };
    match context.shared_response(target, produces) {
        Some(name) => reference(format!("#{}", component("responses", &name))),
        None => reference(redirected(target, "responses", "responses")),
    }
}

/// Whether a response differs with what is produced.
pub(super) fn has_content(response: &Object) -> bool {
    response.contains("schema") || response.contains("examples")
}

/// The Response Object at `place`.
fn response(
    mut response: Object,
    place: &Place,
    produces: &MediaTypes,
    record: &mut Record<'_>,
) -> Node {
    let content = content(&mut response, place, produces, record);
    response.retain(|key, _| matches!(key, "description" | "headers") || is_extension(key));
    if let Some(Node::Object(headers)) = response.get_mut("headers") {
        let at = place.join("headers");
        for (name, node) in headers.iter_mut() {
            let header = std::mem::replace(node, Node::Null);
            *node = values::header(header, &at.join(name), record);
        }
    }
    if let Some(content) = content {
        response.insert("content".to_owned(), content);
    }
    Node::Object(response)
}

/// The content of a response; `None` if it has no schema and no examples, which means that it has no content.
fn content(
    response: &mut Object,
    place: &Place,
    produces: &MediaTypes,
    record: &mut Record<'_>,
) -> Option<Node> {
    let mut examples = take_object(response, "examples");
    let schema = match response.remove("schema") {
        Some(Node::Object(schema)) => Some(schema),
        _ => None,
    };
    let types = types(produces, &examples, schema.as_ref(), place);
    let source = place.source.join("schema");
    let types = media_types::affordable(types, schema.as_ref(), &source, record);
    let mut schemas = std::iter::repeat_n(schema, types.len());
    let content = media_types::content(
        &types,
        &place.normal.join("content"),
        record,
        |media_type, at, record| {
            let mut made = Object::default();
            if let Some(Some(schema)) = schemas.next() {
                let mut node = Node::Object(schema);
                let mut place = Place::new(at.join("schema"), source.clone());
                record.moved(&place);
                schemas::rewrite(&mut node, &mut place, record);
                made.insert("schema".to_owned(), node);
            }
            if let Some((key, example)) = take_example(&mut examples, media_type) {
                let from = place.source.join("examples").join(&key);
                record.moved(&Place::new(at.join("example"), from));
                made.insert("example".to_owned(), example);
            }
            made
        },
    );
    for (key, _) in examples.iter().filter(|(key, _)| !is_extension(key)) {
        let at = place.source.join("examples").join(key);
        record.lose(
            &UNKNOWN_KEY,
            &at,
            format!("`{key}` is no media type that the operation produces"),
        );
    }
    (!types.is_empty()).then_some(content)
}

/// The media types of a response.
///
/// What there is an example of is evidently produced: documents often forget it in `produces`, above all for errors.
/// Without examples and a declaration it is bytes if it is a file, else JSON. Without a schema it is what there are
/// examples of, and no content at all without those.
fn types(
    produces: &MediaTypes,
    examples: &Object,
    schema: Option<&Object>,
    place: &Place,
) -> Vec<MediaType> {
    let mut types: Vec<MediaType> = produces.iter().cloned().collect();
    for (key, _) in examples.iter().filter(|(key, _)| key.contains('/')) {
        if !types.iter().any(|it| it.is(key)) {
            types.push(MediaType::declared(
                key,
                place.source.join("examples").join(key),
            ));
        }
    }
    match schema {
        None => types.retain(|it| examples.iter().any(|(key, _)| it.is(key))),
        Some(_) if !types.is_empty() => {}
        Some(schema) if string(schema, "type") == Some("file") => {
            types.push(MediaType::assumed(BYTES))
        }
        Some(_) => types.push(MediaType::assumed(JSON)),
    }
    types
}

/// The example for a media type: under its very name, or under one that differs in parameters only.
fn take_example(examples: &mut Object, media_type: &MediaType) -> Option<(String, Node)> {
    let keys = || examples.iter().map(|(key, _)| key);
    let key = keys()
        .find(|key| *key == media_type.name)
        .or_else(|| keys().find(|key| media_type.is(key)))?;
    let key = key.to_owned();
    let example = examples.remove(&key)?;
    Some((key, example))
}

/// The responses of the root, as `components/responses`.
pub(super) fn components(context: &mut Context<'_>) -> Node {
    let section = Place::new(
        Pointer::root().join("components").join("responses"),
        Pointer::root().join("responses"),
    );
    context.record.moved(&section);
    let mut made = Object::default();
    let responses = std::mem::take(&mut context.responses);
    for (name, node) in responses.into_members() {
        // Whoever refers to a reference here refers to the response itself now.
        let Node::Object(response) = node else {
            continue;
        };
        if response.contains("$ref") {
            continue;
        }
        let source = section.source.join(&name);
        let variants = context.answers.take(&name, &context.produces);
        for (response, variant) in std::iter::repeat_n(response, variants.len()).zip(variants) {
            let place = Place::new(section.normal.join(&variant.name), source.clone());
            context.record.moved(&place);
            let rewritten = self::response(response, &place, &variant.types, &mut context.record);
            made.insert(variant.name, rewritten);
        }
    }
    Node::Object(made)
}

#[cfg(test)]
mod tests;

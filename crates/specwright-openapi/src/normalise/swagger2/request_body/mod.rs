//! Body and form parameters as a request body (OpenAPI 2.0, Parameter Object; OAS 3.0.3, Request Body Object).

mod form;

use std::collections::BTreeSet;

use specwright_diagnostics::{Pointer, Rule, Severity};

use super::{
    build::{component, is_extension, object, reference, string},
    context::Context,
    media_types::{self, JSON, MediaTypes},
    parameters::{Payload, Payloads, Role},
    place::{Place, Record},
    schemas,
};
use crate::tree::{Node, Object};

pub(super) static ONE_BODY: Rule = Rule {
    name: "structure/one-body",
    severity: Severity::Error,
    summary: "An operation has one body parameter, or form parameters, or neither.",
    explanation: "A request has one body. In Swagger 2.0 either one parameter with `in: body` describes it, or any \
        number with `in: formData` describe its fields; what is more than that cannot be sent and is left out.",
};

/// The request body of an operation whose own payload is `own` and whose path item's is `of_path`.
pub(super) fn of_operation(
    own: Payloads,
    of_path: &Payloads,
    consumes: &MediaTypes,
    normal: Pointer,
    context: &mut Context<'_>,
) -> Option<Node> {
    let mut fields = inherited_fields(&own, of_path, &mut context.record);
    fields.extend(own.fields);
    let mut bodies = own.bodies;
    if bodies.is_empty() {
        bodies = copies(of_path.bodies.iter(), &mut context.record);
    }
    let mut bodies = bodies.into_iter();
    let Some(body) = bodies.next() else {
        return form::request_body(fields, consumes, normal, &mut context.record);
    };
    for other in bodies {
        let message = "the request has another body parameter already";
        context.record.lose(&ONE_BODY, &other.source, message);
    }
    if let Some(field) = fields.first() {
        let message = "the request has a body parameter, so that it cannot have form parameters";
        context.record.lose(&ONE_BODY, &field.source, message);
    }
    let place = Place::new(normal, body.source);
    context.record.moved(&place);
    if let Some(name) = &body.shared {
        let name = context.shared_body(name, consumes);
        return Some(reference(format!("#{}", component("requestBodies", &name))));
    }
    Some(request_body(
        body.object,
        &place,
        consumes,
        &mut context.record,
    ))
}

/// The form parameters of the path item, but for those of which the operation has one of the same name.
fn inherited_fields(own: &Payloads, of_path: &Payloads, record: &mut Record<'_>) -> Vec<Payload> {
    let names: BTreeSet<&str> = own
        .fields
        .iter()
        .filter_map(|it| string(&it.object, "name"))
        .collect();
    let is_own =
        |it: &&Payload| string(&it.object, "name").is_some_and(|name| names.contains(name));
    let inherited = of_path.fields.iter().filter(|it| !is_own(it));
    copies(inherited, record)
}

/// Copies of what other operations may use too.
fn copies<'p>(
    payloads: impl Iterator<Item = &'p Payload>,
    record: &mut Record<'_>,
) -> Vec<Payload> {
    payloads
        .filter(|it| record.may_copy(&it.object, 1, &it.source))
        .cloned()
        .collect()
}

/// The body parameter at `place` as a Request Body Object.
///
/// Its `name` is for documentation only (Parameter Object, `name`) and has no place in 3.0.
fn request_body(
    mut body: Object,
    place: &Place,
    consumes: &MediaTypes,
    record: &mut Record<'_>,
) -> Node {
    let types = consumes.or(JSON);
    let schema = match body.remove("schema") {
        Some(Node::Object(schema)) => Some(schema),
        _ => None,
    };
    body.retain(|key, _| matches!(key, "description" | "required") || is_extension(key));
    let source = place.source.join("schema");
    let content = place.normal.join("content");
    let types = media_types::affordable(types, schema.as_ref(), &source, record);
    let mut schemas = std::iter::repeat_n(schema, types.len());
    let content = media_types::content(&types, &content, record, |_, at, record| {
        let Some(Some(schema)) = schemas.next() else {
            return Object::default();
        };
        let mut node = Node::Object(schema);
        let mut place = Place::new(at.join("schema"), source.clone());
        record.moved(&place);
        schemas::rewrite(&mut node, &mut place, record);
        object([("schema", node)])
    });
    body.insert("content".to_owned(), content);
    Node::Object(body)
}

/// The parameters of the root that are bodies, as `components/requestBodies`.
pub(super) fn components(context: &mut Context<'_>) -> Node {
    let mut bodies = Object::default();
    let parameters = std::mem::take(&mut context.parameters);
    for (name, node) in parameters.into_members() {
        // Whoever refers to a reference here refers to the body itself now.
        let Node::Object(body) = node else { continue };
        if Role::of(&body) != Role::Body {
            continue;
        }
        let source = Pointer::root().join("parameters").join(&name);
        let variants = context.bodies.take(&name, &context.consumes);
        for (body, variant) in std::iter::repeat_n(body, variants.len()).zip(variants) {
            let place = Place::new(component("requestBodies", &variant.name), source.clone());
            context.record.moved(&place);
            let made = request_body(body, &place, &variant.types, &mut context.record);
            bodies.insert(variant.name, made);
        }
    }
    Node::Object(bodies)
}

#[cfg(test)]
mod tests;

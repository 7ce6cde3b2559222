//! Parameters: those that stay parameters, and those that are the request body (OpenAPI 2.0, Parameter Object).

use specwright_diagnostics::Pointer;

use super::{
    build::{is_extension, redirected, reference, string, text},
    collection_format::Carrier,
    context::Context,
    place::{Place, Record},
    shared,
    values::Value,
};
use crate::tree::{Node, Object};

/// Fields of 2.0 that 3.0 shares, and two of 3.0 that documents of 2.0 use as if they had them.
const SHARED_FIELDS: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "allowEmptyValue",
    "deprecated",
    "example",
];

/// A parameter that is the request body or a field of it, as it was written.
#[derive(Debug, Clone)]
pub(super) struct Payload {
    pub(super) object: Object,
    pub(super) source: Pointer,
    /// The member of the root's `parameters` that this is.
    pub(super) shared: Option<String>,
}

impl Payload {
    pub(super) fn new(object: Object, source: Pointer) -> Self {
        Self {
            object,
            source,
            shared: None,
        }
    }
}

/// A list of parameters, sorted.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// Rewritten.
    pub(super) parameters: Vec<Node>,
    pub(super) payloads: Payloads,
}

/// What a list of parameters says about the request body.
#[derive(Debug, Default)]
pub(super) struct Payloads {
    pub(super) bodies: Vec<Payload>,
    pub(super) fields: Vec<Payload>,
}

/// What a parameter is in 3.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Parameter,
    Body,
    Field,
}

impl Role {
    pub(super) fn of(parameter: &Object) -> Self {
        match string(parameter, "in") {
            Some("body") => Self::Body,
            Some("formData") => Self::Field,
            _ => Self::Parameter,
        }
    }
}

/// Sorts the list `node` at `place`.
pub(super) fn split(node: Node, place: &Place, context: &mut Context<'_>) -> Split {
    let mut split = Split::default();
    let Node::Array(nodes) = node else {
        return split;
    };
    for (index, node) in nodes.into_iter().enumerate() {
        let Node::Object(object) = node else { continue };
        let source = place.source.index(index);
        let found = match string(&object, "$ref") {
            Some(target) => context.shared_parameter(target, source),
            None => Some((Role::of(&object), Payload::new(object, source))),
        };
        let Some((role, payload)) = found else {
            continue;
        };
        match role {
            Role::Body => split.payloads.bodies.push(payload),
            Role::Field => split.payloads.fields.push(payload),
            Role::Parameter => {
                let at = place.normal.index(split.parameters.len());
                let at = Place::new(at, payload.source);
                context.record.moved(&at);
                split
                    .parameters
                    .push(parameter(payload.object, &at, &mut context.record));
            }
        }
    }
    split
}

/// The Parameter Object at `place`, or the reference to one, which stays one.
fn parameter(object: Object, place: &Place, record: &mut Record<'_>) -> Node {
    if let Some(target) = string(&object, "$ref") {
        return reference(redirected(target, "parameters", "parameters"));
    }
    let carrier = match string(&object, "in") {
        Some("path") => Carrier::Path,
        Some("header") => Carrier::Header,
        _ => Carrier::Query,
    };
    let schema = Place::new(place.normal.join("schema"), place.source.clone());
    let value = Value::read(object, carrier, schema, record);
    let mut parameter = value.rest;
    parameter.retain(|key, _| SHARED_FIELDS.contains(&key) || is_extension(key));
    parameter.insert("schema".to_owned(), value.schema);
    if let (Carrier::Query, Some(style)) = (carrier, value.style) {
        parameter.insert("style".to_owned(), text(style.style));
        parameter.insert("explode".to_owned(), Node::Bool(style.explode));
    }
    Node::Object(parameter)
}

/// The parameters of the root that stay parameters, as `components/parameters`.
pub(super) fn components(shared: &Object, record: &mut Record<'_>) -> Node {
    let section = Place::new(
        Pointer::root().join("components").join("parameters"),
        Pointer::root().join("parameters"),
    );
    record.moved(&section);
    let mut parameters = Object::default();
    for (name, node) in shared.iter() {
        let role = match shared::resolve(shared, "parameters", name) {
            Some((_, object)) => Role::of(object),
            None => Role::Parameter,
        };
        if let (Role::Parameter, Node::Object(object)) = (role, node) {
            let rewritten = parameter(object.clone(), &section.join(name), record);
            parameters.insert(name.to_owned(), rewritten);
        }
    }
    Node::Object(parameters)
}

#[cfg(test)]
mod tests;

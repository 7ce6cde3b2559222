//! Schemas: JSON Schema 2020-12 with the OAS base vocabulary → the Schema Object of 3.0.
//!
//! In the normal form `nullable: true` means that `null` is allowed whatever else the schema says, as authors of 3.0
//! mean it, also where the letter of OAS 3.0.3 needs a `type` beside it.

mod boolean;
mod bounds;
mod constant;
mod content;
pub(super) mod dropped;
mod examples;
mod no_counterpart;
mod null_member;
pub(super) mod nullable;
mod openapi;
mod pattern_properties;
mod place;
mod reference;
mod tuple;
mod type_array;
mod types;
mod unevaluated;
mod vocabulary;

pub(super) use dropped::dialect;
pub(super) use place::Place;
pub(super) use types::Types;

use specwright_diagnostics::{Rule, Severity};

use super::context::Context;
use crate::tree::{Node, Object};

pub(crate) static NOT_CARRIED: Rule = Rule {
    name: "schema/not-carried",
    severity: Severity::Info,
    summary: "Every schema can be said with the keywords of OpenAPI 3.0.",
    explanation: "Schemas of OpenAPI 3.1 and 3.2 are read by the terms of 3.0, which lacks some keywords of JSON \
        Schema 2020-12. Those left out only narrow what is allowed: every valid value stays valid, but some that are \
        not are accepted too, and properties that are described nowhere else have no type.",
};

/// Rewrites a schema and those inside it.
pub(super) fn rewrite(cx: &mut Context<'_>, node: &mut Node, place: Place) {
    match node {
        Node::Bool(allows) => *node = boolean::schema(cx, *allows),
        Node::Object(schema) => {
            object(cx, schema, place);
            children(cx, schema, place);
        }
        _ => {}
    }
}

/// The rewrites that divide a schema come first, so that the others meet its parts when the walk goes into them.
fn object(cx: &mut Context<'_>, schema: &mut Object, place: Place) {
    dropped::rewrite(cx, schema);
    nullable::rewrite(cx, schema);
    unevaluated::rewrite(cx, schema);
    reference::rewrite(cx, schema);
    constant::rewrite(cx, schema);
    null_member::rewrite(cx, schema);
    type_array::rewrite(cx, schema);
    bounds::rewrite(cx, schema);
    examples::rewrite(cx, schema);
    content::rewrite(cx, schema, place);
    tuple::rewrite(cx, schema);
    pattern_properties::rewrite(cx, schema);
    no_counterpart::rewrite(cx, schema);
    openapi::rewrite(cx, schema);
}

fn children(cx: &mut Context<'_>, schema: &mut Object, place: Place) {
    cx.members(schema, "properties", |cx, node| {
        rewrite(cx, node, place.of_properties())
    });
    cx.node(schema, "items", |cx, node| {
        rewrite(cx, node, place.of_items())
    });
    for keyword in ["allOf", "anyOf", "oneOf"] {
        cx.elements(schema, keyword, |cx, node| rewrite(cx, node, place));
    }
    cx.node(schema, "not", |cx, node| rewrite(cx, node, place));
    cx.node(schema, "additionalProperties", |cx, node| {
        if node.as_bool().is_none() {
            rewrite(cx, node, place.of_properties());
        }
    });
}

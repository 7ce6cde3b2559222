//! Swagger 2.0 (OpenAPI 2.0) in the shape of OpenAPI 3.0.
//!
//! The two differ in where things stand more than in what they say:
//!
//! | 2.0 | 3.0 | module |
//! |---|---|---|
//! | `schemes`, `host`, `basePath`, `x-ms-parameterized-host` | `servers` | `servers` |
//! | `consumes`, `produces` | keys of `content` | `media_types` |
//! | `paths`, `x-ms-paths` | `paths` | `paths` |
//! | body and form parameters | `requestBody` | `request_body` |
//! | `type`, `format`, … of parameters and headers | `schema` | `values` |
//! | `collectionFormat` | `style`, `explode` | `collection_format` |
//! | `schema`, `examples` of responses | `content` | `responses` |
//! | `parameters`, `responses` of the root | `components` | `shared` |
//! | `definitions` | `components/schemas` | `schemas` |
//! | `securityDefinitions` | `components/securitySchemes` | `security` |
//!
//! Fields that 2.0 does not know are left out even if 3.0 knows them: what they refer to has not been looked at.
//! Schemas keep theirs, because many documents use more of JSON Schema than 2.0 allows.

mod build;
mod collection_format;
mod context;
mod media_types;
mod parameters;
mod paths;
mod place;
mod request_body;
mod responses;
mod schemas;
mod security;
mod servers;
mod shared;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod values;

use specwright_diagnostics::{Pointer, Rule, Severity};

use super::{Lost, Moves};
use crate::tree::{Node, Object};
use build::{is_extension, take_object, text};
use context::Context;
use media_types::MediaTypes;
use place::{Place, Record};
use servers::Hosts;
use shared::Variants;

/// The rules of this rewrite.
pub(super) static RULES: &[&Rule] = &[
    &NOT_CARRIED,
    &paths::SAME_PATH,
    &place::TOO_LARGE,
    &request_body::ONE_BODY,
    &responses::UNKNOWN_KEY,
];

static NOT_CARRIED: Rule = Rule {
    name: "wire/not-carried",
    severity: Severity::Warning,
    summary: "What is sent can be described in every version of the specification.",
    explanation: "Swagger 2.0 has some ways to send values for which OpenAPI 3.0 and later have no words: values that \
        are separated by tabs, or by anything but commas in paths and headers, arrays inside arrays, and form fields \
        without a value. Clients that are made from the document send something else there.",
};

/// Fields of the root that 3.0 shares.
const SHARED_FIELDS: &[&str] = &["info", "security", "tags", "externalDocs"];

/// The tree of a Swagger 2.0 document in the shape of OpenAPI 3.0.
///
/// `tree` is checked and bundled: each `$ref` leads to a member of `definitions`, `parameters` or `responses`.
pub(crate) fn to_v3_0(tree: Node, moves: &mut Moves, lost: &mut Vec<Lost>) -> Node {
    let Node::Object(mut root) = tree else {
        return tree;
    };
    let mut context = context(&mut root, Record::new(moves, lost));
    let mut normal = Object::default();
    normal.insert("openapi".to_owned(), text("3.0.4"));
    context.record.moved(&Place::new(
        Pointer::root().join("openapi"),
        Pointer::root().join("swagger"),
    ));
    if let Some(servers) = context.hosts.servers(&mut context.record) {
        normal.insert("servers".to_owned(), servers);
    }
    normal.insert("paths".to_owned(), paths::paths(&mut root, &mut context));
    let components = components(&mut root, &mut context);
    normal.insert("components".to_owned(), Node::Object(components));
    for (key, node) in root.into_members() {
        if SHARED_FIELDS.contains(&key.as_str()) || is_extension(&key) {
            normal.insert(key, node);
        }
    }
    Node::Object(normal)
}

/// Takes out of `root` what holds for all operations.
fn context<'a>(root: &mut Object, mut record: Record<'a>) -> Context<'a> {
    let hosts = Hosts::read(root);
    let mut types = |field: &str| {
        let list = root.remove(field).unwrap_or(Node::Null);
        MediaTypes::read(&list, &Pointer::root().join(field), &mut record)
    };
    let consumes = types("consumes");
    let produces = types("produces");
    let parameters = take_object(root, "parameters");
    let responses = take_object(root, "responses");
    Context {
        record,
        hosts,
        consumes,
        produces,
        bodies: Variants::new(&parameters),
        answers: Variants::new(&responses),
        parameters,
        responses,
    }
}

/// The sections that are not empty. Those that operations refer to come after the operations.
fn components(root: &mut Object, context: &mut Context<'_>) -> Object {
    let sections = [
        (
            "schemas",
            schemas::definitions(take_object(root, "definitions"), &mut context.record),
        ),
        ("responses", responses::components(context)),
        (
            "parameters",
            parameters::components(&context.parameters, &mut context.record),
        ),
        ("requestBodies", request_body::components(context)),
        (
            "securitySchemes",
            security::definitions(
                take_object(root, "securityDefinitions"),
                &mut context.record,
            ),
        ),
    ];
    let is_used = |node: &Node| {
        node.as_object()
            .is_some_and(|it| it.iter().next().is_some())
    };
    let used = sections.into_iter().filter(|(_, node)| is_used(node));
    used.map(|(key, node)| (key.to_owned(), node)).collect()
}

//! Values in documents, held against their schemas.

use std::collections::BTreeMap;

use specwright_openapi::{Kind, Node, Object, Path, Version, Visit, diagnostics::Pointer};

use crate::schema::{Direction, Violation};

use super::{context::Context, report::Report};

/// A value of the document with its place.
pub(crate) struct Example<'d> {
    pub(crate) value: &'d Node,
    pub(crate) pointer: Pointer,
}

/// Reports what is wrong with a value: one finding for each keyword of the schema that it violates.
pub(crate) fn judge<'d>(
    context: &Context<'d>,
    schema: (&'d Node, &Pointer),
    example: &Example<'d>,
    direction: Direction,
    report: &mut Report<'_>,
) {
    let (node, at) = schema;
    if context.schemas.glance(node, example.value, direction) == Some(true) {
        return;
    }
    if is_reference(example.value) {
        report
            .at(
                example.pointer.clone(),
                "a `$ref` in a value is data; it is not followed",
            )
            .help("refer to an example of the components instead: `examples: {name: {$ref: …}}`");
        return;
    }
    let Ok(checker) = context.schemas.checker(at, direction) else {
        return;
    };
    let violations = checker.violations(&example.value.to_json());
    let mut causes: BTreeMap<(&Pointer, &str, &str), Vec<&Violation>> = BTreeMap::new();
    for violation in &violations {
        let cause = (
            &violation.schema,
            violation.keyword.as_str(),
            violation.message.as_str(),
        );
        causes.entry(cause).or_default().push(violation);
    }
    for ((schema, keyword, message), places) in causes {
        let Some(first) = places.first() else {
            continue;
        };
        let mut message = message.to_owned();
        if places.len() > 1 {
            message += &format!(" (here and {} more times)", places.len() - 1);
        }
        let (_, says) = context.document.origin(schema);
        report
            .at(example.pointer.concat(&first.instance), message)
            .help(format!("`{keyword}` stands at `{says}`"));
    }
}

/// Whether a value looks like a Reference Object, which values are not.
fn is_reference(value: &Node) -> bool {
    let object = value.as_object();
    object.is_some_and(|it| {
        it.iter().count() == 1 && it.get("$ref").is_some_and(|it| it.as_str().is_some())
    })
}

/// Which way the values of an object go: by the body or the parameter that holds it.
pub(crate) fn direction(path: &Path<'_>) -> Direction {
    let inside = |kind| path.kind() == Some(kind) || path.within(kind).is_some();
    // Webhooks and callbacks turn requests round, but not what is sent in them.
    if inside(Kind::Response) {
        Direction::Response
    } else if inside(Kind::RequestBody) || inside(Kind::Parameter) {
        Direction::Request
    } else {
        Direction::Either
    }
}

/// The values of `example` and `examples` beside a schema, those of referenced Example Objects at their own place.
pub(crate) fn beside<'d>(visit: &Visit<'d, '_>, context: &Context<'d>) -> Vec<Example<'d>> {
    let mut found = Vec::new();
    let own = || visit.path.pointer();
    if let Some(value) = visit.object.get("example") {
        found.push(Example {
            value,
            pointer: own().join("example"),
        });
    }
    let several = visit.object.get("examples").and_then(Node::as_object);
    for (name, node) in several.into_iter().flat_map(Object::iter) {
        let Some(mut object) = node.as_object() else {
            continue;
        };
        let mut pointer = own().join("examples").join(name);
        for _ in 0..8 {
            let Some(reference) = object.get("$ref").and_then(Node::as_str) else {
                break;
            };
            let target = reference.strip_prefix('#').and_then(Pointer::parse);
            let Some((at, next)) = target.and_then(|at| {
                let next = context.document.at(&at)?.as_object()?;
                Some((at, next))
            }) else {
                break;
            };
            (pointer, object) = (at, next);
        }
        for field in ["value", "dataValue"] {
            if let Some(value) = object.get(field) {
                found.push(Example {
                    value,
                    pointer: pointer.join(field),
                });
            }
        }
    }
    found
}

/// The schema beside examples: the field `schema`, or in 2.0 the parameter or header itself.
pub(crate) fn schema_of<'d>(
    visit: &Visit<'d, '_>,
    context: &Context<'d>,
) -> Option<(&'d Node, Pointer)> {
    let own = visit.path.pointer();
    match visit.object.get("schema") {
        Some(schema) => Some((schema, own.join("schema"))),
        None if context.version() == Version::V2_0 => Some((context.document.at(&own)?, own)),
        None => None,
    }
}

//! The rule `structure/link-target`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/link-target",
        severity: Error,
        summary: "A link leads to an operation of the document, and passes parameters that it has.",
        explanation: "A link names its target by `operationId` or `operationRef` and gives values to parameters of the target \
            by name (Link Object). A name that matches nothing makes the link useless.",
    },
    set: Minimal,
    section: "link-object",
    covers: &[],
    versions: FROM_3_0,
    fails: "
paths:
  /cats/{id}:
    get:
      operationId: getCat
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: A cat.
          links:
            itself: {operationId: getDog} # here
            same: {operationId: getCat, parameters: {name: $response.body#/id}} # here
",
    passes: "
paths:
  /cats/{id}:
    get:
      operationId: getCat
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: A cat.
          links:
            itself: {operationId: getCat, parameters: {path.id: $response.body#/id}}
            same: {operationRef: '#/paths/~1cats~1{id}/get', parameters: {id: $response.body#/id}}
",
    check: Check::Objects(&[Kind::Link], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    if visit.is_reference() {
        return;
    }
    let text = |field| visit.object.get(field).and_then(Node::as_str);
    let operations = context.operations();
    let (field, target) = match (text("operationId"), text("operationRef")) {
        (Some(id), _) => {
            let found = operations.iter().find(|it| it.text("operationId") == Some(id));
            if found.is_none() {
                report.field(visit.path, "operationId", format!("no operation has the id `{id}`"));
            }
            ("operationId", found)
        }
        (None, Some(reference)) => {
            let Some(pointer) = reference.strip_prefix('#') else {
                return;
            };
            let pointer = percent_encoding::percent_decode_str(pointer).decode_utf8_lossy();
            let found = operations.iter().find(|it| it.pointer.as_str() == pointer);
            if found.is_none() {
                report.field(visit.path, "operationRef", format!("there is no operation at `{reference}`"));
            }
            ("operationRef", found)
        }
        (None, None) => return,
    };
    let Some(target) = target else {
        return;
    };
    let known = target.parameters(context.document);
    let passed = visit.object.get("parameters").and_then(Node::as_object);
    for (name, _) in passed.into_iter().flat_map(Object::iter) {
        let qualified = name.split_once('.');
        let has = known.iter().any(|it| {
            it.name == name || qualified.is_some_and(|(place, name)| it.place == place && it.name == name)
        });
        if !has {
            let pointer = visit.path.pointer().join("parameters").join(name);
            let message = format!("the operation of `{field}` has no parameter `{name}`");
            report.at(pointer, message).on_key();
        }
    }
}

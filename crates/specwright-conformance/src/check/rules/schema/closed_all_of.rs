//! The rule `schema/closed-all-of`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/closed-all-of",
        severity: Warning,
        summary: "No part of an `allOf` forbids the properties of another.",
        explanation: "`additionalProperties: false` looks only at the `properties` beside it, not at those of other parts (JSON \
            Schema Core §10.3.2.3). In an `allOf` it forbids what the other parts describe, so no value with such a \
            property is permitted. From 3.1 on `unevaluatedProperties: false` does what is meant.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &[],
    versions: ALL,
    fails: "
components:
  schemas:
    Animal:
      type: object
      additionalProperties: false
      properties: {name: {type: string}}
    Cat:
      allOf:
        - $ref: '#/components/schemas/Animal' # here
        - {type: object, properties: {colour: {type: string}}}
",
    passes: "
components:
  schemas:
    Animal: {type: object, properties: {name: {type: string}}}
    Cat:
      allOf:
        - $ref: '#/components/schemas/Animal'
        - {type: object, properties: {colour: {type: string}}}
    Same:
      allOf:
        - {type: object, additionalProperties: false, properties: {a: {type: string}}}
        - {type: object, required: [a], properties: {a: {type: string, maxLength: 3}}}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let members = schemas::members(visit.object, "allOf");
    if members.is_empty() {
        return;
    }
    let Some(all) = schemas::properties(context.document, visit.object) else {
        return;
    };
    for (index, member) in members {
        let Some(target) = context.document.follow(member) else {
            continue;
        };
        let closed = target.get("additionalProperties").and_then(Node::as_bool) == Some(false);
        if !closed || target.contains("patternProperties") {
            continue;
        }
        let own = target.get("properties").and_then(Node::as_object);
        if let Some(name) = all.keys().find(|name| !own.is_some_and(|it| it.contains(name))) {
            let message = format!("this part forbids the property `{name}` of another part");
            report.at(visit.path.pointer().join("allOf").index(index), message);
        }
    }
}

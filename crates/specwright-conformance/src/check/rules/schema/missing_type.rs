//! The rule `schema/missing-type`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/missing-type",
        severity: Info,
        summary: "Schemas say which type they are.",
        explanation: "Keywords such as `properties` or `maxLength` permit values of every other type (JSON Schema Core §7.6.1). \
            Without a `type` the schema means more than it looks like, and tools have to guess.",
    },
    set: Strict,
    section: "schema-object",
    covers: &["vacuum:oas-missing-type"],
    versions: ALL,
    fails: "
components:
  schemas:
    Cat: # here
      properties: {name: {type: string}}
",
    passes: "
components:
  schemas:
    Cat: {type: object, properties: {name: {type: string}}}
    Other: {allOf: [{$ref: '#/components/schemas/Cat'}]}
    Anything: {description: Anything.}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let object = visit.object;
    let composed = ["type", "$ref", "allOf", "anyOf", "oneOf", "enum", "const", "not", "$dynamicRef"];
    if visit.is_reference() || composed.iter().any(|it| object.contains(it)) {
        return;
    }
    // A part of a composition may leave the type to the others.
    if matches!(visit.path.field(), Some("allOf" | "anyOf" | "oneOf" | "not" | "if" | "then" | "else")) {
        return;
    }
    let about = ["properties", "items", "maxLength", "minLength", "pattern", "minimum", "maximum", "required"];
    if about.iter().any(|it| object.contains(it)) {
        report.node(visit.path, "the schema has no `type`");
    }
}

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/required-undefined",
        severity: Warning,
        summary: "Required properties are described.",
        explanation: "A name in `required` that no property has demands something that nobody describes. Usually it is \
            misspelt, or the property was renamed.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &["redocly:no-required-schema-properties-undefined", "vacuum:required-fields-defined"],
    versions: ALL,
    fails: "
components:
  schemas:
    Cat:
      type: object
      required:
        - name
        - colour # here
      properties:
        name: {type: string}
        color: {type: string}
",
    passes: "
components:
  schemas:
    Animal: {type: object, properties: {name: {type: string}}}
    Cat:
      required: [name, color]
      allOf:
        - $ref: '#/components/schemas/Animal'
        - {type: object, properties: {color: {type: string}}}
    Named: {type: object, required: [name]}
    Choice:
      type: object
      properties: {a: {type: string}, b: {type: string}}
      anyOf: [{required: [a]}, {required: [b]}]
    Whole:
      properties: {a: {type: string}}
      allOf: [{required: [a]}]
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let required = schemas::texts(visit.object, "required");
    if required.is_empty() {
        return;
    }
    // A part of a composition may speak of what other parts describe.
    let field = visit.path.field();
    if matches!(field, Some("allOf" | "anyOf" | "oneOf" | "not" | "if" | "then" | "else" | "dependentSchemas")) {
        return;
    }
    let Some(properties) = schemas::properties(context.document, visit.object) else {
        return;
    };
    // Who describes no property at all does not misspell one.
    if properties.is_empty() || is_open_map(visit.object) {
        return;
    }
    for (index, name) in required.iter().enumerate() {
        if properties.contains_key(name) {
            continue;
        }
        let message = format!("`{name}` is required, but no property has this name");
        let finding = report.at(visit.path.pointer().join("required").index(index), message);
        let near = specwright_openapi::nearest(name, properties.keys().copied());
        if let Some(near) = near {
            finding.help(format!("did you mean `{near}`?"));
        }
    }
}

/// Whether the schema describes the values of names that it does not list.
fn is_open_map(object: &Object) -> bool {
    matches!(object.get("additionalProperties"), Some(Node::Object(_)))
}

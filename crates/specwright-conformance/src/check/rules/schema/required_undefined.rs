//! The rule `schema/required-undefined`.

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
    Base: {type: object, required: [kind], properties: {id: {type: string}}}
    Extension:
      allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {kind: {type: string}}}]
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
        if properties.contains_key(name) || is_left_to_extensions(visit, name, context) {
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

/// Whether a schema that has this one in its `allOf` describes the property.
fn is_left_to_extensions<'d>(visit: &Visit<'d, '_>, name: &str, context: &Context<'d>) -> bool {
    let reference = format!("#{}", visit.path.pointer());
    let places = context.references().by_target.get(reference.as_str());
    places.into_iter().flatten().any(|place| {
        let all_of = place.parent().filter(|it| it.last().as_deref() == Some("allOf"));
        let whole = all_of.and_then(|it| context.document.at(&it.parent()?)?.as_object());
        let properties = whole.and_then(|it| schemas::properties(context.document, it));
        properties.is_some_and(|it| it.contains_key(name))
    })
}

/// Whether the schema describes the values of names that it does not list.
fn is_open_map(object: &Object) -> bool {
    matches!(object.get("additionalProperties"), Some(Node::Object(_)))
}

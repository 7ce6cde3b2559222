//! The rule `schema/discriminator-property`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/discriminator-property",
        severity: Warning,
        summary: "The property of a discriminator is there, and required, in everything it chooses from.",
        explanation: "A discriminator names the property whose value tells which schema applies, so each of these schemas has \
            to have the property and require it (Discriminator Object; OAS 2.0, Schema Object, `discriminator`). \
            Where it may be missing, nothing tells.",
    },
    set: Recommended,
    section: "discriminator-object",
    covers: &["spectral:oas2-discriminator", "vacuum:oas2-discriminator"],
    versions: ALL,
    fails: "
components:
  schemas:
    Pet:
      oneOf:
        - $ref: '#/components/schemas/Cat'
        - $ref: '#/components/schemas/Dog' # here
      discriminator: {propertyName: kind}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
    Dog: {type: object, properties: {kind: {type: string}}}
    Animal:
      type: object
      discriminator:
        propertyName: species # here
      properties: {name: {type: string}}
    Lion:
      allOf: [{$ref: '#/components/schemas/Animal'}]
",
    passes: "
components:
  schemas:
    Pet:
      oneOf:
        - $ref: '#/components/schemas/Cat'
      discriminator: {propertyName: kind}
    Cat:
      allOf:
        - {type: object, required: [kind], properties: {kind: {type: string}}}
    Base:
      type: object
      required: [kind]
      discriminator: {propertyName: kind}
      properties: {kind: {type: string}}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let Some((name, place)) = property(visit.object, context.version()) else {
        return;
    };
    let document = context.document;
    let mut chosen = false;
    for keyword in ["oneOf", "anyOf"] {
        for (index, member) in schemas::members(visit.object, keyword) {
            chosen = true;
            if is_null(member, document) || has(document, member, name) {
                continue;
            }
            let pointer = visit.path.pointer().join(keyword).index(index);
            let message = format!("this variant does not require `{name}`, by which it is told from the others");
            report.at(pointer, message);
        }
    }
    // In 3.2 a default mapping speaks for values without the property.
    let optional = visit.object.get("discriminator").and_then(|it| it.get("defaultMapping"));
    if !chosen && optional.is_none() && !has(document, visit.object, name) {
        let message = format!("the schema does not require `{name}`, by which its variants are told apart");
        let mut pointer = visit.path.pointer();
        place.iter().for_each(|it| pointer.push(it));
        report
            .at(pointer, message)
            .help(format!("describe the property `{name}` and add it to `required`"));
    }
}

fn property(object: &Object, version: Version) -> Option<(&str, &'static [&'static str])> {
    let discriminator = object.get("discriminator")?;
    match version {
        Version::V2_0 => Some((discriminator.as_str()?, &["discriminator"])),
        _ => Some((discriminator.get("propertyName")?.as_str()?, &["discriminator", "propertyName"])),
    }
}

fn has(document: &specwright_openapi::Document, object: &Object, name: &str) -> bool {
    schemas::requires(document, object, name)
        && schemas::properties(document, object).is_none_or(|it| it.contains_key(name) || it.is_empty())
}

fn is_null(object: &Object, document: &specwright_openapi::Document) -> bool {
    let object = document.follow(object).unwrap_or(object);
    object.get("type").and_then(Node::as_str) == Some("null")
}

//! The rule `schema/discriminator-mapping`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/discriminator-mapping",
        severity: Error,
        summary: "A discriminator maps to schemas that are there.",
        explanation: "The values of `mapping` are names of schemas or references to them (Discriminator Object). One that leads \
            nowhere, or to a schema that the `oneOf` or `anyOf` does not have, can never be chosen.",
    },
    set: Minimal,
    section: "discriminator-object",
    covers: &[],
    versions: FROM_3_0,
    fails: "
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}]
      discriminator:
        propertyName: kind
        mapping:
          cat: '#/components/schemas/Cat'
          dog: '#/components/schemas/Dog' # here
          lion: Lion # here
    Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
    Lion: {type: object, required: [kind], properties: {kind: {type: string}}}
",
    passes: "
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Lion'}]
      discriminator:
        propertyName: kind
        mapping: {cat: '#/components/schemas/Cat', lion: Lion}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
    Lion: {type: object, required: [kind], properties: {kind: {type: string}}}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let mapping = visit.object.get("discriminator").and_then(|it| it.get("mapping"));
    let Some(mapping) = mapping.and_then(Node::as_object) else {
        return;
    };
    let variants: Vec<&Object> = ["oneOf", "anyOf"]
        .iter()
        .flat_map(|keyword| schemas::members(visit.object, keyword))
        .map(|(_, member)| member)
        .collect();
    for (value, target) in mapping.iter() {
        let Some(target) = target.as_str() else {
            continue;
        };
        let pointer = || {
            let discriminator = visit.path.pointer().join("discriminator");
            discriminator.join("mapping").join(value)
        };
        let Some(node) = lead(target, context) else {
            // Other files are in the tree under other names.
            if !is_elsewhere(target) {
                report.at(pointer(), format!("there is no schema `{target}`"));
            }
            continue;
        };
        let listed = variants.is_empty()
            || variants.iter().any(|variant| {
                let reference = variant.get("$ref").and_then(Node::as_str);
                reference.and_then(|it| context.document.target(it)).is_some_and(|it| std::ptr::eq(it, node))
                    || nested(variant, node, context)
            });
        if !listed {
            report.at(pointer(), format!("`{target}` is none of the variants"));
        }
    }
}

/// Whether a variant is itself a choice that has the schema.
fn nested<'d>(variant: &'d Object, node: &'d Node, context: &Context<'d>) -> bool {
    let Some(target) = context.document.follow(variant) else {
        return true;
    };
    ["oneOf", "anyOf", "allOf"]
        .iter()
        .flat_map(|keyword| schemas::members(target, keyword))
        .filter_map(|(_, member)| member.get("$ref")?.as_str())
        .filter_map(|reference| context.document.target(reference))
        .any(|it| std::ptr::eq(it, node))
}

fn lead<'d>(target: &str, context: &Context<'d>) -> Option<&'d Node> {
    let named = context.section("schemas").and_then(|it| it.get(target));
    named.or_else(|| {
        let pointer = percent_encoding::percent_decode_str(target.strip_prefix('#')?).decode_utf8().ok()?;
        context.document.at(&Pointer::parse(&pointer)?)
    })
}

fn is_elsewhere(target: &str) -> bool {
    !target.starts_with('#') && (target.contains('#') || target.contains('/') || target.contains('.'))
}

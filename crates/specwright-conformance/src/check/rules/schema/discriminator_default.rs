//! The rule `schema/discriminator-default`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/discriminator-default",
        severity: Warning,
        summary: "A discriminator whose property may be missing has a default.",
        explanation: "From 3.2 on the property of a discriminator may be optional; then `defaultMapping` has to say which \
            schema applies to values without it (Discriminator Object). It names a schema of the document.",
    },
    set: Recommended,
    section: "discriminator-object",
    covers: &["redocly:spec-discriminator-defaultMapping"],
    versions: &[Version::V3_2],
    fails: "
openapi: 3.2.0
info: {title: Cats, version: '1.0'}
components:
  schemas:
    Pet:
      type: object
      properties: {kind: {type: string}}
      discriminator:
        propertyName: kind
        defaultMapping: Lion # here
",
    passes: "
openapi: 3.2.0
info: {title: Cats, version: '1.0'}
components:
  schemas:
    Pet:
      type: object
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, defaultMapping: Cat}
    Cat: {type: object}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let discriminator = visit.object.get("discriminator");
    let default = discriminator.and_then(|it| it.get("defaultMapping"));
    let Some(target) = default.and_then(Node::as_str) else {
        return;
    };
    let named = context.section("schemas").is_some_and(|it| it.contains(target));
    let leads = target.contains(['#', '/']);
    if !named && !leads {
        let pointer = visit.path.pointer().join("discriminator").join("defaultMapping");
        report.at(pointer, format!("there is no schema `{target}`"));
    }
}

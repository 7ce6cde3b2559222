//! The rule `schema/nullable-without-type`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/nullable-without-type",
        severity: Warning,
        summary: "`nullable` stands beside a `type`.",
        explanation: "In 3.0 `nullable: true` widens the `type` beside it, and only that (OAS 3.0.4, Schema Object, \
            `nullable`). Without a type in the same schema it has no effect: `null` is permitted already or, with \
            `allOf` or `oneOf`, still forbidden by the parts.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &["redocly:nullable-type-sibling"],
    versions: &[Version::V3_0],
    fails: "
components:
  schemas:
    Owner: {type: object}
    Cat:
      type: object
      properties:
        owner:
          nullable: true # here
          allOf: [{$ref: '#/components/schemas/Owner'}]
",
    passes: "
components:
  schemas:
    Owner: {type: object}
    Cat:
      type: object
      properties:
        owner:
          type: object
          nullable: true
          allOf: [{$ref: '#/components/schemas/Owner'}]
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let nullable = visit.object.get("nullable").and_then(Node::as_bool) == Some(true);
    if nullable && !visit.object.contains("type") {
        report
            .key(visit.path, "nullable", "`nullable` has no effect without a `type` beside it")
            .help("add the `type` to the same schema");
    }
}

//! The rule `schema/default-of-required`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/default-of-required",
        severity: Info,
        summary: "Required parameters have no default.",
        explanation: "A default says what applies when a value is missing (Schema Object, `default`), and a required parameter \
            is never missing. One of the two is not meant.",
    },
    set: Strict,
    section: "schema-object",
    covers: &[],
    versions: FROM_3_0,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - name: limit
          in: query
          required: true
          schema:
            type: integer
            default: 10 # here
      responses: {'200': {description: Cats.}}
",
    passes: "
paths:
  /cats:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer, default: 10}}]
      responses: {'200': {description: Cats.}}
",
    check: Check::Objects(&[Kind::Parameter], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let required = visit.object.get("required").and_then(Node::as_bool) == Some(true);
    let in_path = visit.object.get("in").and_then(Node::as_str) == Some("path");
    let schema = visit.object.get("schema").and_then(Node::as_object);
    if required && !in_path && schema.is_some_and(|it| it.contains("default")) {
        let pointer = visit.path.pointer().join("schema").join("default");
        report.at(pointer, "the parameter is required, so the default never applies");
    }
}

//! The rule `example/invalid-parameter-example`.

use crate::check::examples;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "example/invalid-parameter-example",
        severity: Warning,
        summary: "Examples of parameters and header fields fit their schema.",
        explanation: "An example of a parameter shows a value that may be sent (Parameter Object, `example`), before it is \
            written in the parameter's style. One that does not fit makes readers send requests that are refused.",
    },
    set: Recommended,
    section: "parameter-object",
    covers: &["redocly:no-invalid-parameter-examples"],
    versions: FROM_3_0,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - name: limit
          in: query
          schema: {type: integer, maximum: 100}
          example: 1000 # here
      responses: {'200': {description: Cats.}}
",
    passes: "
paths:
  /cats:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 100}, example: 100}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}, example: [a, b]}
      responses: {'200': {description: Cats.}}
",
    check: Check::Objects(&[Kind::Parameter, Kind::Header], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    if !["example", "examples"].iter().any(|it| visit.object.contains(it)) {
        return;
    }
    let Some((node, at)) = examples::schema_of(visit, context) else {
        return;
    };
    for example in examples::beside(visit, context) {
        examples::judge(context, (node, &at), &example, examples::direction(visit.path), report);
    }
}

//! The rule `example/invalid-default`.

use crate::{check::examples::{self, Example}, schema::Direction};

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "example/invalid-default",
        severity: Warning,
        summary: "Defaults fit their schema.",
        explanation: "A default stands for a value that was not sent, so it has to be one that could have been (Schema Object, \
            `default`). Servers that apply one that does not fit contradict themselves, and generated clients do not \
            compile or fail.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &[],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - name: limit
          in: query
          schema:
            type: integer
            maximum: 100
            default: 1000 # here
      responses: {'200': {description: Cats.}}
",
    passes: "
paths:
  /cats:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 100, default: 100}}
      responses: {'200': {description: Cats.}}
components:
  schemas:
    Name: {type: string, nullable: true, default: null}
",
    check: Check::Objects(&[Kind::Schema, Kind::Items, Kind::Parameter, Kind::Header], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let Some(value) = visit.object.get("default") else {
        return;
    };
    let own = visit.path.pointer();
    let Some(node) = context.document.at(&own) else {
        return;
    };
    let example = Example { value, pointer: own.join("default") };
    examples::judge(context, (node, &own), &example, Direction::Either, report);
}

//! The rule `example/invalid-schema-example`.

use crate::{check::examples::{self, Example}, schema::Direction};

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "example/invalid-schema-example",
        severity: Warning,
        summary: "Examples of schemas fit them.",
        explanation: "The `example` of a schema shows one of its values, and from 3.1 on so does each of its `examples` (Schema \
            Object). One that is none misleads readers and whoever makes data from it.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &["spectral:oas3-valid-schema-example", "spectral:oas2-valid-schema-example", "redocly:no-invalid-schema-examples", "vacuum:oas2-valid-schema-example"],
    versions: ALL,
    fails: "
components:
  schemas:
    Cat:
      type: object
      properties:
        name: {type: string, maxLength: 5}
        born:
          type: string
          format: date
          example: yesterday # here
      example:
        name: Alexander # here
",
    passes: "
components:
  schemas:
    Cat:
      type: object
      properties: {born: {type: string, format: date, example: '2020-02-29'}}
      example: {born: '2021-01-01'}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let single = visit.object.get("example");
    let several = visit.object.get("examples").and_then(Node::as_array);
    if single.is_none() && several.is_none() {
        return;
    }
    let own = visit.path.pointer();
    let Some(node) = context.document.at(&own) else {
        return;
    };
    let single = single.map(|value| Example { value, pointer: own.join("example") });
    let several = several.into_iter().flatten().enumerate().map(|(index, value)| Example {
        value,
        pointer: own.join("examples").index(index),
    });
    for example in single.into_iter().chain(several) {
        examples::judge(context, (node, &own), &example, Direction::Either, report);
    }
}

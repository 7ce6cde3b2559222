//! The rule `schema/read-only-and-write-only`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/read-only-and-write-only",
        severity: Error,
        summary: "A property is not read-only and write-only at the same time.",
        explanation: "A read-only property is not sent in requests and a write-only one not in responses, so one that is both \
            is nowhere. The specification forbids it (OAS 3.0.4, Schema Object, `readOnly`).",
    },
    set: Minimal,
    section: "schema-object",
    covers: &[],
    versions: ALL,
    fails: "
components:
  schemas:
    Cat:
      type: object
      properties:
        secret:
          type: string
          readOnly: true
          writeOnly: true # here
",
    passes: "
components:
  schemas:
    Cat: {type: object, properties: {secret: {type: string, writeOnly: true}}}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let flag = |field| visit.object.get(field).and_then(Node::as_bool) == Some(true);
    if flag("readOnly") && flag("writeOnly") {
        report.key(visit.path, "writeOnly", "the schema is read-only as well");
    }
}

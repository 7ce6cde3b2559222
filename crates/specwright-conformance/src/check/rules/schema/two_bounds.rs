//! The rule `schema/two-bounds`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/two-bounds",
        severity: Warning,
        summary: "A number has one bound on each side.",
        explanation: "From 3.1 on `maximum` and `exclusiveMaximum` are two numbers, and both apply. One of them is always \
            without effect; often the document was converted from 3.0, where `exclusiveMaximum` was a boolean.",
    },
    set: Recommended,
    section: "schema-object",
    covers: &["redocly:no-mixed-number-range-constraints"],
    versions: FROM_3_1,
    fails: "
openapi: 3.1.0
info: {title: Cats, version: '1.0'}
components:
  schemas:
    Age:
      type: integer
      maximum: 30
      exclusiveMaximum: 31 # here
",
    passes: "
openapi: 3.1.0
info: {title: Cats, version: '1.0'}
components:
  schemas:
    Age: {type: integer, maximum: 30, exclusiveMinimum: 0}
",
    check: Check::Objects(&[Kind::Schema], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    for (inclusive, exclusive) in [("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")] {
        if [inclusive, exclusive].iter().all(|it| schemas::number(visit.object, it).is_some()) {
            report.field(visit.path, exclusive, format!("there is a `{inclusive}` as well"));
        }
    }
}

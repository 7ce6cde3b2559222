//! The rule `example/no-value`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "example/no-value",
        severity: Warning,
        summary: "An example has a value, or says where it is.",
        explanation: "An Example Object without `value`, `externalValue` or, from 3.2 on, `dataValue` or `serializedValue` \
            shows nothing. Often the value was written without the field around it.",
    },
    set: Recommended,
    section: "example-object",
    covers: &["spectral:oas3-examples-value-or-externalValue"],
    versions: FROM_3_0,
    fails: "
components:
  examples:
    tom: # here
      summary: A cat.
",
    passes: "
components:
  examples:
    tom: {summary: A cat., value: {name: Tom}}
    felix: {externalValue: 'https://cats.test/felix.json'}
",
    check: Check::Objects(&[Kind::Example], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let values = ["value", "externalValue", "dataValue", "serializedValue"];
    if !visit.is_reference() && !values.iter().any(|it| visit.object.contains(it)) {
        report.node(visit.path, "the example has no value");
    }
}

//! The rule `style/operation-description`.

use super::says;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/operation-description",
        severity: Info,
        summary: "Every operation has a description.",
        explanation: "A summary fits a table of contents. What an operation does, which effects it has and what is \
            to be known before calling it belongs in `description`.",
    },
    set: Recommended,
    section: "operation-object",
    covers: &[
        "spectral:operation-description",
        "redocly:operation-description",
        "vacuum:operation-description",
    ],
    versions: ALL,
    fails: "
paths:
  /cats:
    get: # here
      summary: Lists cats
      responses: {'200': {description: All cats.}}
",
    passes: "
paths:
  /cats:
    get:
      description: Lists the cats that wait for a home, the newest first.
      responses: {'200': {description: All cats.}}
",
    check: Check::Operations(check),
};

fn check(operation: &Operation<'_>, _: &Context<'_>, report: &mut Report<'_>) {
    if !says(operation.object, "description") {
        let message = format!("`{}` has no description", operation.name());
        report.at(operation.pointer.clone(), message).on_key();
    }
}

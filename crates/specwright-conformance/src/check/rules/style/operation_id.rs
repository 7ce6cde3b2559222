//! The rule `style/operation-id`.

use super::says;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/operation-id",
        severity: Warning,
        summary: "Every operation has an `operationId`.",
        explanation: "Generators name functions after the id, and links refer to operations by it. Without one the \
            name is made up from method and path, differently by every tool, and it changes with the path.",
    },
    set: Recommended,
    section: "operation-object",
    covers: &[
        "spectral:operation-operationId",
        "redocly:operation-operationId",
        "vacuum:operation-operationId",
    ],
    versions: ALL,
    fails: "
paths:
  /cats:
    get: # here
      responses: {'200': {description: All cats.}}
",
    passes: "
paths:
  /cats:
    get:
      operationId: listCats
      responses: {'200': {description: All cats.}}
",
    check: Check::Operations(check),
};

fn check(operation: &Operation<'_>, _: &Context<'_>, report: &mut Report<'_>) {
    if !says(operation.object, "operationId") {
        let message = format!("`{}` has no `operationId`", operation.name());
        report.at(operation.pointer.clone(), message).on_key();
    }
}

//! The rule `style/operation-summary`.

use super::says;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/operation-summary",
        severity: Info,
        summary: "Every operation has a summary.",
        explanation: "Lists of operations in documentation, tools and client libraries show the `summary`. Without \
            it they show a path or an id, which says less.",
    },
    set: Recommended,
    section: "operation-object",
    covers: &["redocly:operation-summary"],
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
      summary: Lists cats
      responses: {'200': {description: All cats.}}
",
    check: Check::Operations(check),
};

fn check(operation: &Operation<'_>, _: &Context<'_>, report: &mut Report<'_>) {
    if !says(operation.object, "summary") {
        let message = format!("`{}` has no summary", operation.name());
        report.at(operation.pointer.clone(), message).on_key();
    }
}

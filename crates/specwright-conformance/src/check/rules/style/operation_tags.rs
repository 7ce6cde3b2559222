//! The rule `style/operation-tags`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "style/operation-tags",
        severity: Info,
        summary: "Every operation has a tag.",
        explanation: "Documentation and client libraries group operations by their tags. An operation without one \
            ends up in a heap of its own, or in none.",
    },
    set: Recommended,
    section: "operation-object",
    covers: &["spectral:operation-tags", "vacuum:operation-tags"],
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
      tags: [cats]
      responses: {'200': {description: All cats.}}
",
    check: Check::Operations(check),
};

fn check(operation: &Operation<'_>, _: &Context<'_>, report: &mut Report<'_>) {
    let tags = operation.object.get("tags").and_then(Node::as_array);
    if tags.is_none_or(<[Node]>::is_empty) {
        let message = format!("`{}` has no tag", operation.name());
        report.at(operation.pointer.clone(), message).on_key();
    }
}
